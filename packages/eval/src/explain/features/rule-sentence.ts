import { exponentRule, maxTest, pVariationRule } from '@diffusion/features';
import type { ClassicalModel } from '@diffusion/models';
import type { Track } from '@diffusion/tracks';

/**
 * Why a rule calls a track what it does, in a sentence; undefined for a model that is no rule.
 *
 * @example
 * ruleSentence(ruleModel({ kind: 'exponent-rule', dim: 2 }), track);
 * // 'The exponent of the time-averaged MSD is 0.62, below 0.9: subdiffusion.'
 */
export function ruleSentence({ classifier }: ClassicalModel, track: Track): string | undefined {
  const json = classifier.toJSON() as { readonly kind: string } & Record<string, number>;
  const { kind, ...options } = json;
  switch (kind) {
    case 'max-test': {
      const { motion, statistic, low, high } = maxTest(track, options);
      const what =
        'The statistic T of the MAX test, the largest distance from the start against the steps,';
      return sentence(what, statistic, low, high, motion, 'the quantiles of free motion');
    }
    case 'exponent-rule': {
      const { motion, alpha } = exponentRule(track, options);
      const { margin = 0.1 } = options;
      return sentence(
        'The exponent of the time-averaged MSD',
        alpha,
        1 - margin,
        1 + margin,
        motion,
      );
    }
    case 'p-variation-rule': {
      const { motion, alpha } = pVariationRule(track, options);
      const { margin = 0.1, power = 2 } = options;
      const what = `The exponent α by the ${power}-variation`;
      return sentence(what, alpha, 1 - margin, 1 + margin, motion);
    }
    default:
      return undefined;
  }
}

const short = (value: number): string => String(Number(value.toPrecision(3)));

function sentence(
  what: string,
  value: number,
  low: number,
  high: number,
  motion: string,
  ends = '',
): string {
  if (motion === 'undefined') return `${what} is not defined for this track.`;
  const where =
    value < low
      ? `below ${short(low)}`
      : value > high
        ? `above ${short(high)}`
        : `between ${short(low)} and ${short(high)}`;
  return `${what} is ${short(value)}, ${where}${ends && `, ${ends}`}: ${motion === 'free' ? 'free motion' : motion}.`;
}
