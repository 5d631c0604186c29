import { andi2AnswerRows, parseAndi2Answers } from './andi2-answers.ts';
import { andi2EnsembleText } from './andi2-ensemble.ts';
import { andi2AnswerPath, andi2Fields } from './andi2-fields.ts';
import { compareSegments } from './compare-segments.ts';
import { isSegments, parseSegments } from './parse-segments.ts';

describe('parseAndi2Answers', () => {
  it('reads what andi2AnswerRows writes', () => {
    const tracks = [
      {
        track: 0,
        segments: [
          { to: 50, alpha: 0.9, diffusion: 1.25, state: 'free' },
          { to: 200, alpha: 0, diffusion: 0, state: 'immobile' },
        ],
      },
      { track: 7, segments: [{ to: 33, alpha: 1.98, diffusion: Number.NaN, state: 'directed' }] },
    ];
    const rows = [...andi2AnswerRows(tracks)];
    expect(rows).toEqual(['0,1.25,0.9,2,50,0,0,0,200\n', '7,nan,1.98,3,33\n']);
    expect(parseAndi2Answers(rows.join(''), 'fov_0.txt')).toEqual(tracks);
  });

  it('reads the floats and exponents of Python', () => {
    const [{ segments }] = parseAndi2Answers('3.0,1e-12,0.95,2.0,26.0,1,1,0.0,30\n\n', 'x');
    expect(segments.map(({ to, state }) => [to, state])).toEqual([
      [26, 'free'],
      [30, 'immobile'],
    ]);
    expect(segments[0].diffusion).toBe(1e-12);
  });

  it.each([
    ['0,1,1,2', 'has 4 numbers: expected the track, then K'],
    ['0,1,1,2,50,1,1,2', 'has 8 numbers'],
    ['0,1,1,2,50,1,1,2,50', 'a segment ends at 50: expected more than 50'],
    ['0,1,one,2,50', 'cell 3 is "one": expected a number'],
    ['0,1,1,2,50\n0,1,1,2,50', 'x, line 2: track 0 is there twice'],
    ['a,1,1,2,50', 'cell 1 is "a": expected a number'],
  ])('refuses %j', (text, message) => {
    expect(() => parseAndi2Answers(text, 'x')).toThrow(message);
  });

  it('refuses to write what the challenge does not have', () => {
    const one = { to: 10, alpha: 1, diffusion: 1, state: 'fast' };
    expect(() => [...andi2AnswerRows([{ track: 0, segments: [one] }])]).toThrow('state is "fast"');
    expect(() => [...andi2AnswerRows([{ track: 4, segments: [] }])]).toThrow(
      'track 4 has no segment',
    );
  });
});

describe('andi2EnsembleText', () => {
  it('has a column per state', () => {
    const text = andi2EnsembleText([
      { alpha: [1, 0.01], diffusion: [0.5, 0.2], share: 0.75 },
      { alpha: [0.2, 0.001], diffusion: [0.01, 0], share: 0.25 },
    ]);
    expect(text).toBe(
      'model: unknown; num_state: 2 \n1;0.2\n0.01;0.001\n0.5;0.01\n0.2;0\n0.75;0.25\n',
    );
  });
});

describe('andi2Fields', () => {
  it('finds the files of each field, and where its answers belong', () => {
    const fields = andi2Fields([
      'public/track_2/exp_10/trajs_fov_0.csv',
      'public/track_2/exp_2/traj_labs_fov_1.txt',
      'public/track_2/exp_2/trajs_fov_1.csv',
      'public/track_2/exp_2/ens_labs_fov_1.txt',
      'public/track_2/exp_2/fov_1.txt',
      'public/track_2/exp_2/fov_1.csv',
      'notes.txt',
    ]);
    expect(fields).toEqual([
      {
        experiment: 2,
        field: 1,
        truth: 'public/track_2/exp_2/traj_labs_fov_1.txt',
        tracks: 'public/track_2/exp_2/trajs_fov_1.csv',
        answers: 'public/track_2/exp_2/fov_1.txt',
      },
      { experiment: 10, field: 0, tracks: 'public/track_2/exp_10/trajs_fov_0.csv' },
    ]);
    expect(andi2AnswerPath(fields[1])).toBe('track_2/exp_10/fov_0.txt');
  });
});

describe('compareSegments', () => {
  const csv = [
    'track,from,to,state,D,D_low,alpha,p,reason',
    '0,10,59,free,1,0.5,0.9,0.8,',
    '0,60,209,confined,0.1,0.05,0.4,0.8,',
    '1,0,49,free,1,0.5,0.9,0.8,',
    '2,,,,,,,,too short',
  ].join('\n');
  const truth = '0,1,0.9,2,50,0.1,0.5,1,200\n1,1,1.1,2,50\n2,1,1,2,30\n';

  it('reads rows of segments by frames, and what is true of them', () => {
    expect([isSegments(csv), isSegments(truth), isSegments('track,label\n0,ND\n')]).toEqual([
      true,
      true,
      false,
    ]);
    const table = parseSegments(csv, 'segments.csv');
    expect(table.tracks.get('0')?.map(({ to }) => to)).toEqual([50, 200]);
    expect(table.tracks.get('2')).toEqual([]);
    const found = compareSegments(table, parseSegments(truth, 'truth.txt'));
    expect([found.tracks, found.missing]).toEqual([3, 1]);
    // One change found and one track rightly without; the track of which nothing is said counts twice.
    expect(found.jaccard).toBe(0.5);
    expect(found.maeAlpha).toBeCloseTo((0 + 0.1 + 0.2 + 2) / 4, 12);
    expect(found.frames.frames).toBe(280);
    expect(found.frames.maeAlpha).toBeCloseTo((150 * 0.1 + 50 * 0.2 + 30 * 2) / 280, 12);
  });

  it('refuses tracks that there are not, and frames that go back', () => {
    expect(() =>
      compareSegments(parseSegments('7,1,1,2,50\n', 'a'), parseSegments(truth, 'truth.txt')),
    ).toThrow('truth.txt: there is no track "7" of a');
    expect(() =>
      parseSegments('track,from,to,state,D,alpha\n0,0,9,free,1,1\n0,5,20,free,1,1\n', 's.csv'),
    ).toThrow('s.csv, line 3, column from: is from 5 to 20');
    expect(() => parseSegments('track,from,to,state,alpha\n0,0,9,free,1\n', 's.csv')).toThrow(
      'there is no column "D"',
    );
  });
});
