import { meanBand } from './mean-band.ts';
import { paired } from './paired.fixture.ts';

describe('meanBand', () => {
  it.each(paired.bands)('has the interval of scipy: %j', (values, low, high) => {
    const [band] = meanBand(values.map((value) => [value]));
    const width = high - low;
    // The expansion of Student's quantile is good to 0.3 %.
    expect(Math.abs(band.low - low)).toBeLessThan(0.004 * width);
    expect(Math.abs(band.high - high)).toBeLessThan(0.004 * width);
  });

  it('leaves out a repeat that has ended, and has no interval of one', () => {
    const band = meanBand([[1, 2, 5], [3, 4], [Number.NaN]]);
    expect(band.map(({ mean, count }) => [mean, count])).toEqual([
      [2, 2],
      [3, 2],
      [5, 1],
    ]);
    expect(band[2].low).toBeNaN();
    expect(() => meanBand([])).toThrow('repeats is empty');
  });
});
