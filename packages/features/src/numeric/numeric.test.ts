import { keyedRandom } from '@diffusion/random';
import { brent } from './brent.ts';
import { chiSquareCdf } from './chi-square-cdf.ts';
import { dft } from './dft.ts';
import { erf } from './erf.ts';
import { goldenSection } from './golden-section.ts';
import { gridMinimum } from './grid-minimum.ts';
import { linearFit } from './linear-fit.ts';
import { logBias } from './log-gamma-bias.ts';
import { median } from './median.ts';
import { lowestNearby } from './nelder-mead.ts';
import { omnibus } from './omnibus.ts';
import { rootTowards } from './root-towards.ts';
import { sineTransform } from './sine-transform.ts';
import { chiSquareRatio } from './wilson-hilferty.ts';

const random = keyedRandom(8);
const normals = (n: number): Float64Array =>
  Float64Array.from({ length: n }, () => random.normal());

describe('numerics', () => {
  it.each([
    [0.1, 0.1124629160182849],
    [1, 0.8427007929497149],
    [2.4, 0.9993114861033549],
    [2.6, 0.9997639655834707],
    [4, 0.9999999845827421],
    [-1, -0.8427007929497149],
  ])('erf(%p)', (x, value) => {
    expect(Math.abs(erf(x) - value)).toBeLessThan(1e-15);
  });

  it.each([1, 2, 3] as const)('the χ² distribution with %i degrees of freedom', (degrees) => {
    // scipy.stats.chi2.cdf(1.7, degrees)
    const expected = [0.8077120228884802, 0.5725850680512732, 0.3630662043472606][degrees - 1];
    expect(chiSquareCdf(1.7, degrees)).toBeCloseTo(expected, 12);
  });

  it.each([2, 3, 7, 16, 97, 300])(
    'the Fourier transform of length %i is the sum it stands for',
    (n) => {
      const [re, im] = [normals(n), normals(n)];
      const [a, b] = [re.slice(), im.slice()];
      dft(a, b);
      for (let k = 0; k < n; k++) {
        let [x, y] = [0, 0];
        for (let j = 0; j < n; j++) {
          const angle = (-2 * Math.PI * j * k) / n;
          x += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
          y += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
        }
        expect(Math.hypot(a[k] - x, b[k] - y)).toBeLessThan(1e-11);
      }
    },
  );

  it.each([1, 2, 3, 8, 29])('the sine transform of length %i is the sum it stands for', (n) => {
    const sequences = [normals(n), normals(n), normals(n)];
    const squares = sineTransform(sequences);
    for (let k = 1; k <= n; k++) {
      let expected = 0;
      for (const x of sequences) {
        let sum = 0;
        for (let j = 1; j <= n; j++) sum += Math.sin((Math.PI * j * k) / (n + 1)) * x[j - 1];
        expected += (2 / (n + 1)) * sum * sum;
      }
      expect(squares[k - 1]).toBeCloseTo(expected, 11);
    }
  });

  it('medians', () => {
    for (let n = 1; n < 40; n++) {
      const values = normals(n).map((x) => Math.round(2 * x) + 0);
      const sorted = values.slice().sort();
      const expected = (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
      expect(median(values)).toBe(expected);
    }
    expect(median(new Float64Array(0))).toBeNaN();
  });

  it('lines', () => {
    expect(linearFit(Float64Array.of(1e8, 1e8 + 1, 1e8 + 2), Float64Array.of(1, 3, 5))).toEqual({
      slope: 2,
      intercept: 1 - 2e8,
    });
    expect(linearFit(Float64Array.of(1, 1), Float64Array.of(1, 2)).slope).toBeNaN();
    expect(linearFit(Float64Array.of(1), Float64Array.of(1)).slope).toBeNaN();
  });

  it('minima inside, at the ends, and in the deeper of two valleys', () => {
    const parabola = (x: number): number => (x - 0.3) ** 2;
    expect(goldenSection(parabola, 0, 1)).toBeCloseTo(0.3, 7);
    expect(brent(parabola, 0, 1, 1e-8)).toBeCloseTo(0.3, 7);
    expect(goldenSection(parabola, 0.5, 1)).toBe(0.5);
    expect(goldenSection(parabola, -1, 0)).toBe(0);
    const valleys = (x: number): number => Math.min((x - 0.2) ** 2, (x - 0.9) ** 2 - 0.01);
    const grid = { from: 0, to: 1, cells: 100, stride: 5, margin: 1 };
    expect(gridMinimum(valleys, grid)).toBeCloseTo(0.9, 6);
    const rosenbrock = ([x, y]: readonly number[]): number => (1 - x) ** 2 + 5 * (y - x * x) ** 2;
    const bounds = [
      [-2, 2],
      [-2, 0.49],
    ] as const;
    const [x, y] = lowestNearby(rosenbrock, [-1, 0], [0.3, 0.3], bounds, 1e-8);
    expect(y).toBe(0.49);
    expect(rosenbrock([x, y])).toBeLessThanOrEqual(rosenbrock([0.72, 0.49]));
    expect(rootTowards((v) => v * v - 2, 0, 5, 1e-9)).toBeCloseTo(Math.SQRT2, 8);
    expect(rootTowards(() => -1, 0, 5, 1e-9)).toBe(5);
  });

  it('brent looks less often than golden section', () => {
    const count = (search: typeof brent): number => {
      let calls = 0;
      search(
        (x) => {
          calls++;
          return Math.cosh(x - 0.4);
        },
        0,
        2,
        1e-6,
      );
      return calls;
    };
    expect(count(brent)).toBeLessThan(count(goldenSection) / 2);
  });

  it('the omnibus statistic of scipy.stats.normaltest', () => {
    // scipy 1.17, normaltest of 0, 1, 4, 9, …, 121: skewness 0.6357, kurtosis 2.0386
    const squares = Array.from({ length: 12 }, (_, i) => i * i);
    const mean = squares.reduce((a, b) => a + b, 0) / 12;
    const m = [2, 3, 4].map((p) => squares.reduce((a, b) => a + (b - mean) ** p, 0) / 12);
    expect(omnibus(m[1] / m[0] ** 1.5, m[2] / m[0] ** 2, 12)).toBeCloseTo(1.6880451087856068, 8);
    expect(omnibus(0, 3, 7)).toBeNaN();
  });

  it('the bias of the logarithm of a gamma variable', () => {
    // ψ(1) = −γ; ψ(x) − ln x → −1/(2x)
    expect(logBias(1)).toBeCloseTo(-0.5772156649015329, 8);
    expect(logBias(0.01)).toBeCloseTo(-0.005 - 1e-4 / 12, 8);
  });

  it('quantiles of χ² by cube root', () => {
    // scipy.stats.chi2.ppf(0.975, 10) / 10
    expect(chiSquareRatio(10, 1.959964)).toBeCloseTo(2.0483177, 2);
    expect(chiSquareRatio(0.3, -3)).toBe(0);
  });
});
