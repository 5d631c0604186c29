import { pow, type Random } from '@diffusion/random';
import { tableCache } from '../fgn/table-cache.ts';
import { defineModel } from '../motion/define-model.ts';
import { number } from '../motion/parameters.ts';
import { D } from './diffusion-coefficient.ts';

/** Step deviations kept: 2¹⁸ doubles, 2 MB. */
const deviations = tableCache(1 << 18);

/** Parameters of {@link sbm}. */
export interface SbmParameters {
  /** Exponent, α > 0. */
  alpha: number;
  /** Deviation per coordinate after the first frame of the process: √(2 D Δt^α). */
  step: number;
  /** Points per frame. */
  substeps?: number;
}

/**
 * Scaled Brownian motion, x(t) = B(t^α) in units of frames, seen from t = 1 frame on, as in the AnDi challenge: the
 * first and (for α < 1) largest increment is not part of the track, and its ensemble MSD is (1 + t)^α − 1.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * sbm(keyedRandom(1), out, 100, 2, { alpha: 0.5, step: 1 }); // 100 places in 2D
 */
export function sbm(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, step, substeps = 1 }: SbmParameters,
): void {
  const table = deviations.get(`${points} ${alpha} ${substeps}`, () => {
    const made = new Float64Array(points);
    let before = 1;
    for (let i = 1; i < points; i++) {
      const now = pow(1 + i / substeps, alpha);
      made[i] = Math.sqrt(now - before);
      before = now;
    }
    return made;
  });
  out.fill(0, 0, dim);
  random.fillNormal(out, dim, points * dim);
  if (dim === 2) {
    let x = 0;
    let y = 0;
    for (let i = 1; i < points; i++) {
      const deviation = step * table[i];
      x += deviation * out[2 * i];
      y += deviation * out[2 * i + 1];
      out[2 * i] = x;
      out[2 * i + 1] = y;
    }
    return;
  }
  for (let d = 0; d < dim; d++) {
    let x = 0;
    for (let i = 1, at = dim + d; i < points; i++, at += dim) {
      x += step * table[i] * out[at];
      out[at] = x;
    }
  }
}

/** The model `sbm`: scaled Brownian motion. */
export const sbmModel = defineModel({
  name: 'sbm',
  parameters: {
    alpha: number({ meaning: 'exponent', unit: '', above: 0, max: 10 }),
    D: {
      ...D,
      meaning: 'generalised D, ⟨x²⟩ = 2Dt^α per coordinate from the start of the process',
      unit: 'position²/time^α',
    },
  },
  prepare({ alpha, D }, { dim, dt }) {
    const step = Math.sqrt(2 * D * pow(dt, alpha));
    return {
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        sbm(random, out, points, dim, { alpha, step, substeps }),
    };
  },
});
