import { pow, type Random } from '@diffusion/random';
import { fractionalPath } from '../fgn/fractional-path.ts';
import { brownian } from './brownian.ts';

/**
 * Fractional Brownian motion of exponent α = 2H, exact for every 0 < α < 2: increments over one unit step
 * have the deviation `step` per coordinate and over k of them step·k^(α/2). With `substeps` S the points lie
 * 1/S of that step apart.
 */
export function fbm(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, step, substeps = 1 }: { alpha: number; step: number; substeps?: number },
): void {
  const scale = substeps === 1 ? step : step * pow(substeps, -alpha / 2);
  if (alpha === 1) brownian(random, out, points, dim, { step: scale });
  else fractionalPath(random, out, points, dim, alpha, scale);
}
