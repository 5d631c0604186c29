import { inflateSync } from 'node:zlib';
import { Tracks } from '@diffusion/tracks';
import { renderReport } from '../render/render-report.ts';
import { explanationSections } from '../report/explanation-sections.ts';
import { deletionPlot } from './deletion-plot.ts';
import { draw, textsOf } from './draw.fixture.ts';
import { embeddingPlot } from './embedding-plot.ts';
import { mapsPlot } from './maps-plot.ts';
import { pngUri } from './png-uri.ts';
import { relevancePlot } from './relevance-plot.ts';

const tracks = new Tracks({
  positions: Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? Math.sin(i) : i / 10)),
  offsets: [0, 12, 20],
  frames: [...Array.from({ length: 12 }, (_, i) => (i < 6 ? i : i + 4)), 0, 1, 2, 3, 4, 5, 6, 7],
  dim: 2,
  positionUnit: 'µm',
});
const points = Float32Array.from({ length: 20 }, (_, p) => (p < 12 ? p - 5 : 0));

/** Colours of the lines of a picture. */
const strokes = (svg: string) =>
  Array.from(svg.matchAll(/<line[^>]* stroke="([^"]+)"[^>]*stroke-width="([\d.]+)"/g)).filter(
    ([, stroke]) => stroke.startsWith('rgb'),
  );

describe('relevancePlot', () => {
  it('draws what speaks for and against in its colours, breaks at gaps and marks points', async () => {
    const svg = await draw(
      relevancePlot({ tracks, rows: [0], points, marked: [[11, 10]], titles: ['one'] }),
    );
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['one', 'x − x₀ (µm)', 'y − y₀ (µm)']));
    const links = strokes(svg);
    // Twelve points in two stretches.
    expect(links).toHaveLength(10);
    const [first] = links;
    const last = links.at(-1)!;
    expect(first[1]).toMatch(/^rgb\((\d|[1-9]\d), /);
    expect(last[1]).toMatch(/^rgb\(2\d\d, /);
    expect(Number(last[2])).toBeGreaterThan(Number(links[5][2]));
    const dots = (text: string) => [...text.matchAll(/fill="currentColor"/g)].length;
    const bare = await draw(relevancePlot({ tracks, rows: [0], points, titles: ['one'] }));
    expect(dots(svg) - dots(bare)).toBe(2);
  });

  it('draws a track in one dimension against time, one that nothing is known of in grey', async () => {
    const flat = new Tracks({ positions: [0, 1, 3, 2], offsets: [0, 4], dim: 1, timeUnit: 's' });
    const svg = await draw(
      relevancePlot({ tracks: flat, rows: [0], points: new Float32Array(4).fill(Number.NaN) }),
    );
    expect(textsOf(svg)).toContain('time (s)');
    expect(new Set(strokes(svg).map(([, stroke]) => stroke))).toEqual(
      new Set(['rgb(176, 176, 176)']),
    );
    const rounding = await draw(
      relevancePlot({ tracks: flat, rows: [0], points: new Float32Array(4).fill(-7.8e-11) }),
    );
    expect(new Set(strokes(rounding).map(([, stroke]) => stroke))).toEqual(
      new Set(['rgb(176, 176, 176)']),
    );
    expect(await draw(relevancePlot({ tracks, rows: [0, 1], points, maxPoints: 5 }))).toContain(
      '<svg',
    );
  });

  it('refuses what it cannot draw', () => {
    expect(() => relevancePlot({ tracks, rows: [], points })).toThrow('rows is empty');
    expect(() => relevancePlot({ tracks, rows: [2], points })).toThrow(
      'rows[0] is 2: expected the place of a track, 0 to 1',
    );
    expect(() => relevancePlot({ tracks, rows: [0], points: [1] })).toThrow(
      'points has 1 numbers: expected one per point of the tracks, 20',
    );
  });
});

