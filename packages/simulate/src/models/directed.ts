import type { Random } from '@diffusion/random';
import { brownian } from './brownian.ts';
import { unitVector } from './unit-vector.ts';

const direction = new Float64Array(3);

/**
 * Directed motion: Brownian motion of step deviation `step` = √(2 D Δt) per coordinate and a constant drift
 * of `drift` = v Δt per step in one direction, uniform among all.
 */
export function directed(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { step, drift }: { step: number; drift: number },
): void {
  unitVector(random, dim, direction);
  brownian(random, out, points, dim, { step });
  for (let i = 1, at = dim; i < points; i++) {
    for (let d = 0; d < dim; d++) out[at++] += i * drift * direction[d];
  }
}
