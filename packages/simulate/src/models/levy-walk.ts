import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { number } from '../motion/parameters.ts';
import { floorExp } from './floor-exp.ts';
import { unitVector } from './unit-vector.ts';

const direction = new Float64Array(3);

/** Parameters of {@link levyWalk}. */
export interface LevyWalkParameters {
  /** Exponent, 1 ≤ α ≤ 2. */
  alpha: number;
  /** The speed of a track is uniform between 0 and this; distance per frame. */
  maxSpeed: number;
  /** Points per frame. */
  substeps?: number;
}

/**
 * Lévy walk: flights of ⌊d⌋ frames, d = (1 − U)^(−1/σ), σ = 3 − α, each with its own uniform direction and
 * all with the one speed of the track. For α = 2 σ is uniform on (0, 1), drawn per track. The first frame of
 * the first flight is not seen.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * levyWalk(keyedRandom(1), out, 100, 2, { alpha: 1.5, maxSpeed: 10 }); // 100 places in 2D
 */
export function levyWalk(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, maxSpeed, substeps = 1 }: LevyWalkParameters,
): void {
  const inverse = 1 / (alpha === 2 ? 1 - random.uniform() : 3 - alpha);
  const speed = (maxSpeed * random.uniform()) / substeps;
  const longest = points + 1;
  out.fill(0, 0, dim);
  let skipped = substeps;
  let i = 1;
  while (i < points) {
    const frames = Math.min(longest, floorExp(random.exponential() * inverse));
    const steps = frames * substeps - skipped;
    skipped = 0;
    unitVector(random, dim, direction);
    const end = Math.min(points, i + steps);
    for (let d = 0; d < dim; d++) {
      const step = speed * direction[d];
      let x = out[(i - 1) * dim + d];
      for (let j = i; j < end; j++) {
        x += step;
        out[j * dim + d] = x;
      }
    }
    i = end;
  }
}

/** The model `levy-walk`. */
export const levyWalkModel = defineModel({
  name: 'levy-walk',
  parameters: {
    alpha: number({ meaning: 'exponent; flights have 3 − α', unit: '', min: 1, max: 2 }),
    maxSpeed: number({
      meaning: 'the speed of a track is uniform from 0 to this',
      unit: 'position/time',
      above: 0,
      default: 10,
    }),
  },
  prepare(values, { dim, dt }) {
    const { alpha } = values;
    const maxSpeed = values.maxSpeed * dt;
    return {
      write: (random, out, points, substeps) =>
        levyWalk(random, out, points, dim, { alpha, maxSpeed, substeps }),
    };
  },
});
