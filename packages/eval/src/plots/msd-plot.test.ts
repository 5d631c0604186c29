import { draw, linesOf, textsOf } from './draw.fixture.ts';
import { msdPlot } from './msd-plot.ts';
import { classColor } from './palette.ts';

const lag = [1, 2, 4, 8];
const units = { positionUnit: 'µm', timeUnit: 's' };
const slope = ([a, b]: [number, number][]) => (a[1] - b[1]) / (b[0] - a[0]);

describe('msdPlot', () => {
  it('is log–log: MSD ∝ τ is straight and parallel to the guide α = 1', async () => {
    const curves = [{ label: 'ND', lag, msd: lag.map((t) => 4 * t) }];
    const svg = await draw(msdPlot({ ...units, curves, guides: [1] }));
    const [line] = linesOf(svg, classColor(0));
    const [guide] = linesOf(svg, 'currentColor').filter((path) => path.length === 2);
    expect(slope([line[0], line[1]])).toBeCloseTo(slope([line[2], line[3]]), 1);
    expect(slope([guide[0], guide[1]])).toBeCloseTo(slope([line[0], line[3]]), 1);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['lag τ (s)', 'MSD (µm²)', 'α = 1', 'ND']));
  });

  it('gives a curve the colour of its class, whatever the other curves are', async () => {
    const curves = [{ label: 'CD', lag, msd: [4, 5, 6, 6] }];
    const svg = await draw(msdPlot({ ...units, curves, classes: ['ND', 'DM', 'CD'] }));
    expect(linesOf(svg, classColor(2))).toHaveLength(1);
    expect(textsOf(svg)).not.toContain('ND');
  });

  it('leaves out what has no logarithm, and stays drawable for a flat curve', async () => {
    const curves = [{ label: 'ND', lag: [0, 1, 2, 4, 8], msd: [0, 2, Number.NaN, 2, 2] }];
    const svg = await draw(msdPlot({ ...units, curves }));
    expect(linesOf(svg, classColor(0))[0]).toHaveLength(3);
  });

  it('refuses columns that do not fit and curves without a point', () => {
    expect(() => msdPlot({ ...units, curves: [{ label: 'ND', lag, msd: [1] }] })).toThrow(
      'curve "ND" has 4 lags and 1 MSDs',
    );
    expect(() => msdPlot({ ...units, curves: [{ label: 'ND', lag: [1], msd: [0] }] })).toThrow(
      'no point with positive lag and MSD',
    );
  });
});
