import { keyedRandom } from '@diffusion/random';
import { fbm, motion } from '@diffusion/simulate';
import { exactPosterior, gaussianClasses } from './exact-posterior.ts';
import { modesOf, variogram } from './modes.ts';
import { nestedRules } from './quadrature.ts';
import { lnDirectionMean, lnScaleIntegral, scaleTable } from './scale.ts';

/** ln of the density of displacements, by a Cholesky decomposition of their covariance. */
function gaussianLn(x: number[], covariance: (i: number, j: number) => number): number {
  const n = x.length;
  const L = Array.from({ length: n }, () => new Float64Array(n));
  const white = new Float64Array(n);
  let ln = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = covariance(i, j);
      for (let k = 0; k < j; k++) sum -= L[i][k] * L[j][k];
      L[i][j] = i === j ? Math.sqrt(sum) : sum / L[j][j];
    }
    let rest = x[i];
    for (let k = 0; k < i; k++) rest -= L[i][k] * white[k];
    white[i] = rest / L[i][i];
    ln -= (white[i] * white[i]) / 2 + Math.log(L[i][i]);
  }
  return ln;
}

describe('the exact posterior', () => {
  it.each([
    ['without gaps', [0, 1, 2, 3, 4, 5, 6, 7, 8]],
    ['of an even number of points', [0, 1, 2, 3, 4, 5]],
    ['with gaps', [0, 1, 4, 5, 6, 9, 10]],
  ])('has the likelihood of displacements from its modes, %s', (_, list) => {
    const frames = Int32Array.from(list);
    const x = Float64Array.from(frames, (f, k) => Math.sin(3 * k) + 0.2 * f);
    const z = new Float64Array(frames.length - 1);
    const byModes = (alpha: number, exposure: number, D: number, error: number): number => {
      const { variances, apply } = modesOf(alpha, exposure, frames);
      apply(x, z);
      return variances.reduce((sum: number, variance: number, k: number) => {
        const v = D * variance + error;
        return sum - Math.log(v) / 2 - (z[k] * z[k]) / (2 * v);
      }, 0);
    };
    const byCholesky = (alpha: number, exposure: number, D: number, error: number): number => {
      const steps = [...x].slice(1).map((value, k) => value - x[k]);
      const v = (i: number, j: number): number =>
        D * variogram(alpha, exposure, Math.abs(frames[i] - frames[j])) + (i === j ? 0 : 2 * error);
      return gaussianLn(
        steps,
        (i, j) => (v(i + 1, j) + v(i, j + 1) - v(i, j) - v(i + 1, j + 1)) / 2,
      );
    };
    // The two differ by the determinant of the change of variables, the same for all parameters.
    const constant = byModes(1, 0, 1, 1) - byCholesky(1, 0, 1, 1);
    for (const [alpha, exposure, D, error] of [
      [1, 1, 0.7, 0],
      [0.3, 0, 2, 0.4],
      [0.6, 0.5, 0.1, 3],
    ]) {
      const difference = byModes(alpha, exposure, D, error) - byCholesky(alpha, exposure, D, error);
      expect(difference).toBeCloseTo(constant, 8);
    }
  });

  it('has the variogram that the simulator writes with an exposure', () => {
    // Mean squares over 2,000 tracks of 20 steps: within 5 standard errors, taken as if 4 of the steps were independent.
    const [alpha, exposure, points] = [0.5, 0.6, 21];
    const out = new Float64Array(points);
    const sums = [0, 0, 0];
    for (let i = 0; i < 2000; i++) {
      fbm(keyedRandom(1, i), out, points, 1, { alpha, step: Math.SQRT2, exposure });
      for (const [k, lag] of [1, 3, 10].entries()) sums[k] += (out[lag + 2] - out[2]) ** 2 / 2000;
    }
    for (const [k, lag] of [1, 3, 10].entries()) {
      const expected = variogram(alpha, exposure, lag);
      expect(Math.abs(sums[k] / expected - 1)).toBeLessThan(5 * Math.sqrt(2 / 2000));
    }
  });

  it('integrates the scale, the direction and a uniform prior', () => {
    const scale = { min: 0.01, max: 1 };
    const midpoints = (f: (y: number) => number): number => {
      const count = 10_000;
      let sum = 0;
      for (let i = 0; i < count; i++) sum += Math.exp(f(Math.log(0.01) * ((i + 0.5) / count)));
      return Math.log(sum / count);
    };
    for (const [n, square, pull] of [
      [8, 1e-3, 0],
      [18, 0.5, 0],
      [18, 1e-3, 0.05],
      [60, 2, 0.4],
    ]) {
      const lnMean = (z: number): number => lnDirectionMean(2, z);
      const expected = midpoints((y) => {
        const u = Math.exp(-y);
        return -n * y - (square * u * u) / 2 + (pull > 0 ? lnMean(pull * u) : 0);
      });
      expect(lnScaleIntegral(n, square, pull, lnMean, scale)).toBeCloseTo(expected, 3);
      if (pull === 0) expect(scaleTable(n, scale)(square)).toBeCloseTo(expected, 3);
    }
    for (const [dim, z] of [
      [1, 2],
      [2, 0.7],
      [2, 9],
      [3, 1.5],
    ]) {
      // The mean of exp(z cos φ) over directions, cos φ with the density (1 − c²)^((dim − 3)/2), c = cos θ.
      let [sum, weight] = [0, 0];
      for (let i = 0; i < 10_000; i++) {
        const theta = (Math.PI * (i + 0.5)) / 10_000;
        const w = dim === 1 ? Number(i === 0 || i === 9999) : Math.sin(theta) ** (dim - 2);
        sum += w * Math.exp(z * Math.cos(theta));
        weight += w;
      }
      expect(lnDirectionMean(dim, z)).toBeCloseTo(Math.log(sum / weight), 5);
    }
    const { points, weights } = nestedRules(0, 2, 2, 2);
    for (const row of weights) {
      const integral = points.reduce(
        (sum: number, x: number, k: number) => sum + (Number.isNaN(row[k]) ? 0 : row[k] * x ** 4),
        0,
      );
      expect(integral).toBeCloseTo(2 ** 5 / 5 / 2, 12);
    }
  });

  it('is calibrated on its own tracks, as it is refined', () => {
    const count = 100;
    const ranges = {
      gaps: 0,
      variation: 0,
      pixel: 0,
      drift: 0,
      search: 'infinity',
      xy: 1,
    } as const;
    const tracks = motion({
      ...{ dim: 2, count, seed: 5, length: 12, laws: gaussianClasses },
      ranges: { ...ranges, exposure: 1 },
    }).generate();
    const frames = Int32Array.from({ length: 12 }, (_, k) => k);
    const posterior = exactPosterior({ tracks, frames, exposure: 1 });
    const [coarse, fine] = [posterior.level(0), posterior.level(1)];
    const { codes, dictionary } = tracks.trackColumns.label as {
      codes: ArrayLike<number>;
      dictionary: readonly string[];
    };
    const names: readonly string[] = gaussianClasses;
    let [more, variance, moved] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      // The probability of the true class is, in the mean, the sum of squares of the probabilities.
      const row = fine.subarray(4 * i, 4 * i + 4);
      const expected = row.reduce((sum, p) => sum + p * p, 0);
      more += row[names.indexOf(dictionary[codes[i]])] - expected;
      variance += row.reduce((sum, p) => sum + p * p * p, 0) - expected ** 2;
      for (let c = 0; c < 4; c++) moved = Math.max(moved, Math.abs(row[c] - coarse[4 * i + c]));
    }
    expect(Math.abs(more) / Math.sqrt(variance)).toBeLessThan(4);
    expect(moved).toBeLessThan(0.02);
  });
});
