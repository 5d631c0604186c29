import { keyedRandom } from '@diffusion/random';
import { averagedFgnCovariance, fgnCovariance } from './covariance.ts';
import { makeFourier, transform } from './fourier.ts';
import { fractionalPath } from './fractional-path.ts';
import { tableCache } from './table-cache.ts';

describe('fourier', () => {
  it.each([1, 2, 4, 8, 16, 32, 64, 128])('transforms %i points as the sum says', (n) => {
    const random = keyedRandom(n);
    const x = Float64Array.from({ length: 2 * n }, () => random.normal());
    const fourier = makeFourier(n);
    const whole = new Float64Array(2 * n);
    for (let j = 0; j < n; j++) {
      whole[2 * j] = x[2 * fourier.order[j]];
      whole[2 * j + 1] = x[2 * fourier.order[j] + 1];
    }
    const half = whole.slice();
    transform(fourier, whole);
    transform(fourier, half, true);
    for (let k = 0; k < n; k++) {
      let re = 0;
      let im = 0;
      for (let j = 0; j < n; j++) {
        const angle = (2 * Math.PI * ((j * k) % n)) / n;
        re += x[2 * j] * Math.cos(angle) - x[2 * j + 1] * Math.sin(angle);
        im += x[2 * j] * Math.sin(angle) + x[2 * j + 1] * Math.cos(angle);
      }
      expect(whole[2 * k]).toBeCloseTo(re, 11);
      expect(whole[2 * k + 1]).toBeCloseTo(im, 11);
      if (2 * k < n)
        expect([half[2 * k], half[2 * k + 1]]).toEqual([whole[2 * k], whole[2 * k + 1]]);
    }
  });
});

describe('averagedFgnCovariance', () => {
  /** ⟨|k + w|^α⟩ by a midpoint sum, w the difference of two places uniform in [0, τ]. */
  const meanPower = (k: number, alpha: number, tau: number): number => {
    const M = 4000;
    let sum = 0;
    for (let j = 0; j < M; j++) {
      // Denser at 0, where the power has its kink.
      const u = ((j + 0.5) / M) ** 2;
      const w = tau * u;
      const density = ((1 - u) * 2 * Math.sqrt(u)) / M;
      sum += density * (Math.abs(k + w) ** alpha + Math.abs(k - w) ** alpha);
    }
    return sum;
  };

  it.each([
    [0.1, 1],
    [0.1, 0.2],
    [0.6, 0.3],
    [0.6, 0.31],
    [1.5, 0.05],
    [1.9, 0.8],
  ])('is what the integral says: α %p, exposure %p', (alpha, tau) => {
    const gamma = averagedFgnCovariance(alpha, tau, 40);
    for (const k of [0, 1, 2, 5, 23, 24, 30]) {
      const [before, at, after] = [Math.abs(k - 1), k, k + 1].map((m) => meanPower(m, alpha, tau));
      expect(Math.abs(gamma[k] - (0.5 * (before + after) - at))).toBeLessThan(1e-6);
    }
  });

  it('is a step without exposure where that is short, and Berglund’s for Brownian motion', () => {
    const [short, sharp] = [averagedFgnCovariance(0.9, 1e-7, 60), fgnCovariance(0.9, 60)];
    for (let k = 0; k < 60; k++) expect(Math.abs(short[k] - sharp[k])).toBeLessThan(1e-6);
    for (const tau of [0.1, 0.5, 1]) {
      const gamma = averagedFgnCovariance(1, tau, 40);
      const known = [1 - tau / 3, tau / 6];
      for (let k = 0; k < 40; k++) expect(gamma[k]).toBeCloseTo(known[k] ?? 0, 10);
    }
  });

  it('goes over from one form to the other without a step', () => {
    for (const alpha of [0.1, 0.9, 1.9]) {
      const [series, closed] = [0.3, 0.3000001].map((tau) => averagedFgnCovariance(alpha, tau, 60));
      for (let k = 0; k < 60; k++) expect(Math.abs(series[k] - closed[k])).toBeLessThan(1e-6);
      const long = averagedFgnCovariance(alpha, 0.9, 40);
      for (let k = 20; k < 30; k++) {
        // γ(k) ≈ α(α − 1)/2 k^(α−2) in both.
        const [now, next] = [k, k + 1].map((lag) => long[lag] * lag ** (2 - alpha));
        expect(Math.abs(next / now - 1)).toBeLessThan(5e-4);
      }
    }
  });

  it('has a circulant without a negative eigenvalue, so that paths of it are exact', () => {
    for (const half of [1, 2, 8, 128]) {
      const fourier = makeFourier(2 * half);
      for (const alpha of [0.02, 0.5, 0.95, 1.05, 1.5, 1.98]) {
        for (const tau of [0.001, 0.3, 0.31, 1]) {
          const gamma = averagedFgnCovariance(alpha, tau, half + 1);
          const z = new Float64Array(4 * half);
          for (let j = 0; j < 2 * half; j++) {
            z[2 * j] = gamma[Math.min(fourier.order[j], 2 * half - fourier.order[j])];
          }
          transform(fourier, z);
          expect(Math.min(...z.filter((_, at) => at % 2 === 0))).toBeGreaterThan(0);
        }
      }
    }
  });
});

