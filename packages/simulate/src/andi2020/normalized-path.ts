import type { Random } from '@diffusion/random';
import { ANDI_LABELS } from '@diffusion/tracks';
import { displacementDeviation } from '../measure/displacement-deviation.ts';
import { attm } from '../models/attm.ts';
import { ctrw } from '../models/ctrw.ts';
import { fbm } from '../models/fbm.ts';
import { levyWalk } from '../models/levy-walk.ts';
import { sbm } from '../models/sbm.ts';
import { ANDI_ALPHAS, type Cell } from './pool.ts';

/** Points that a track of the pool has, whatever is cut out of it. */
export const POOL_POINTS = 1000;

const ROOT_TWO = Math.sqrt(2);

/**
 * Writes a track of the pool: 1,000 points of one model in the challenge's units, each coordinate divided by
 * the standard deviation of its own displacements. A coordinate whose displacements do not vary is left as it
 * is: one that never moves, and a Lévy walk of a single flight, whose deviation would be rounding noise (the
 * peer divides by it, and gets positions of 10¹³ to 10¹⁶).
 */
export function normalizedPath(random: Random, out: Float64Array, dim: number, cell: Cell): void {
  const alpha = ANDI_ALPHAS[cell.alpha];
  switch (ANDI_LABELS[cell.model]) {
    case 'ATTM':
      attm(random, out, POOL_POINTS, dim, { alpha, maxStep: ROOT_TWO, regime: 1, variant: '2020' });
      break;
    case 'CTRW':
      ctrw(random, out, POOL_POINTS, dim, { alpha, jump: 1 });
      break;
    case 'FBM':
      fbm(random, out, POOL_POINTS, dim, { alpha, step: 1 });
      break;
    case 'LW':
      levyWalk(random, out, POOL_POINTS, dim, { alpha, maxSpeed: 10 });
      break;
    default:
      sbm(random, out, POOL_POINTS, dim, { alpha, step: 1 });
  }
  for (let d = 0; d < dim; d++) {
    const deviation = displacementDeviation(out, POOL_POINTS, dim, d);
    if (deviation === 0) continue;
    const scale = 1 / deviation;
    for (let at = d; at < POOL_POINTS * dim; at += dim) out[at] *= scale;
  }
}
