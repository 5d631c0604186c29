import type { Output } from './card.ts';

/** Answers of a model, a row per track in the order of the input: classes, exponents or both. */
export interface Prediction {
  readonly count: number;
  /** Class of each track as an index into `classes`, −1 where the track was not judged. Absent without classes. */
  readonly codes?: Int32Array;
  /** Class of each track by name, '' where the track was not judged. Absent without classes. */
  readonly labels?: readonly string[];
  readonly classes?: readonly string[];
  /** count × classes; NaN where the track was not judged. Absent without classes. */
  readonly probabilities?: Float32Array;
  /** α per track, NaN where it was not judged. Absent without exponents. */
  readonly values?: Float32Array;
  /** Why a track was not judged; '' where it was. */
  readonly reasons: readonly string[];
}

/** Numbers that an output has per track. */
export const widthOf = (output: Output): number =>
  output.kind === 'exponent' ? 1 : output.classes.length + (output.kind === 'both' ? 1 : 0);

/** Places of the tracks without a reason. */
export function judged(reasons: readonly string[]): number[] {
  const rows: number[] = [];
  for (let i = 0; i < reasons.length; i++) if (reasons[i] === '') rows.push(i);
  return rows;
}

/**
 * A prediction from the rows of a model's answers: the probabilities of the classes, then α, as far as the output has
 * them; rows of NaN for tracks that were not judged.
 */
export function predictionOf(
  output: Output,
  answers: Float32Array,
  reasons: readonly string[],
): Prediction {
  const count = reasons.length;
  if (output.kind === 'exponent') return { count, values: answers, reasons };
  const { classes } = output;
  const stride = widthOf(output);
  const probabilities = answers.filter((_, i) => i % stride < classes.length);
  const codes = mostProbable(answers, stride, classes.length);
  return {
    count,
    classes,
    codes,
    labels: Array.from(codes, (code) => (code < 0 ? '' : classes[code])),
    probabilities,
    ...(output.kind === 'both' && {
      values: answers.filter((_, i) => i % stride === classes.length),
    }),
    reasons,
  };
}

/**
 * The class of the largest number in each row, the first of equal ones; −1 for a row of NaN.
 *
 * @param answers rows × stride, the classes first.
 */
export function mostProbable(answers: Float32Array, stride: number, classes: number): Int32Array {
  return Int32Array.from({ length: answers.length / stride }, (_, row) => {
    const from = row * stride;
    if (Number.isNaN(answers[from])) return -1;
    let best = 0;
    for (let k = 1; k < classes; k++) if (answers[from + k] > answers[from + best]) best = k;
    return best;
  });
}