describe('fgnCovariance', () => {
  it('sums to the variance of the path: Σ (n − |k|) γ(k) = n^α, for lags where powers lose their digits', () => {
    for (const alpha of [0.01, 0.3, 1.5, 1.99]) {
      const n = 20_000;
      const gamma = fgnCovariance(alpha, n);
      let sum = n * gamma[0];
      for (let k = 1; k < n; k++) sum += 2 * (n - k) * gamma[k];
      expect(sum / n ** alpha).toBeCloseTo(1, 8);
    }
  });

  it('goes over from powers to the series without a step', () => {
    for (const alpha of [0.1, 0.9, 1.9]) {
      const gamma = fgnCovariance(alpha, 40);
      for (let k = 1; k < 40; k++) {
        const direct = 0.5 * ((k + 1) ** alpha - 2 * k ** alpha + (k - 1) ** alpha);
        expect(Math.abs(gamma[k] - direct)).toBeLessThan(1e-12);
      }
    }
  });
});

describe('fractionalPath', () => {
  // Lags 1, 7 and 30 of a path of 31 points, whose squares have relative deviation √2: with 40,000 paths and coordinates
  // 0.7 % per mean; five deviations.
  it.each([
    [0.05, 1],
    [0.7, 2],
    [1.3, 3],
    [1.99, 1],
    [1.9, 2],
  ])('has the variance k^α and independent coordinates: α = %p in %pD', (alpha, dim) => {
    const points = 31;
    const paths = 40_000 / dim;
    const out = new Float64Array(points * dim);
    const square = new Map([1, 7, 30].map((lag) => [lag, new Float64Array(dim)]));
    let cross = 0;
    for (let i = 0; i < paths; i++) {
      fractionalPath(keyedRandom(5, i), out, points, dim, alpha, 1);
      for (const [lag, sums] of square) {
        // From the end, so that stationarity is tested as well.
        for (let d = 0; d < dim; d++) {
          sums[d] += (out[30 * dim + d] - out[(30 - lag) * dim + d]) ** 2 / paths;
        }
      }
      if (dim > 1) cross += (out[30 * dim] * out[30 * dim + 1]) / paths;
    }
    for (const [lag, sums] of square) {
      for (let d = 0; d < dim; d++) {
        expect(Math.abs(sums[d] / lag ** alpha - 1)).toBeLessThan(5 * Math.sqrt(2 / paths));
      }
    }
    expect(Math.abs(cross / 30 ** alpha)).toBeLessThan(5 / Math.sqrt(paths));
  });

  it('makes a path of a million points in seconds, with the right long-range variance', () => {
    const points = 1_000_000;
    const out = new Float64Array(points);
    fractionalPath(keyedRandom(1), out, points, 1, 1.9, 1);
    let one = 0;
    for (let i = 1; i < points; i++) one += (out[i] - out[i - 1]) ** 2 / points;
    // At H = 0.95 the mean of squares of one path spreads widely; what must not happen is a wrong scale.
    expect(one).toBeGreaterThan(0.3);
    expect(one).toBeLessThan(3);
    const sub = new Float64Array(points);
    fractionalPath(keyedRandom(2), sub, points, 1, 0.4, 1);
    for (const lag of [1, 1000]) {
      let sum = 0;
      for (let i = lag; i < points; i++) sum += (sub[i] - sub[i - lag]) ** 2;
      expect(sum / (points - lag) / lag ** 0.4).toBeCloseTo(1, 1);
    }
  });
});

describe('tableCache', () => {
  it('holds no more than its limit and drops what was used longest ago', () => {
    const cache = tableCache(10);
    let made = 0;
    const make = (): Float64Array => {
      made++;
      return new Float64Array(4);
    };
    const a = cache.get('a', make);
    cache.get('b', make);
    expect(cache.get('a', make)).toBe(a);
    cache.get('c', make);
    expect(cache.held).toBe(8);
    expect(cache.get('a', make)).toBe(a);
    expect(made).toBe(3);
    cache.get('b', make);
    expect(made).toBe(4);
    cache.get('large', () => new Float64Array(11));
    expect(cache.held).toBe(8);
  });
});
