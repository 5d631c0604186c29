import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { D } from './diffusion-coefficient.ts';

/**
 * Brownian motion: independent normal steps of standard deviation `step` in every coordinate,
 * step = √(2 D Δt). Writes points × dim coordinates, interleaved, beginning at the origin.
 *
 * With an `exposure` τ, a fraction of the step, every place is the mean of the path over it. That has steps of the variance
 * step²(1 − τ/3) and neighbours' covariance step²τ/6 (Berglund 2010, Phys. Rev. E 82, 011917): a sum of two neighbouring
 * normals, exactly.
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
  { step, exposure = 0 }: { step: number; exposure?: number },
): void {
  if (exposure > 0) {
    meanPlaces(random, out, points, dim, step, exposure);
    return;
  }
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

function meanPlaces(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  step: number,
  exposure: number,
): void {
  const root = Math.sqrt(1 - (2 * exposure) / 3);
  const own = (step * (1 + root)) / 2;
  const before = (step * (1 - root)) / 2;
  const end = points * dim;
  random.fillNormal(out, 0, end);
  for (let d = 0; d < dim; d++) {
    let last = out[d];
    let x = 0;
    out[d] = 0;
    for (let at = dim + d; at < end; at += dim) {
      const normal = out[at];
      x += own * normal + before * last;
      last = normal;
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