describe('pngUri', () => {
  it('holds the pixels and the palette', () => {
    const pixels = Uint8Array.from({ length: 300 * 260 }, (_, i) => i % 3);
    const uri = pngUri(pixels, 300, 260, [
      [1, 2, 3, 255],
      [4, 5, 6, 128],
      [7, 8, 9, 0],
    ]);
    const bytes = Buffer.from(uri.slice('data:image/png;base64,'.length), 'base64');
    const chunks = new Map<string, Buffer>();
    for (let at = 8; at < bytes.length; ) {
      const length = bytes.readUInt32BE(at);
      chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
      at += 12 + length;
    }
    expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
    expect([...chunks.get('PLTE')!]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([...chunks.get('tRNS')!]).toEqual([255, 128, 0]);
    // zlib itself checks the sum of the bytes; they are more than one stored block holds.
    const lines = inflateSync(chunks.get('IDAT')!);
    expect(lines).toHaveLength(260 * 301);
    for (let y = 0; y < 260; y += 51) {
      expect(lines[y * 301]).toBe(0);
      expect([...lines.subarray(y * 301 + 1, (y + 1) * 301)]).toEqual([
        ...pixels.subarray(y * 300, (y + 1) * 300),
      ]);
    }
    // The check of an empty end is the same in every PNG.
    expect(bytes.subarray(-4).toString('hex')).toBe('ae426082');
  });
});

describe('mapsPlot', () => {
  it('draws a picture per map, to one largest number or each to its own', async () => {
    const maps = [
      [1, 0, -1, 2, 0, -2],
      [0.1, 0, -0.1, 0, 0, 0],
    ];
    const all = await draw(mapsPlot({ maps, height: 2, width: 3, titles: ['a', 'b'] }));
    expect([...all.matchAll(/<image /g)]).toHaveLength(2);
    expect(all).toContain('pixelated');
    expect(textsOf(all)).toEqual(['a', 'b']);
    const each = await draw(mapsPlot({ maps, height: 2, width: 3, each: true, colours: 'grey' }));
    const uris = (svg: string) =>
      Array.from(svg.matchAll(/href="(data:[^"]+)"/g), ([, uri]) => uri);
    expect(uris(each)).toHaveLength(2);
    expect(uris(each)).not.toEqual(uris(all));
    expect(() => mapsPlot({ maps: [], height: 2, width: 3 })).toThrow('maps is empty');
    expect(() => mapsPlot({ maps: [[1]], height: 2, width: 3 })).toThrow(
      'maps[0] has 1 numbers: expected height × width, 6',
    );
  });
});

const curves = {
  fractions: [0, 0.5, 1],
  deletion: [0.9, 0.3, 0.2],
  insertion: [0.2, 0.8, 0.9],
  randomDeletion: [0.9, 0.6, 0.2],
  randomInsertion: [0.2, 0.6, 0.9],
};

describe('deletionPlot and embeddingPlot', () => {
  it('draw four curves, and a dot per track', async () => {
    const svg = await draw(deletionPlot(curves));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['most relevant points drawn anew', 'points kept alone in any order']),
    );
    const places = [0, 1, 2, 3, 4, 5];
    const byClass = await draw(
      embeddingPlot({ places, codes: [0, 1, -1], classes: ['ND', 'DM', 'CD'], title: 'classes' }),
    );
    expect(textsOf(byClass)).toEqual(expect.arrayContaining(['ND', 'DM', 'unjudged', 'classes']));
    expect(textsOf(byClass)).not.toContain('CD');
    const byNumber = await draw(
      embeddingPlot({ places, values: [1, 10, 100], name: 'points', logarithmic: true }),
    );
    expect(textsOf(byNumber)).toContain('points');
    expect(() => embeddingPlot({ places, codes: [0] })).toThrow(
      'codes has 1 rows: expected one per place, 3',
    );
  });
});

describe('explanationSections', () => {
  it('has undecided tracks by themselves, and no share of points where all are marked', () => {
    const sections = explanationSections({
      tracks,
      classes: ['ND', 'DM'],
      method: 'occlusion',
      target: [0, 0],
      undecided: [0, 1],
      points: Float32Array.from({ length: 20 }, (_, p) => p + 1),
      marked: [
        [11, 10, 9, 8, 7, 6, 5, 4],
        [0, 1, 2, 3, 4, 5, 6, 7],
      ],
      top: 8,
      reasons: [undefined, undefined],
    });
    expect(sections.map(({ heading }) => heading)).toEqual([
      'What is explained',
      'Class ND',
      'Undecided tracks',
    ]);
    const [{ pieces }] = sections;
    // Of the first track 5 + … + 12 of 1 + … + 12; the second has but eight points.
    expect(pieces).toMatchObject([
      {
        rows: [
          ['ND', '1', '12', '87\u00a0%'],
          ['undecided', '1', '8', '–'],
        ],
      },
    ]);
    expect(JSON.stringify(sections[2])).toContain('8 points, perhaps ND');
    expect(JSON.stringify(sections[1])).not.toContain('perhaps');
  });

  it('says what is explained, draws a picture per class and tells whether it is to be believed', async () => {
    const sections = explanationSections({
      tracks,
      classes: ['<ND>', 'DM'],
      method: 'occlusion',
      target: [0, 1],
      points,
      marked: [[11, 10], []],
      top: 2,
      reasons: [undefined, { kind: 'other', text: 'no' }],
      sentences: ['because', undefined],
      curves: {
        ...curves,
        areas: { deletion: 0.4, insertion: 0.7, randomDeletion: 0.6, randomInsertion: 0.5 },
        tracks: 1,
      },
      shuffled: { correlation: 0.02, overlap: 0.1 },
      repeated: { correlation: 0.8, overlap: 0.7, models: 5 },
      features: [
        { name: 'alpha', loss: 0.3, deviation: 0.01, changed: 0.2 },
        { name: 'nothing', loss: 0, deviation: 0, changed: 0 },
      ],
    });
    expect(sections.map(({ heading }) => heading)).toEqual([
      'What is explained',
      'Class <ND>',
      'In words',
      'Features',
      'Is it to be believed?',
    ]);
    const html = await renderReport({ title: 'x', sections });
    expect(html).toContain('1 track is explained, 1 not, for it was not judged');
    expect(html).toContain('because');
    expect(html).toContain('agreement of 5 models that were trained alike');
    expect(html).toContain('0.02; 10\u00a0% of the 2 points');
    expect(html).not.toContain('nothing</td>');
    // 6 and 5 of the 21 that are above nothing.
    expect(html).toContain('52\u00a0%');
  });
});
