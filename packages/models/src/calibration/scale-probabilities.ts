import { exp, ln } from '@diffusion/random';
import type { ProbabilityScaling } from './card-calibration.ts';

/** What a probability is at least before its logarithm is taken: less is not known of any class. */
export const LEAST_PROBABILITY = 1e-7;

/** Two of the lengths of a scaling, and how much each of them counts for a track. */
export interface Between {
  readonly lower: number;
  readonly upper: number;
  /** Of the upper one, 0 to 1. */
  readonly share: number;
}

/** Where the length of a track lies among those of a scaling, on a scale of logarithms. */
export function betweenLengths(lengths: readonly number[], points: number): Between {
  const last = lengths.length - 1;
  if (points <= lengths[0]) return { lower: 0, upper: 0, share: 0 };
  if (points >= lengths[last]) return { lower: last, upper: last, share: 0 };
  let upper = 1;
  while (lengths[upper] < points) upper++;
  const from = ln(lengths[upper - 1]);
  const share = (ln(points) - from) / (ln(lengths[upper]) - from);
  return { lower: upper - 1, upper, share };
}

/**
 * Scales the probabilities of the classes in each row, in place: softmax(sharpness · ln p + offset) by the length of the
 * track (temperature scaling with a bias per class: C. Guo et al., On calibration of modern neural networks, ICML 2017,
 * §4.2). Rows of NaN stay as they are.
 *
 * @param answers rows × stride, the classes first.
 * @param lengths points of the track of each row.
 */
export function scaleProbabilities(
  { lengths: known, sharpness, offsets }: ProbabilityScaling,
  answers: Float32Array,
  stride: number,
  lengths: ArrayLike<number>,
): void {
  const classes = offsets[0].length;
  const scores = new Float64Array(classes);
  for (let row = 0; row < lengths.length; row++) {
    const from = row * stride;
    if (Number.isNaN(answers[from])) continue;
    const { lower, upper, share } = betweenLengths(known, lengths[row]);
    const sharp = (1 - share) * sharpness[lower] + share * sharpness[upper];
    let most = Number.NEGATIVE_INFINITY;
    for (let k = 0; k < classes; k++) {
      const offset = (1 - share) * offsets[lower][k] + share * offsets[upper][k];
      scores[k] = sharp * ln(Math.max(answers[from + k], LEAST_PROBABILITY)) + offset;
      most = Math.max(most, scores[k]);
    }
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      scores[k] = exp(scores[k] - most);
      sum += scores[k];
    }
    for (let k = 0; k < classes; k++) answers[from + k] = scores[k] / sum;
  }
}
