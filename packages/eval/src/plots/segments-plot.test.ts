import { Tracks } from '@diffusion/tracks';
import { draw, textsOf } from './draw.fixture.ts';
import { segmentsPlot } from './segments-plot.ts';

const tracks = new Tracks({
  positions: Array.from({ length: 40 }, (_, i) => (i % 2 === 0 ? Math.sin(i) : i / 10)),
  offsets: [0, 20],
  frames: Array.from({ length: 20 }, (_, i) => (i < 8 ? i : i + 5)),
  dim: 2,
});
const track = tracks.at(0);
const segments = [
  { from: 0, to: 6, state: 'free', alpha: 1.1, diffusion: 0.5 },
  { from: 6, to: 14, state: 'immobile', alpha: 0, diffusion: 0 },
  { from: 14, to: 20, state: 'directed', alpha: 1.9, diffusion: 0.05 },
];

describe('segmentsPlot', () => {
  it('draws the path by states, and α and K as levels', async () => {
    const svg = await draw(segmentsPlot({ track, segments, positionUnit: 'µm', title: 'one' }));
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        'one',
        'immobile',
        'free',
        'directed',
        'α',
        'K (µm²/frame^α)',
        'frame',
      ]),
    );
    expect(textsOf(svg)).not.toContain('confined');
    // Levels of α of three segments, from frame to frame: that at rest has the colour of the first state.
    const levels = [...svg.matchAll(/stroke="(#[0-9a-f]{6})" stroke-width="3"/g)].map(([, c]) => c);
    expect(levels.sort()).toEqual(
      ['#009e73', '#0072b2', '#cc79a7', '#009e73', '#0072b2', '#cc79a7'].sort(),
    );
  });

  it('draws what is true behind, and a track in one dimension against the frame', async () => {
    const truth = [{ from: 0, to: 20, state: 'confined', alpha: 0.4, diffusion: 0.2 }];
    const svg = await draw(segmentsPlot({ track, segments, truth, positionUnit: 'px' }));
    expect([...svg.matchAll(/stroke-dasharray="4,3"/g)].length).toBeGreaterThanOrEqual(2);
    const flat = new Tracks({ positions: [0, 1, 3, 2], offsets: [0, 4], dim: 1 });
    const one = [{ from: 0, to: 4, state: 'free', alpha: Number.NaN, diffusion: 1 }];
    expect(
      textsOf(await draw(segmentsPlot({ track: flat.at(0), segments: one, positionUnit: 'nm' }))),
    ).toContain('x − x₀ (nm)');
  });

  it('draws K at 0, and no other K, where nothing moves', async () => {
    const still = [{ from: 0, to: 20, state: 'immobile', alpha: 0, diffusion: 0 }];
    const texts = textsOf(await draw(segmentsPlot({ track, segments: still, positionUnit: 'µm' })));
    const ticks = texts.slice(texts.lastIndexOf('frame') + 1, texts.indexOf('K (µm²/frame^α)'));
    expect(ticks).toEqual(['0']);
  });

  it('stands upright for a telephone', async () => {
    const options = { track, segments, positionUnit: 'µm' };
    const widthOf = async (narrow: boolean) =>
      Number(/width="([\d.]+)"/.exec(await draw(segmentsPlot({ ...options, narrow })))?.[1]);
    expect(await widthOf(true)).toBeLessThan(360);
    expect(await widthOf(false)).toBeGreaterThan(600);
  });

  it('refuses segments that leave something out', () => {
    const plot = (some: typeof segments) => () =>
      segmentsPlot({ track, segments: some, positionUnit: '' });
    expect(plot([])).toThrow('segments is empty');
    expect(plot(segments.slice(0, 2))).toThrow(
      'segments end at 14: expected the number of points, 20',
    );
    expect(plot(segments.slice(1))).toThrow(
      'segments[0] is from 6 to 14: expected a segment that begins at 0',
    );
  });
});
