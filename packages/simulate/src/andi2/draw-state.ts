import type { Random } from '@diffusion/random';
import { ParameterError } from '../errors.ts';
import type { Spread, StateLaw } from './experiment.ts';

/** Exponent and D of one particle in one state. */
export interface State {
  readonly alpha: number;
  readonly D: number;
}

/** Smallest and largest exponent; 0 itself has no fractional Brownian motion. */
export const ALPHA_RANGE = [1e-3, 1.999] as const;
export const D_RANGE = [1e-12, 1e6] as const;

/** A normal variate, drawn again until it is within the range. */
function truncatedNormal(
  random: Random,
  name: string,
  { mean, variance }: Spread,
  [least, most]: readonly [number, number],
): number {
  const deviation = Math.sqrt(variance);
  for (let attempt = 0; attempt < 10_000; attempt++) {
    const x = mean + deviation * random.normal();
    if (x >= least && x <= most) return x;
  }
  throw new ParameterError(name, mean, `a mean that is not far outside ${least} to ${most}`);
}

/** Draws a particle's exponent and D in a state. */
export function drawState(random: Random, { alpha, D }: StateLaw): State {
  return {
    alpha: truncatedNormal(random, 'alpha.mean', alpha, ALPHA_RANGE),
    D: truncatedNormal(random, 'D.mean', D, D_RANGE),
  };
}
