import { keyedRandom } from '@diffusion/random';
import { confined } from '../models/confined.ts';
import { deviations, meanOf } from './circumstances.fixture.ts';
import { confinedMsd, relaxationOf } from './confined-msd.ts';

describe('the MSD of confined diffusion', () => {
  it.each([1, 2, 3])('is free at first and ends at radius²/(dim + 2) in %pD', (dim) => {
    // Free but for what comes near the wall: less by a share of √(Dt)/radius.
    for (const time of [1e-5, 1e-4]) {
      const share = confinedMsd(dim, time) / time;
      expect(share).toBeLessThan(1);
      expect(share).toBeGreaterThan(1 - Math.sqrt(time));
    }
    expect(confinedMsd(dim, 50)).toBeCloseTo(1 / (dim + 2), 12);
    expect(confinedMsd(dim, 0)).toBeLessThan(1e-7);
    // In the end what is left falls by e per relaxation time.
    const left = (times: number): number =>
      1 / (dim + 2) - confinedMsd(dim, times * relaxationOf(dim));
    expect(left(6) / left(5)).toBeCloseTo(Math.exp(-1), 4);
  });

  it('of a segment is the sum over its odd modes', () => {
    // L²/6 (1 − 96/π⁴ Σ n⁻⁴ exp(−n²π²Dt/L²)), L = 2: half of it over radius².
    for (const time of [0.01, 0.1, 1]) {
      let sum = 0;
      for (let n = 1; n < 2000; n += 2) {
        sum += Math.exp((-(n * n) * Math.PI ** 2 * time) / 4) / n ** 4;
      }
      expect(confinedMsd(1, time)).toBeCloseTo((1 - (96 / Math.PI ** 4) * sum) / 3, 10);
    }
  });

  // 6 comparisons; beyond 4.5 standard errors lies one with probability 4·10⁻⁵.
  it.each([1, 2, 3])(
    'is that of a reflecting wall, and what is inside is uniform, in %pD',
    (dim) => {
      const out = new Float64Array(21 * dim);
      const [step, radius] = [0.4, 1.3];
      const random = keyedRandom(dim);
      const squares: number[] = [];
      for (let i = 0; i < 4000; i++) {
        confined(random, out, 21, dim, {
          step,
          radius,
          start: 'uniform',
          moves: 20,
          wall: 'reflecting',
        });
        let sum = 0;
        for (let d = 0; d < dim; d++) sum += out[20 * dim + d] ** 2;
        squares.push(sum / (2 * dim));
      }
      const expected = radius ** 2 * confinedMsd(dim, (20 * step ** 2) / 2 / radius ** 2);
      expect(Math.abs(deviations(squares, expected))).toBeLessThan(4.5);
      const { mean } = meanOf(squares);
      expect(Math.abs(mean / expected - 1)).toBeLessThan(0.1);
    },
  );
});
