import { selectTracks, Tracks, textColumn } from '@diffusion/tracks';
import { renderReport } from '../render/render-report.ts';
import { conditionsSection } from './conditions-section.ts';
import { expectationSection, type ReportedExpectation } from './expectation-section.ts';
import { fieldSection } from './field-section.ts';
import { modelSection } from './model-section.ts';
import { motion, motionClasses, motionMsd } from './motion.fixture.ts';
import { motionSection, type ReportedMotion } from './motion-section.ts';
import { predictionSections } from './prediction-sections.ts';
import { sharesSection, tracksSentence } from './shares-section.ts';

const { tracks, codes } = motion(60, 3);
const count = tracks.count;
/** The class of its kind with 0.7, the others with 0.1 each; every seventh is refused. */
const refused = (i: number) => i % 7 === 0;
const probabilities = Float32Array.from({ length: 4 * count }, (_, at) => {
  const i = Math.floor(at / 4);
  if (refused(i)) return Number.NaN;
  return codes[i] === at % 4 ? 0.7 : 0.1;
});
const predicted = codes.map((code, i) => (refused(i) ? -1 : code));
const judged = { tracks, classes: motionClasses, predicted, probabilities };
const known = (value: number, low: number, high: number) => ({
  value,
  interval: [low, high] as const,
});
const unknown = known(Number.NaN, Number.NaN, Number.NaN);
/** D is 1 for the first class, 2 for the second, and so on. */
const estimates = Array.from(codes, (code, i): ReportedMotion => {
  if (i === 1) return { diffusion: unknown, alpha: unknown, sigma: unknown, reason: 'too short' };
  const D = code + 1;
  return {
    diffusion: known(D, i === 2 ? 0 : D / 2, 2 * D),
    alpha: known(1, 0.8, 1.2),
    sigma: known(0.1, Number.NaN, Number.NaN),
    reason: 'exposure not given: σ is known but for the blur',
  };
});
const rowsOf = (section: { pieces?: readonly object[] } | undefined, column: string) =>
  (section?.pieces ?? []).flatMap((piece) =>
    'rows' in piece && 'columns' in piece && (piece.columns as string[]).includes(column)
      ? (piece.rows as string[][])
      : [],
  );
const said = ({ text = [] }: { text?: string | readonly string[] }) =>
  typeof text === 'string' ? text : text.join(' ');
const range = (value: number) => ({ value, low: value - 0.1, high: value + 0.1 });

