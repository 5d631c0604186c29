import { mostProbable, type Prediction, type Reason } from '@diffusion/tracks';
import { hasSpread, type Output } from '../card.ts';
import { pointPlaces } from '../segment/point-places.ts';

/**
 * Numbers that an output has per track: one per class, then α, then the logarithm of its spread, as far as it has them. Of
 * `points` per point: a logit per class, that of a change, α, ln K, and the logarithms of how far off these two are.
 *
 * @example
 * widthOf({ kind: 'both', classes: ['ND', 'DM'] }) // 3
 */
export const widthOf = (output: Output): number =>
  output.kind === 'points' ? pointPlaces(output.classes.length).width : widthOfTrack(output);

const widthOfTrack = (output: Output): number =>
  placeOfExponent(output) + (output.kind === 'classes' ? 0 : 1) + (hasSpread(output) ? 1 : 0);

/** Where α stands in a row of answers, behind the classes. */
export const placeOfExponent = (output: Output): number =>
  output.kind === 'exponent' ? 0 : output.classes.length;

/**
 * A prediction from the rows of a model's answers: the probabilities of the classes, α and its spread, as far as the output
 * has them; rows of NaN for tracks that were not judged.
 */
export function predictionOf(
  output: Output,
  answers: Float32Array,
  reasons: readonly (Reason | undefined)[],
): Prediction {
  const count = reasons.length;
  const stride = widthOf(output);
  const place = placeOfExponent(output);
  const exponents = {
    ...(output.kind !== 'classes' && { values: answers.filter((_, i) => i % stride === place) }),
    ...(hasSpread(output) && {
      spreads: answers.filter((_, i) => i % stride === place + 1).map(Math.exp),
    }),
  };
  if (output.kind === 'exponent') return { count, ...exponents, reasons };
  const { classes } = output;
  const probabilities = answers.filter((_, i) => i % stride < classes.length);
  const codes = mostProbable(answers, stride, classes.length);
  return {
    count,
    classes,
    codes,
    labels: Array.from(codes, (code) => (code < 0 ? '' : classes[code])),
    probabilities,
    ...exponents,
    reasons,
  };
}
