import { gaussLegendre } from './quadrature.ts';
import type { Whitened } from './whiten.ts';

const unit = gaussLegendre(32, -1, 1);

/** A prior on the scale D of a covariance D·M, as the law of u = D^(−½): proportional to u^(−power) between two ends. */
export interface ScalePrior {
  readonly from: number;
  readonly to: number;
  readonly power: number;
}

/** D uniform on [from, to]. */
export function uniformScale([from, to]: readonly [number, number]): ScalePrior {
  return { from: 1 / Math.sqrt(to), to: 1 / Math.sqrt(from), power: 3 };
}

/** √D uniform on [from, to]. */
export function uniformRoot([from, to]: readonly [number, number]): ScalePrior {
  return { from: 1 / to, to: 1 / from, power: 2 };
}

/**
 * ln of the probability density of the displacements, the scale D integrated over its prior, for a covariance D·M in
 * each of `dim` coordinates and a mean of √D·`speed` per step in an unknown direction, every direction alike.
 *
 * With u = D^(−½) it is u^(n·dim)·exp(−S u²/2)·m(speed·B·u) times constants, S = xᵀM⁻¹x, B = |1ᵀM⁻¹x|, and m the mean
 * over the directions of exp(z cos φ); a single peak that 32 Gauss–Legendre points resolve.
 */
export function logEvidence(
  { logDeterminant, square, drift, ones }: Whitened,
  steps: number,
  dim: number,
  speed: number,
  prior: ScalePrior,
): number {
  const count = steps * dim;
  const pull = speed * drift;
  const constant =
    -0.5 * count * Math.log(2 * Math.PI) - 0.5 * dim * logDeterminant - 0.5 * speed * speed * ones;
  const f = (u: number, power: number) =>
    (count - power) * Math.log(u) - 0.5 * square * u * u + logDirectionMean(dim, pull * u);
  if (prior.from === prior.to) return constant + f(prior.from, 0);

  // The peak, or the end of the range that is nearest to it, and how far from there f falls by 32.
  const power = Math.max(0, count - prior.power);
  const peak =
    square > 0 ? (pull + Math.sqrt(pull * pull + 4 * power * square)) / (2 * square) : Infinity;
  const centre = Math.min(prior.to, Math.max(prior.from, peak));
  const slope =
    centre === peak ? 0 : Math.abs((count - prior.power) / centre - square * centre + pull);
  const curvature = power / (centre * centre) + square;
  const width =
    curvature > 0 ? (Math.sqrt(slope * slope + 64 * curvature) - slope) / curvature : Infinity;
  const low = Math.max(prior.from, centre - width);
  const high = Math.min(prior.to, centre + width);

  const top = f(centre, prior.power);
  let sum = 0;
  for (let i = 0; i < unit.points.length; i++) {
    const u = (low + high) / 2 + ((high - low) / 2) * unit.points[i];
    sum += unit.weights[i] * Math.exp(f(u, prior.power) - top);
  }
  const norm =
    (prior.from ** (1 - prior.power) - prior.to ** (1 - prior.power)) / (prior.power - 1);
  return constant + top + Math.log((sum * (high - low)) / 2 / norm);
}

/** ln of the mean of exp(z cos φ) over the directions of a line, a plane or space: cosh z, I₀(z), sinh z / z. */
export function logDirectionMean(dim: number, z: number): number {
  if (z === 0) return 0;
  if (dim === 1) return z + Math.log1p(Math.exp(-2 * z)) - Math.LN2;
  if (dim === 2) return logBesselI0(z);
  return z < 1e-4 ? (z * z) / 6 : z + Math.log(-Math.expm1(-2 * z) / (2 * z));
}

/** ln I₀(z), z ≥ 0, to 2·10⁻⁷ (Abramowitz & Stegun 9.8.1 and 9.8.2). */
function logBesselI0(z: number): number {
  if (z < 3.75) {
    const t = (z / 3.75) ** 2;
    let sum = 0.0045813;
    sum = sum * t + 0.0360768;
    sum = sum * t + 0.2659732;
    sum = sum * t + 1.2067492;
    sum = sum * t + 3.0899424;
    sum = sum * t + 3.5156229;
    return Math.log1p(sum * t);
  }
  const t = 3.75 / z;
  let sum = 0.00392377;
  sum = sum * t - 0.01647633;
  sum = sum * t + 0.02635537;
  sum = sum * t - 0.02057706;
  sum = sum * t + 0.00916281;
  sum = sum * t - 0.00157565;
  sum = sum * t + 0.00225319;
  sum = sum * t + 0.01328592;
  sum = sum * t + 0.39894228;
  return z - 0.5 * Math.log(z) + Math.log(sum);
}
