import { type Dim, Tracks } from '@diffusion/tracks';
import { draw, linesOf, textsOf } from './draw.fixture.ts';
import { classColor, UNJUDGED_COLOR } from './palette.ts';
import { tracksPlot } from './tracks-plot.ts';

const one = (dim: Dim, positions: number[], frames?: number[]) =>
  new Tracks({
    positions: Float64Array.from(positions),
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
    ...(frames && { frames: Int32Array.from(frames) }),
    dt: 0.5,
    positionUnit: 'µm',
    timeUnit: 's',
  });

describe('tracksPlot', () => {
  it('has one scale for x and y, with y upwards, wherever the track lies', async () => {
    const svg = await draw(tracksPlot({ tracks: one(2, [7000, 5, 7003, 5, 7003, 6]), rows: [0] }));
    const [[a, b, c]] = linesOf(svg, classColor(0));
    expect(b[0] - a[0]).toBeGreaterThan(50);
    expect(b[1]).toBeCloseTo(a[1], 1);
    expect((b[0] - a[0]) / (b[1] - c[1])).toBeCloseTo(3, 2);
    expect(c[0]).toBeCloseTo(b[0], 1);
  });

  it('names the axes with units, and says so where there is none', async () => {
    const tracks = one(2, [0, 0, 1, 1]);
    expect(textsOf(await draw(tracksPlot({ tracks, rows: [0] })))).toEqual(
      expect.arrayContaining(['x − x₀ (µm)', 'y − y₀ (µm)']),
    );
    const bare = new Tracks({ ...tracks.data, positionUnit: '' });
    expect(textsOf(await draw(tracksPlot({ tracks: bare, rows: [0] })))).toContain(
      'x − x₀ (no unit given)',
    );
  });

  it('has the titles of a row at one height, with a unit and without', async () => {
    for (const dim of [1, 2] as const) {
      for (const positionUnit of ['µm', '']) {
        const positions = Array.from({ length: 8 * dim }, (_, i) => i % 3);
        const two = new Tracks({ positions, offsets: [0, 4, 8], dim, positionUnit });
        const svg = await draw(tracksPlot({ tracks: two, titles: ['one', 'two'] }));
        const heights = svg.matchAll(/role-title"><g transform="translate\([^,]*,([^)]*)\)"/g);
        const [a, b, ...others] = Array.from(heights, ([, y]) => Number(y));
        expect(others).toEqual([]);
        expect(a).toBeCloseTo(b, 2);
      }
    }
  });

  it('breaks the line at a gap and shows a point between gaps', async () => {
    const tracks = one(2, [0, 0, 1, 0, 2, 1, 3, 1, 4, 0], [0, 1, 5, 9, 10]);
    const svg = await draw(tracksPlot({ tracks, rows: [0] }));
    expect(linesOf(svg, classColor(0)).map((line) => line.length)).toEqual(
      expect.arrayContaining([2, 2]),
    );
    expect(linesOf(svg, classColor(0)).some((line) => line.length > 2)).toBe(false);
    expect(svg.match(new RegExp(`fill="${classColor(0)}"`, 'g'))).toHaveLength(1);
  });

  it('draws a 1D track against time', async () => {
    const svg = await draw(tracksPlot({ tracks: one(1, [4, 6, 5], [2, 3, 4]), rows: [0] }));
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['time (s)', 'x − x₀ (µm)', '1']));
    const [[a, b, c]] = linesOf(svg, classColor(0));
    expect(b[0] - a[0]).toBeCloseTo(c[0] - b[0], 1);
  });

  it('draws each track in the colour of its class, grey without one, with its title', async () => {
    const tracks = new Tracks({
      positions: Float64Array.of(0, 0, 0, 1, 1, 1, 0, 0, 0, 2, 2, 2),
      offsets: Uint32Array.of(0, 2, 4),
      dim: 3,
    });
    const svg = await draw(
      tracksPlot({ tracks, rows: [1, 0], codes: [2, -1], titles: ['p', '<q>'] }),
    );
    expect(linesOf(svg, classColor(2))).toHaveLength(1);
    expect(linesOf(svg, UNJUDGED_COLOR)).toHaveLength(1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['p', '&lt;q&gt;']));
  });

  it('thins long tracks, keeping both ends', async () => {
    const n = 5001;
    const positions = Array.from({ length: 2 * n }, (_, i) => i >> 1);
    const svg = await draw(tracksPlot({ tracks: one(2, positions), rows: [0], maxPoints: 100 }));
    const [line] = linesOf(svg, classColor(0));
    expect(line.length).toBeLessThan(103);
    expect(line[0][0]).toBeCloseTo(140 * (0.04 / 1.08), 0);
    expect(line[line.length - 1][0]).toBeCloseTo(140 * (1.04 / 1.08), 0);
  });

  it('draws a track that does not move, and a Lévy walk of 1e15', async () => {
    await draw(tracksPlot({ tracks: one(2, [3, 3, 3, 3]), rows: [0] }));
    await draw(tracksPlot({ tracks: one(2, [0, 0, 1e15, -1e15]), rows: [0] }));
  });

  it('refuses tracks that are not there', () => {
    const tracks = one(2, [0, 0, 1, 1]);
    expect(() => tracksPlot({ tracks, rows: [] })).toThrow('rows is empty');
    expect(() => tracksPlot({ tracks, rows: [1] })).toThrow(
      'rows[0] is 1: expected the place of a track, 0 to 0',
    );
  });
});
