import { keyedRandom } from '@diffusion/random';
import { weightedMedian } from './weighted-median.ts';

describe('weightedMedian', () => {
  it('is the ordinary one with equal weights, and leaves out what has no number or no weight', () => {
    const of = (values: number[], weights: number[]) => weightedMedian(values, weights).median;
    expect(of([3, 1, 2], [1, 1, 1])).toBe(2);
    expect(of([4, 1, 2, 3], [1, 1, 1, 1])).toBe(2.5);
    expect(of([4, 1, Number.NaN, 2, 3, 9], [1, 1, 7, 1, 1, 0])).toBe(2.5);
    expect(of([1, 2, 3], [1, 1, 5])).toBe(3);
    expect(of([1, 2], [Number.NaN, 1])).toBe(2);
    expect(weightedMedian([], [])).toEqual({ median: Number.NaN, weight: 0, effective: 0 });
  });

  it('has an interval that holds the median of the law in 95 of 100 cases, and none of few', () => {
    const draw = keyedRandom(8);
    for (const count of [12, 60]) {
      let holds = 0;
      for (let r = 0; r < 2000; r++) {
        const values = Float64Array.from({ length: count }, () => draw.normal());
        const weights = values.map(() => 0.2 + 0.8 * draw.uniform());
        const [low, high] = weightedMedian(values, weights).interval!;
        if (low < 0 && 0 < high) holds++;
      }
      expect(holds / 2000).toBeGreaterThan(0.92);
      expect(holds / 2000).toBeLessThan(0.98);
    }
    expect(weightedMedian([1, 2, 3, 4, 5], [1, 1, 1, 1, 1]).interval).toBeUndefined();
  });

  it('refuses weights that do not fit', () => {
    expect(() => weightedMedian([1], [])).toThrow('weights has 0 numbers');
    expect(() => weightedMedian([1], [-1])).toThrow('weights[0] is -1');
  });
});
