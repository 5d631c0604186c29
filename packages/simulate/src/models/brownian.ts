import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { D } from './diffusion-coefficient.ts';

/**
 * Brownian motion: independent normal steps of standard deviation `step` in every coordinate,
 * step = √(2 D Δt). Writes points × dim coordinates, interleaved, beginning at the origin.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * brownian(keyedRandom(1), out, 100, 2, { step: 1 }); // 100 places in 2D
 */
export function brownian(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { step }: { step: number },
): void {
  const end = points * dim;
  out.fill(0, 0, dim);
  random.fillNormal(out, dim, end);
  for (let d = 0; d < dim; d++) {
    let x = 0;
    for (let at = dim + d; at < end; at += dim) {
      x += step * out[at];
      out[at] = x;
    }
  }
}

/** The model `brownian`: normal diffusion. */
export const brownianModel = defineModel({
  name: 'brownian',
  parameters: { D },
  prepare: ({ D }, { dim, dt }) => ({
    derived: { alpha: 1 },
    qSignal: Math.sqrt(D * dt),
    write: (random, out, points, substeps) =>
      brownian(random, out, points, dim, { step: Math.sqrt((2 * D * dt) / substeps) }),
  }),
});
