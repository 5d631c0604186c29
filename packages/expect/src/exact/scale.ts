import { gaussLegendre } from './gauss-legendre.ts';

// Named once: this is what all the time goes into, and a test's own global is slow to look up.
const { abs, ceil, exp, expm1, floor, log, log1p, max: larger, min: smaller, sqrt } = Math;
const unit = gaussLegendre(18);

/** Ends of a log-uniform law. */
export interface Ends {
  readonly min: number;
  readonly max: number;
}

/**
 * ln ∫ s^(−n) exp(−S/2s² + lnMean(pull/s)) p(s) ds, s log-uniform between two ends, without (2π)^(−n/2): the scale of a
 * Gaussian of n numbers, integrated. One peak in ln s, which 18 Gauss–Legendre points resolve.
 *
 * @param lnMean ln of the mean over the directions of exp(z cos φ), which the drift adds; not called where pull is 0.
 * @param least what is so far below that nothing of it matters: −∞ is the answer then, without the integral.
 */
export function lnScaleIntegral(
  n: number,
  square: number,
  pull: number,
  lnMean: ((z: number) => number) | undefined,
  { min, max }: Ends,
  least = -Infinity,
): number {
  const [low, high] = [log(min), log(max)];
  const f = (y: number): number => {
    const u = exp(-y);
    return -n * y - 0.5 * square * u * u + (lnMean && pull > 0 ? lnMean(pull * u) : 0);
  };
  const peak = square > 0 ? (pull + sqrt(pull * pull + 4 * n * square)) / (2 * square) : Infinity;
  const centre = smaller(high, larger(low, -log(peak)));
  const top = f(centre);
  if (top < least) return -Infinity;
  const u = exp(-centre);
  const inside = centre > low && centre < high;
  const slope = inside ? 0 : abs(-n + square * u * u - pull * u);
  const curvature = 2 * square * u * u + n * 1e-6;
  const width = (sqrt(slope * slope + 48 * curvature) - slope) / curvature;
  const from = larger(low, centre - width);
  // Towards large scales it falls like s^(−n) only.
  const to = smaller(high, centre + larger(width, 24 / n));
  const [middle, half] = [(from + to) / 2, (to - from) / 2];
  let sum = 0;
  for (let i = 0; i < unit.points.length; i++) {
    sum += unit.weights[i] * exp(f(middle + half * unit.points[i]) - top);
  }
  return top + log((sum * half) / (high - low));
}

/** The same without a drift as a function of S alone, from a table over ln S: within 10⁻⁶. */
export function scaleTable(n: number, scale: Ends): (square: number) => number {
  // S is about n s²; where it lies far outside, the integral itself is asked.
  const from = log(n * scale.min ** 2) - 6;
  const to = log(n * scale.max ** 2) + 2;
  const step = smaller(0.02, 0.2 / sqrt(n));
  const count = ceil((to - from) / step) + 3;
  const values = Float64Array.from({ length: count }, (_, i) =>
    lnScaleIntegral(n, exp(from + (i - 1) * step), 0, undefined, scale),
  );
  return (square) => {
    const at = (log(square) - from) / step + 1;
    const i = floor(at);
    if (!(i >= 1 && i < count - 2)) return lnScaleIntegral(n, square, 0, undefined, scale);
    const x = at - i;
    const [a, b, c, d] = [values[i - 1], values[i], values[i + 1], values[i + 2]];
    // Cubic through four points.
    const [l, m, r] = [x + 1, x - 1, x - 2];
    return (-a * x * m * r) / 6 + (b * l * m * r) / 2 - (c * l * x * r) / 2 + (d * l * x * m) / 6;
  };
}

/** ln of the mean of exp(z cos φ) over the directions of a line, a plane or space: cosh z, I₀(z), sinh z / z. */
export function lnDirectionMean(dim: number, z: number): number {
  if (dim === 1) return z + log1p(exp(-2 * z)) - Math.LN2;
  if (dim === 2) return lnBesselI0(z);
  return z < 1e-4 ? (z * z) / 6 : z + log(-expm1(-2 * z) / (2 * z));
}

/** ln I₀(z), z ≥ 0, to 2·10⁻⁷ (Abramowitz & Stegun 9.8.1 and 9.8.2). */
function lnBesselI0(z: number): number {
  if (z < 3.75) {
    const t = (z / 3.75) ** 2;
    return log1p(t * horner(t, [3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813]));
  }
  return z - 0.5 * log(z) + log(horner(3.75 / z, LARGE));
}

const LARGE = [
  0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706, 0.02635537, -0.01647633,
  0.00392377,
];

function horner(t: number, coefficients: readonly number[]): number {
  let sum = 0;
  for (let k = coefficients.length - 1; k >= 0; k--) sum = sum * t + coefficients[k];
  return sum;
}
