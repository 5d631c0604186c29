import type { Random } from '../random/random.ts';

/** Localisation errors of the challenge: signal-to-noise ratios 10, 2 and 1. */
export const ANDI_SIGMAS = [0.1, 0.5, 1] as const;

const origin = new Float64Array(3);

/**
 * The challenge's noise and scale on the first points of a normalised path: x′ₖ = A (xₖ − x₀ + σ (nₖ − n₀)), σ and A
 * per coordinate. The first point is the origin, so the noise of point 0 is in all others.
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
  random.fillNormal(out, 0, points * dim);
  for (let d = 0; d < dim; d++) origin[d] = path[d] + sigma[d] * out[d];
  for (let i = 0, at = 0; i < points; i++) {
    for (let d = 0; d < dim; d++, at++) {
      out[at] = amplitude[d] * (path[at] + sigma[d] * out[at] - origin[d]);
    }
  }
}

/** Draws σ and the amplitude of every coordinate, or of all coordinates at once, to out[0 … dim − 1] and out[dim … 2·dim − 1]. */
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
