import { exp, type Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { number } from '../motion/parameters.ts';
import { normalAlongDirection } from './normal-along-direction.ts';

const move = new Float64Array(3);
/** Where the walker jumps, and by how much: grown to the longest track. */
let frames = new Int32Array(0);
let jumps = new Float64Array(0);

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
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * ctrw(keyedRandom(1), out, 100, 2, { alpha: 0.7, jump: 1 }); // 100 places in 2D
 */
export function ctrw(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, jump: size, substeps = 1 }: CtrwParameters,
): void {
  if (frames.length < points) {
    frames = new Int32Array(points);
    jumps = new Float64Array(3 * points);
  }
  const inverse = 1 / alpha;
  let count = 0;
  for (let time = 0; ; count++) {
    // −ln(1 − U) is exponential.
    time += exp(random.exponential() * inverse);
    const seen = Math.floor(time * substeps) - substeps + 1;
    if (seen >= points) break;
    frames[count] = seen;
  }
  if (dim < 3) random.fillNormal(jumps, 0, count * dim);
  let i = 0;
  let x = 0;
  let y = 0;
  let z = 0;
  for (let k = 0; k <= count; k++) {
    const end = k < count ? frames[k] : points;
    if (dim === 1) {
      for (; i < end; i++) out[i] = x;
      x += size * jumps[k];
    } else if (dim === 2) {
      for (; i < end; i++) {
        out[2 * i] = x;
        out[2 * i + 1] = y;
      }
      x += size * jumps[2 * k];
      y += size * jumps[2 * k + 1];
    } else {
      for (; i < end; i++) {
        out[3 * i] = x;
        out[3 * i + 1] = y;
        out[3 * i + 2] = z;
      }
      if (k === count) break;
      normalAlongDirection(random, move);
      x += size * move[0];
      y += size * move[1];
      z += size * move[2];
    }
  }
}

/** The model `ctrw`: continuous-time random walk. */
export const ctrwModel = defineModel({
  name: 'ctrw',
  parameters: {
    alpha: number({ meaning: 'exponent of the waiting times', unit: '', above: 0, max: 1 }),
    jump: number({
      meaning: 'standard deviation of a jump (per coordinate; in 3D of its length)',
      unit: 'position',
      above: 0,
      default: 1,
    }),
  },
  prepare: ({ alpha, jump }, { dim }) => ({
    write: (random, out, points, substeps) =>
      ctrw(random, out, points, dim, { alpha, jump, substeps }),
  }),
});
