import { exp } from '../pinned/exp.ts';
import type { Random } from '../random/random.ts';
import { jump } from './jump.ts';

const place = new Float64Array(3);
const move = new Float64Array(3);

/** Parameters of {@link ctrw}. */
export interface CtrwParameters {
  /** Exponent of the waiting times, 0 < α ≤ 1. */
  alpha: number;
  /** Standard deviation of a jump, per coordinate in 1D and 2D, of its length in 3D. */
  jump: number;
  /** Points per frame. */
  substeps?: number;
}

/**
 * Continuous-time random walk: waiting times w = (1 − U)^(−1/α) ≥ 1 frames between normal jumps. The jump at time t
 * is seen from frame ⌊t⌋ on.
 */
export function ctrw(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, jump: size, substeps = 1 }: CtrwParameters,
): void {
  place.fill(0);
  const inverse = 1 / alpha;
  let time = 0;
  let i = 0;
  while (i < points) {
    // −ln(1 − U) is exponential.
    time += exp(random.exponential() * inverse);
    const next = Math.min(points, Math.floor(time * substeps) - substeps + 1);
    if (dim === 1) {
      const x = place[0];
      for (; i < next; i++) out[i] = x;
    } else if (dim === 2) {
      const x = place[0];
      const y = place[1];
      for (; i < next; i++) {
        out[2 * i] = x;
        out[2 * i + 1] = y;
      }
    } else {
      for (; i < next; i++) for (let d = 0; d < dim; d++) out[i * dim + d] = place[d];
    }
    if (next < points) {
      jump(random, dim, move);
      for (let d = 0; d < dim; d++) place[d] += size * move[d];
    }
  }
}