describe('the report of one’s own tracks', () => {
  it('begins with them, and ends with what was read; every picture is drawn', async () => {
    const sections = predictionSections({
      source: 'cell 3.csv',
      ...judged,
      estimates,
      msd: { curves: motionMsd({ tracks, codes }), positionUnit: 'µm', timeUnit: 's' },
      expectation: {
        accuracy: range(0.6),
        classes: motionClasses.map((name) => ({
          name,
          recall: range(0.5),
          precision: range(0.4),
          refused: 0,
          rows: 100,
        })),
      },
    });
    expect(sections.map(({ heading }) => heading)).toEqual([
      'The classes of motion',
      'Diffusion coefficient and exponent by class',
      'The tracks',
      'Mean squared displacement by class',
      'What to expect on tracks like these',
      'What could not be told, and what to do about it',
      'What was read from cell 3.csv',
    ]);
    const html = await renderReport({ title: 't', sections });
    expect(html).not.toMatch(/NaN|undefined|\[object|Infinity/);
    // No picture shrinks on a telephone so far that nobody can read it.
    for (const [, classes, width] of html.matchAll(
      /<div( class="broad")? role="img"[^>]*><svg[^>]* width="(\d+)"/g,
    )) {
      if (!classes) expect(Number(width)).toBeLessThanOrEqual(440);
    }
  });

  it('says what the mean probabilities are, and their intervals, where shares are not computed', () => {
    const section = sharesSection(judged);
    expect(said(section)).toContain('51 of 60 tracks were judged');
    expect(said(section)).toContain('not corrected');
    // Of 51 tracks 12 or 13 of each class: 0.1 + 0.6 · 13/51.
    const shares = rowsOf(section, 'mean');
    expect(shares.map(([name]) => name)[0]).toBe('normal diffusion (ND)');
    shares.forEach(([, mean], k) => {
      const own = predicted.filter((code) => code === k).length;
      expect(mean.split(' (')[0]).toBe(`${Math.round(100 * (0.1 + (0.6 * own) / 51))}\u00a0%`);
    });
    expect(shares[0][1]).toMatch(/ \(1\d to 3\d\u00a0%\)$/);
  });

  it('takes the shares that it is given, with the reasons of intervals that are not there', () => {
    const perParticle = [
      { share: 0.043, interval: [0.012, 0.11] as const },
      { share: Number.NaN, reason: 'no simulated track' },
      { share: 0.5, interval: [0.4, 0.6] as const },
      { share: 0.457, interval: [0.3, 0.5] as const },
    ];
    const section = sharesSection({ ...judged, shares: { perParticle, simulated: 2000 } });
    // No more digits than the interval allows.
    expect(rowsOf(section, 'share').map(([, share]) => share)).toEqual([
      '4.3\u00a0% (1.2 to 11\u00a0%)',
      '– (no simulated track)',
      '50\u00a0% (40 to 60\u00a0%)',
      '46\u00a0% (30 to 50\u00a0%)',
    ]);
    expect(said(section)).toContain('2,000 simulated tracks like these');
  });

  it('compares conditions with the intervals between cells, and says where there are none', async () => {
    const sharesOf = (first: number, reason?: string) => ({
      ...{ tracks: 30, judged: 30, refused: 0, expectedRefused: 0, simulated: 2000 },
      perParticle: motionClasses.map((name, k) => ({
        name,
        share: k === 0 ? first : (1 - first) / 3,
        ...(reason ? { reason } : { interval: [0, 0.5] as const }),
      })),
    });
    const few = 'too few cells (2): expected 5 and more';
    const section = conditionsSection({
      classes: motionClasses,
      unitName: 'cell',
      conditions: {
        conditions: [
          { name: 'control', units: 6, shares: sharesOf(0.25) },
          { name: 'drug', units: 2, shares: sharesOf(0.4, few) },
        ],
        differences: [
          {
            ...{ from: 'control', to: 'drug' },
            perParticle: motionClasses.map((name, k) =>
              k === 1
                ? { name, difference: -0.05, interval: [-0.1, 0] as const }
                : { name, difference: k === 0 ? 0.15 : 0, reason: few },
            ),
          },
        ],
      },
    });
    expect(said(section)).toContain('control: 30 tracks of 6 cells; drug: 30 tracks of 2 cells.');
    expect(said(section)).toContain(`drug has no intervals: ${few}.`);
    expect(rowsOf(section, 'control')[0].slice(1)).toEqual([
      '25\u00a0% (0 to 50\u00a0%)',
      '40\u00a0%',
    ]);
    expect(rowsOf(section, 'drug less control').map(([, difference]) => difference)).toEqual([
      '+15',
      '−5.0 (−10 to 0.0)',
      '0.0',
      '0.0',
    ]);
    const html = await renderReport({ title: 't', sections: [section] });
    expect(html).not.toMatch(/NaN|undefined|\[object/);
  });

  it('gives D of a class as the median over tracks counted by their probability', () => {
    const section = motionSection({ ...judged, estimates });
    const rows = rowsOf(section, 'D (µm²/s^α)');
    // More than half of the weight of a class are its own tracks, 0.7 against 0.1 three times.
    expect(rows.map((row) => Number(row[2].split(' ')[0]))).toEqual([1, 2, 3, 4]);
    const weight = (k: number) =>
      predicted.reduce(
        (sum, code, i) => sum + (code < 0 || i === 1 ? 0 : code === k ? 0.7 : 0.1),
        0,
      );
    expect(rows.map((row) => Number(row[1]))).toEqual(
      [0, 1, 2, 3].map((k) => Number(weight(k).toFixed(1))),
    );
    expect(said(section!)).toContain('1 of the tracks may not move at all');
    expect(said(section!)).not.toContain('There may be no track at all');
    const shared = motionSection({
      ...{ ...judged, estimates },
      shares: {
        perParticle: [
          [0, 0.2],
          [0.1, 0.3],
          [0.001, 0.3],
          [0.3, 0.5],
        ].map(([low, high]) => ({
          interval: [low, high] as const,
        })),
      },
    });
    expect(said(shared!)).toContain(
      'no track at all that is normal diffusion (ND) or confined diffusion (CD), as the shares above say',
    );
    const none = estimates.map(() => estimates[1]);
    expect(motionSection({ ...judged, estimates: none })).toBeUndefined();
  });

  it('gives no exponent of what does not move', () => {
    const classes = ['immobile', 'directed', 'confined', 'subdiffusive'];
    const section = motionSection({ ...judged, classes, estimates });
    expect(
      rowsOf(section, 'D (µm²/s^α)').map(([name, , , alpha]) => [name, alpha !== '–']),
    ).toEqual([
      ['immobile', false],
      ['directed', true],
      ['confined', true],
      ['subdiffusive', true],
    ]);
    const [, figure] = section!.pieces as unknown as { alt: string }[];
    expect(figure.alt).toMatch(/^Exponent α by class: directed/);
  });

  it('names the files of tracks that lie over one another', () => {
    const several = new Tracks({
      ...{ positions: tracks.positions, offsets: tracks.offsets, frames: tracks.frames },
      ...{ dim: 2, dt: tracks.dt, positionUnit: 'µm', timeUnit: 's' },
      trackColumns: { file: textColumn(Array.from(codes, (_, i) => `cell ${i % 2}.csv`)) },
    });
    const told = JSON.stringify(fieldSection({ source: 'a', ...judged, tracks: several }));
    expect(told).toContain('The tracks of 2 files are drawn over one another.');
    expect(told).toMatch(/points\\ncell [01]\.csv/);
    expect(JSON.stringify(fieldSection({ source: 'a', ...judged }))).not.toContain('one another');
  });

  it('draws single tracks on sides of one length, but for those that it says are enlarged', () => {
    const field = fieldSection({ source: 'a', ...judged });
    const panels = field?.pieces?.flatMap((piece) => ('panels' in piece ? piece.panels : [])) ?? [];
    expect(panels).toHaveLength(20);
    const sides = panels.map(({ caption = '', ...panel }) => {
      const [, factor = '1'] = /(\d+) × enlarged/.exec(caption) ?? [];
      const [, low, high] = /"domain":\[([-\d.e]+),([-\d.e]+)\]/.exec(JSON.stringify(panel))!;
      return (Number(high) - Number(low)) * Number(factor);
    });
    for (const side of sides) expect(side / sides[0]).toBeCloseTo(1, 6);
  });

  it('of one track has no shares, no medians and no interval of a population', async () => {
    const one = selectTracks(tracks, [1]);
    const sections = predictionSections({
      source: 'a.csv',
      tracks: one,
      classes: motionClasses,
      predicted: [1],
      probabilities: [0.1, 0.7, 0.1, 0.1],
      estimates: [estimates[2]],
    });
    const told = JSON.stringify(sections);
    expect(sections[0].heading).toContain('The class of motion');
    expect(told).toContain('Its class: directed motion (DM).');
    expect(told).not.toContain('median');
    expect(sections.map(({ heading }) => heading).join()).not.toContain('by class');
    expect(rowsOf(sections[1], 'quantity')[0]).toEqual(['D (µm²/s^α)', '3.0', '0 to 6.0']);
    expect(await renderReport({ title: 't', sections })).not.toMatch(/NaN|undefined/);
  });

  it('of a few tracks tells the numbers of each', () => {
    const few = selectTracks(tracks, [1, 2, 3]);
    const section = motionSection({
      tracks: few,
      classes: motionClasses,
      predicted: [1, -1, 3],
      estimates: [estimates[2], estimates[1], estimates[3]],
    });
    expect(rowsOf(section, 'track').map((row) => row.slice(1, 3))).toEqual([
      ['directed motion (DM)', '3.0 (0 to 6.0)'],
      ['not judged', '–'],
      ['fractional Brownian motion (FBM)', '4.0 (2.0 to 8.0)'],
    ]);
  });

  it('says in a sentence what was read', () => {
    expect(tracksSentence(selectTracks(tracks, []))).toBe('There are no tracks.');
    const dots = new Tracks({
      positions: new Float64Array(8),
      offsets: Uint32Array.of(0, 2, 4),
      frames: Int32Array.of(0, 1, 0, 2),
      dim: 2,
    });
    expect(tracksSentence(dots)).toBe(
      '2 tracks of 2 points in 2D, the time of a frame is not known, positions without a unit. One frame is missing within tracks.',
    );
  });
});

describe('what to expect', () => {
  const classes = ['a', 'b'].map((name) => ({
    name,
    recall: range(0.6),
    precision: range(0.7),
    refused: 0,
    rows: 200,
  }));
  const plain: ReportedExpectation = { accuracy: range(0.65), classes };

  it('says with what certainty, and has no column for what nobody refuses', () => {
    const section = expectationSection(plain);
    expect(said(section)).toContain('right for 65\u00a0% (55 to 75\u00a0%)');
    expect(rowsOf(section, 'recall')[0]).toEqual([
      'a',
      '60\u00a0% (50 to 70\u00a0%)',
      '70\u00a0% (60 to 80\u00a0%)',
    ]);
    expect(JSON.stringify(section)).not.toContain('refused');
  });

  it('says that nothing can be expected where no track is judged', () => {
    const unknown = range(Number.NaN);
    const section = expectationSection({
      accuracy: unknown,
      classes: classes.map((one) => ({ ...one, recall: unknown, precision: unknown, rows: 0 })),
    });
    expect(said(section)).toMatch(/judges none of the simulated tracks.*nothing can be expected/);
    expect(section.pieces).toEqual([]);
  });

  it('of one track has no intervals, and no rows of classes that it cannot be of', () => {
    const never = { ...classes[0], name: 'c', recall: range(Number.NaN) };
    const section = expectationSection({ ...plain, tracks: 1, classes: [...classes, never] });
    expect(said(section)).toContain('is right for 65\u00a0% of them');
    expect(rowsOf(section, 'recall')).toEqual([
      ['a', '60\u00a0%', '70\u00a0%'],
      ['b', '60\u00a0%', '70\u00a0%'],
    ]);
    expect(JSON.stringify(section)).toContain('of classes that are not listed the file has none');
  });

  it('tells no error of fewer than ten estimates', () => {
    const errors = { median: 0.1, rms: 0.2, inside: range(0.9) };
    const section = expectationSection({
      ...plain,
      estimates: [
        { name: 'a', diffusion: { ...errors, rows: 10 }, alpha: { ...errors, rows: 9 } },
        {
          ...{ name: 'directed', estimator: 'directed' },
          ...{ diffusion: { ...errors, rows: 10 }, alpha: { ...errors, rows: 0 } },
        },
        { name: 'b', diffusion: { ...errors, rows: 9 }, alpha: { ...errors, rows: 9 } },
      ],
    });
    expect(rowsOf(section, 'ln D')).toEqual([
      ['a', '0.10', '0.20', '–', '–'],
      ['directed, by its own law', '0.10', '0.20', '–', '–'],
    ]);
  });

  it('begins with what speaks against it', () => {
    const section = expectationSection(
      {
        ...plain,
        check: { passed: false, numbers: [{ name: 'steps', distance: 0.4, p: 0.002 }] },
        drift: { found: true, p: 0.01, speed: 0.021, directed: { before: 9, after: 2 } },
        warnings: [{ text: 'positions lie on a grid' }],
      },
      'µm',
    );
    const [first, second, third] = section.text as string[];
    expect(first).toMatch(
      /^Beware: this file is like nothing that was simulated \(the law of the steps\)/,
    );
    expect(second).toBe('Beware: positions lie on a grid.');
    expect(third).toContain(
      '0.021 µm per frame, and 7 tracks of 9 called directed are not without it',
    );
  });

  it('draws reliability by the weights of the rows', () => {
    // Right where it counts, wrong where it counts for nothing.
    const truth = Int32Array.from({ length: 200 }, (_, i) => (i < 100 ? 0 : 1));
    const probabilities = Float32Array.from({ length: 400 }, (_, at) => {
      const most = at % 4 < 2 ? 0.8 : 0.7;
      return at % 2 === 0 ? most : 1 - most;
    });
    const weight = Float64Array.from(truth, (code) => (code === 0 ? 1.6 : 0.4));
    const judged = new Uint8Array(200).fill(1);
    const section = expectationSection({
      ...plain,
      outcomes: { truth, probabilities, judged, weight },
    });
    expect(JSON.stringify(section)).toContain('confidence 80\u00a0%, right 80\u00a0%');
    expect(JSON.stringify(section)).toContain('confidence 70\u00a0%, right 80\u00a0%');
  });
});

describe('the model', () => {
  it('has its figures in words, those of the training left out, and its thresholds', () => {
    const section = modelSection({
      name: 'motion-2d',
      about: ['…'],
      facts: [['network', 'multiscale']],
      metrics: { validationLoss: 0.8, withOneClass: 0.42, accuracy: 0.89, own: 3 },
      thresholds: {
        columns: [{ classes: ['immobile'] }, { classes: ['a', 'b', 'c'], noise: true }],
        bins: [{ from: 5, to: 9, thresholds: [1, 0.12] }],
      },
    });
    expect(rowsOf(section, 'figure')).toEqual([
      ['tracks with one class', '42.0\u00a0%'],
      ['of these, right', '89.0\u00a0%'],
      ['own', '3.000'],
    ]);
    expect(rowsOf(section, 'points')).toEqual([['5–8', '–', '12.0\u00a0%']]);
  });

  it('without sets is right or not', () => {
    const section = modelSection({ name: 'm', about: [], facts: [], metrics: { accuracy: 0.9 } });
    expect(rowsOf(section, 'figure')).toEqual([['right', '90.0\u00a0%']]);
  });
});
