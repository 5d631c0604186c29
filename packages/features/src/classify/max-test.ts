import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { standardizedMaxDistance } from '../shape/standardized-max-distance.ts';
import { maxTestQuantile } from './max-test-quantile.ts';
import { type MotionClass, motionClass } from './motion-class.ts';

/** Options of {@link maxTest}. */
export interface MaxTestOptions {
  /** Share of free tracks that are called something else: 0.01, 0.05 (default) or 0.1. */
  readonly level?: number;
  /** Lower and upper quantile to use instead of the table's, for instance from `simulateMaxTestQuantiles`. */
  readonly quantiles?: readonly [low: number, high: number];
}

/** What {@link maxTest} finds. */
export interface MaxTestResult {
  readonly motion: MotionClass;
  /** T_n, the feature `standardizedMaxDistance`. */
  readonly statistic: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The MAX test (Briane et al. 2018; the rule that Weron et al. 2019, Janczura et al. 2020 and Gajowczyk & Szwabiński 2021
 * compare with): T_n below its lower quantile for free motion is subdiffusion, above the upper one superdiffusion.
 * Two-sided. 'undefined' below 3 points, on a constant track and on a track with gaps.
 *
 * Throws {@link FeaturesError} for a level that the table does not have.
 *
 * @example
 * maxTest(tracks.at(0)).motion // 'free'
 */
export function maxTest(track: Track, options: MaxTestOptions = {}): MaxTestResult {
  checkOptions<MaxTestOptions>('maxTest', options, { level: true, quantiles: true }, FeaturesError);
  const context = contextOf(track);
  const { level = 0.05 } = options;
  if (![0.01, 0.05, 0.1].includes(level)) {
    throw new FeaturesError(
      `level is ${level}: expected 0.01, 0.05 or 0.1; for others give the quantiles`,
    );
  }
  const { length: points, dim } = context;
  const statistic = standardizedMaxDistance(context);
  const [low, high] = options.quantiles ?? [
    maxTestQuantile({ points, dim, probability: level / 2 }),
    maxTestQuantile({ points, dim, probability: 1 - level / 2 }),
  ];
  return { motion: motionClass(statistic, low, high), statistic, low, high };
}
