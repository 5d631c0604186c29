import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { pVariationSlopes } from '../increments/p-variations.ts';
import type { ExponentRuleResult } from './exponent-rule.ts';
import { motionClass } from './motion-class.ts';

/** Options of {@link pVariationRule}. */
export interface PVariationRuleOptions {
  /** Power p, 1 to 5; default 2, where the sign of the scaling exponent decides. */
  readonly power?: number;
  /** Default 0.1. */
  readonly margin?: number;
}

/**
 * The rule by the p-variation (Weron et al. 2019): it scales as m^(pH − 1), so that for p = 2 its exponent is negative
 * for sub- and positive for superdiffusion. The exponent γ is judged as α = 2(γ + 1)/p against 1 ± margin. 'undefined'
 * below 7 points, where the track stands still over blocks, and on a track with gaps.
 *
 * Throws {@link FeaturesError} when the power is not 1, 2, 3, 4 or 5.
 *
 * @example
 * pVariationRule(tracks.at(0)).motion
 */
export function pVariationRule(
  track: Track,
  options: PVariationRuleOptions = {},
): ExponentRuleResult {
  checkOptions<PVariationRuleOptions>(
    'pVariationRule',
    options,
    { power: true, margin: true },
    FeaturesError,
  );
  const { power = 2, margin = 0.1 } = options;
  if (![1, 2, 3, 4, 5].includes(power)) {
    throw new FeaturesError(`power is ${power}: expected 1, 2, 3, 4 or 5`);
  }
  const context = contextOf(track);
  const slope = context.frames ? Number.NaN : pVariationSlopes(context)[power - 1];
  const alpha = (2 * (slope + 1)) / power;
  return { motion: motionClass(alpha, 1 - margin, 1 + margin), alpha };
}
