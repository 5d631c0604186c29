import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { alpha } from '../msd/log-log-msd.ts';
import { type MotionClass, motionClass } from './motion-class.ts';

/** What a rule by an exponent finds. */
export interface ExponentRuleResult {
  readonly motion: MotionClass;
  /** The exponent α that the rule judges. */
  readonly alpha: number;
}

/**
 * The rule by the exponent of the time-averaged MSD: subdiffusion for α < 1 − margin, superdiffusion for α > 1 + margin
 * (Weron et al. 2019, with a margin of 0.1). α is the feature of that name.
 *
 * @example
 * exponentRule(tracks.at(0), { margin: 0.2 }).motion
 */
export function exponentRule(
  track: Track,
  options: { readonly margin?: number } = {},
): ExponentRuleResult {
  checkOptions<typeof options>('exponentRule', options, { margin: true }, FeaturesError);
  const { margin = 0.1 } = options;
  const value = alpha(contextOf(track));
  return { motion: motionClass(value, 1 - margin, 1 + margin), alpha: value };
}
