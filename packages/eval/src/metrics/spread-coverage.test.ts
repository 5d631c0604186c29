import { keyedRandom } from '@diffusion/random';
import { spreadCoverage } from './spread-coverage.ts';

describe('spreadCoverage', () => {
  it('counts what is within one and two spreads, by hand', () => {
    const found = spreadCoverage({
      actual: [1, 1, 1, 1, 1],
      predicted: [1.1, 1.3, 0.2, NaN, 1],
      spreads: [0.2, 0.2, 0.2, 0.2, NaN],
    });
    expect(found.count).toBe(3);
    expect(found.mean).toBeCloseTo(0.2, 12);
    expect(found.withinOne).toBeCloseTo(1 / 3, 12);
    expect(found.withinTwo).toBeCloseTo(2 / 3, 12);
  });

  it('is 68.3 and 95.4 % of normal errors', () => {
    const random = keyedRandom(1, 'own:spreads');
    const predicted = Float64Array.from({ length: 20_000 }, () => 0.3 * random.normal());
    const actual = new Float64Array(predicted.length);
    const spreads = new Float64Array(predicted.length).fill(0.3);
    const { withinOne, withinTwo } = spreadCoverage({ actual, predicted, spreads });
    // Three standard errors.
    expect(Math.abs(withinOne - 0.6827)).toBeLessThan(0.0099);
    expect(Math.abs(withinTwo - 0.9545)).toBeLessThan(0.0044);
  });

  it('refuses what makes no sense', () => {
    const good = { actual: [1], predicted: [1], spreads: [1] };
    expect(() => spreadCoverage({ ...good, spreads: [] })).toThrow('spreads has 0 values');
    expect(() => spreadCoverage({ ...good, spreads: [-1] })).toThrow(
      'spreads[0] is -1: expected a number of at least 0',
    );
    expect(spreadCoverage({ ...good, spreads: [NaN] }).withinOne).toBeNaN();
  });
});
