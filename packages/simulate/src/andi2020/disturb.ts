import type { Random } from '@diffusion/random';

/** Localisation errors of the challenge: signal-to-noise ratios 10, 2 and 1. */
export const ANDI_SIGMAS = [0.1, 0.5, 1] as const;

/**
 * The challenge's noise and scale on the first points of a normalised path: x′ₖ = A (xₖ − x₀ + σ (nₖ − n₀)),
 * σ and A per coordinate. The first point is the origin, so the noise of point 0 is in all others.
 */
export function disturb(
  random: Random,
  path: Float64Array,
  out: Float64Array,
  points: number,
  dim: number,
  sigma: ArrayLike<number>,
  amplitude: ArrayLike<number>,
): void {
  const end = points * dim;
  random.fillNormal(out, 0, end);
  for (let d = 0; d < dim; d++) {
    const level = sigma[d];
    const scale = amplitude[d];
    const origin = path[d] + level * out[d];
    for (let at = d; at < end; at += dim) out[at] = scale * (path[at] + level * out[at] - origin);
  }
}

/**
 * Draws σ and the amplitude of every coordinate, or of all coordinates at once, to out[0 … dim − 1] and
 * out[dim … 2·dim − 1].
 */
export function drawDisturbance(
  random: Random,
  dim: number,
  perCoordinate: boolean,
  out: number[] | Float64Array,
  at = 0,
): void {
  for (let d = 0; d < dim; d++) {
    const fresh = d === 0 || perCoordinate;
    out[at + d] = fresh ? ANDI_SIGMAS[random.integerBelow(3)] : out[at];
    out[at + dim + d] = fresh ? random.normal() : out[at + dim];
  }
}
