import { Tracks } from '@diffusion/tracks';
import { draw, linesOf, textsOf } from './draw.fixture.ts';
import { classColor, UNJUDGED_COLOR } from './palette.ts';
import { trackMapPlot } from './track-map-plot.ts';

const tracks = new Tracks({
  positions: Float64Array.of(0, 0, 4, 0, 4, 1, 2, 2, 3, 2, 8, 1),
  offsets: Uint32Array.of(0, 3, 5, 6),
  dim: 2,
  positionUnit: 'pixel',
});
const classes = ['ND', 'CD'];

describe('trackMapPlot', () => {
  it('has one scale for x and y and keeps the places of the tracks', async () => {
    const svg = await draw(trackMapPlot({ tracks, codes: [0, 1, -1], classes }));
    const [[a, b, c]] = linesOf(svg, classColor(0));
    expect((b[0] - a[0]) / (b[1] - c[1])).toBeCloseTo(4, 1);
    const [[d]] = linesOf(svg, classColor(1));
    expect((d[0] - a[0]) / (b[0] - a[0])).toBeCloseTo(0.5, 2);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['x (pixel)', 'y (pixel)', 'ND', 'CD', 'unjudged']),
    );
    expect(svg).toContain(`fill="${UNJUDGED_COLOR}"`);
  });

  it('names only the classes that are drawn', async () => {
    const texts = textsOf(
      await draw(trackMapPlot({ tracks, codes: [0, 1, -1], classes, rows: [1] })),
    );
    expect(texts).toContain('CD');
    expect(texts).not.toContain('ND');
    expect(texts).not.toContain('unjudged');
  });

  it('draws tracks on one line', async () => {
    const flat = new Tracks({
      positions: Float64Array.of(0, 1, 9, 1),
      offsets: Uint32Array.of(0, 2),
      dim: 2,
    });
    await draw(trackMapPlot({ tracks: flat, codes: [0], classes }));
  });

  it('refuses 1D tracks, codes that are missing, and nothing to draw', () => {
    const line = new Tracks({
      positions: Float64Array.of(0, 1),
      offsets: Uint32Array.of(0, 2),
      dim: 1,
    });
    expect(() => trackMapPlot({ tracks: line, codes: [0], classes })).toThrow('tracks has dim 1');
    expect(() => trackMapPlot({ tracks, codes: [0], classes })).toThrow(
      'codes has 1 rows: expected one per track, 3',
    );
    expect(() => trackMapPlot({ tracks, codes: [0, 0, 0], classes, rows: [] })).toThrow(
      'hold no point',
    );
  });
});
