import { pow, type Random } from '@diffusion/random';
import { fractionalPath } from '../fgn/fractional-path.ts';
import { defineModel } from '../motion/define-model.ts';
import { number } from '../motion/parameters.ts';
import { brownian } from './brownian.ts';
import { D } from './diffusion-coefficient.ts';

/** Parameters of {@link fbm}. */
export interface FbmParameters {
  /** Exponent α = 2H, 0 < α < 2. */
  alpha: number;
  /** Deviation of a step per coordinate: √(2 D Δt^α). */
  step: number;
  /** Points per frame. */
  substeps?: number;
  /** Fraction of a step over which every place is the mean, exactly; 0 unless told. */
  exposure?: number;
}

/**
 * Fractional Brownian motion of exponent α = 2H, exact for every 0 < α < 2: increments over one unit step
 * have the deviation `step` per coordinate and over k of them step·k^(α/2). With `substeps` S the points lie
 * 1/S of that step apart.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * fbm(keyedRandom(1), out, 100, 2, { alpha: 0.5, step: 1 }); // 100 places in 2D
 */
export function fbm(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, step, substeps = 1, exposure = 0 }: FbmParameters,
): void {
  const scale = substeps === 1 ? step : step * pow(substeps, -alpha / 2);
  if (alpha === 1) brownian(random, out, points, dim, { step: scale, exposure });
  else fractionalPath(random, out, points, dim, alpha, scale, exposure);
}

/** The model `fbm`: fractional Brownian motion. */
export const fbmModel = defineModel({
  name: 'fbm',
  parameters: {
    alpha: number({ meaning: 'exponent α = 2H', unit: '', above: 0, below: 2 }),
    D: { ...D, meaning: 'generalised D, ⟨x²⟩ = 2Dt^α per coordinate', unit: 'position²/time^α' },
  },
  prepare({ alpha, D }, { dim, dt }) {
    const step = Math.sqrt(2 * D * pow(dt, alpha));
    return {
      qSignal: Math.sqrt(D * dt),
      write: (random, out, points, substeps) =>
        fbm(random, out, points, dim, { alpha, step, substeps }),
    };
  },
});
