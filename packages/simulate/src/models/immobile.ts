import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';

/**
 * A particle that stays at the origin: every apparent movement is localisation error.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * immobile(keyedRandom(1), out, 100, 2); // 100 places in 2D
 */
export function immobile(_random: Random, out: Float64Array, points: number, dim: number): void {
  out.fill(0, 0, points * dim);
}

/** The model `immobile`. */
export const immobileModel = defineModel({
  name: 'immobile',
  parameters: {},
  prepare: (_values, { dim }) => ({
    write: (random, out, points) => immobile(random, out, points, dim),
  }),
});
