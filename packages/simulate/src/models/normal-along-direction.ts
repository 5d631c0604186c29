import type { Random } from '@diffusion/random';
import { unitVector } from './unit-vector.ts';

/**
 * Writes a 3D step as the AnDi challenge draws it: one standard normal times a uniform direction, so that
 * ⟨r²⟩ is 1 and the coordinates are uncorrelated but not independent.
 */
export function normalAlongDirection(random: Random, out: Float64Array): void {
  unitVector(random, 3, out);
  const length = random.normal();
  out[0] *= length;
  out[1] *= length;
  out[2] *= length;
}
