import type { Random } from '../random/random.ts';
import { unitVector } from './unit-vector.ts';

/**
 * Writes a jump of unit size to out[0] … out[dim − 1], after the AnDi challenge: independent standard normals per
 * coordinate in 1D and 2D; in 3D one standard normal times a uniform direction, so that ⟨r²⟩ is 1 there and
 * the coordinates are uncorrelated but not independent.
 */
export function jump(random: Random, dim: number, out: Float64Array): void {
  if (dim === 3) {
    unitVector(random, 3, out);
    const length = random.normal();
    out[0] *= length;
    out[1] *= length;
    out[2] *= length;
  } else random.fillNormal(out, 0, dim);
}
