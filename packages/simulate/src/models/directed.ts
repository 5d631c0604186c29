import type { Random } from '@diffusion/random';
import { defineModel } from '../motion/define-model.ts';
import { number } from '../motion/parameters.ts';
import { brownian } from './brownian.ts';
import { D } from './diffusion-coefficient.ts';
import { unitVector } from './unit-vector.ts';

const direction = new Float64Array(3);

/**
 * Directed motion: Brownian motion of step deviation `step` = √(2 D Δt) per coordinate and a constant drift
 * of `drift` = v Δt per step in one direction, uniform among all. With an `exposure`, a fraction of the step, every place is
 * the mean of the path over it, but for a shift that all places have in common.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * directed(keyedRandom(1), out, 100, 2, { step: 1, drift: 0.5 }); // 100 places in 2D
 */
export function directed(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { step, drift, exposure }: { step: number; drift: number; exposure?: number },
): void {
  unitVector(random, dim, direction);
  brownian(random, out, points, dim, { step, exposure });
  for (let i = 1, at = dim; i < points; i++) {
    for (let d = 0; d < dim; d++) out[at++] += i * drift * direction[d];
  }
}

/** The model `directed`: normal diffusion with a drift in one direction. */
export const directedModel = defineModel({
  name: 'directed',
  parameters: {
    D,
    speed: number({ meaning: 'drift speed v', unit: 'position/time', min: 0 }),
    R: number({
      meaning: 'ratio of drift to diffusion, v²T/(2·dim·D), T the duration of the track',
      unit: '',
      min: 0,
    }),
  },
  alternatives: [['speed', 'R']],
  prepare(values, { dim, dt, duration }) {
    const { D } = values;
    const speed = values.speed ?? Math.sqrt((2 * dim * D * values.R!) / duration);
    const R = values.R ?? (speed * speed * duration) / (2 * dim * D);
    const drift = speed * dt;
    return {
      derived: { speed, R },
      qSignal: Math.sqrt(D * dt + drift * drift),
      write: (random, out, points, substeps) =>
        directed(random, out, points, dim, {
          step: Math.sqrt((2 * D * dt) / substeps),
          drift: drift / substeps,
        }),
    };
  },
});
