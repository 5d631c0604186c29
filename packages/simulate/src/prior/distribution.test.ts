import { keyedRandom } from '@diffusion/random';
import { deviations } from './circumstances.fixture.ts';
import { drawFrom, extremes, readDistribution, within } from './distribution.ts';

const parts = [
  { share: 1, at: 0 },
  { share: 2, law: 'log-uniform', min: 1, max: 100 },
  { share: 1, at: 'infinity' },
];
const whole = readDistribution('x', parts, { min: 0, infinite: true });

const draws = (value: unknown, count = 20_000): number[] => {
  const distribution = within('x', whole, value);
  const random = keyedRandom(1);
  return Array.from({ length: count }, () => drawFrom(distribution, random));
};
const share = (values: readonly number[], is: (value: number) => boolean): number[] =>
  values.map((value) => Number(is(value)));

describe('a distribution', () => {
  it('gives every part its share, and is uniform or log-uniform inside', () => {
    const values = draws(undefined);
    expect(
      Math.abs(
        deviations(
          share(values, (x) => x === 0),
          1 / 4,
        ),
      ),
    ).toBeLessThan(4.5);
    expect(
      Math.abs(
        deviations(
          share(values, (x) => x === Infinity),
          1 / 4,
        ),
      ),
    ).toBeLessThan(4.5);
    const logs = values.filter((x) => x > 0 && x < Infinity).map((x) => Math.log10(x));
    expect(Math.abs(deviations(logs, 1))).toBeLessThan(4.5);
    expect(extremes(whole)).toEqual({ least: 0, most: Infinity });
  });

  it('keeps its law inside a range', () => {
    // Of the middle part a half lies below 10: it has the share 1, as the atom.
    const low = draws({ max: 10 });
    expect(Math.max(...low)).toBeLessThanOrEqual(10);
    expect(
      Math.abs(
        deviations(
          share(low, (x) => x === 0),
          1 / 2,
        ),
      ),
    ).toBeLessThan(4.5);
    const logs = low.filter((x) => x > 0).map((x) => Math.log10(x));
    expect(Math.abs(deviations(logs, 1 / 2))).toBeLessThan(4.5);
    expect(new Set(draws('infinity', 9))).toEqual(new Set([Infinity]));
    expect(new Set(draws(0, 9))).toEqual(new Set([0]));
    expect(new Set(draws(7, 9))).toEqual(new Set([7]));
    // An end that an atom lies on counts; one that the range only touches does not.
    expect(new Set(draws({ min: 0, max: 1 }, 99))).toEqual(new Set([0]));
  });

  it('has integers by the length of the law that belongs to each', () => {
    const integers = readDistribution(
      'n',
      { law: 'log-uniform', min: 2, max: 5 },
      { integer: true },
    );
    const random = keyedRandom(2);
    for (const [range, all] of [
      [undefined, [2, 3, 4, 5]],
      [{ min: 3, max: 4 }, [3, 4]],
      [4, [4]],
    ] as const) {
      const distribution = within('n', integers, range);
      const values = Array.from({ length: 20_000 }, () => drawFrom(distribution, random));
      const total = Math.log((all[all.length - 1] + 1) / all[0]);
      for (const n of all) {
        const expected = Math.log((n + 1) / n) / total;
        const is = share(values, (x) => x === n);
        if (expected < 1) expect(Math.abs(deviations(is, expected))).toBeLessThan(4.5);
        else expect(is.every((one) => one === 1)).toBe(true);
      }
    }
  });
});
