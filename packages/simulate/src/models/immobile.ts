import type { Random } from '@diffusion/random';

/** A particle that stays at the origin: every apparent movement is localisation error. */
export function immobile(_random: Random, out: Float64Array, points: number, dim: number): void {
  out.fill(0, 0, points * dim);
}
