import { shown } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';

/** The code of a track that got no class: {@link confusionMatrix} leaves it out. */
export const UNJUDGED = -1;

/** What {@link confusionMatrix} compares. */
export interface CodePairs {
  /** True class per track, from 0 to classes − 1. */
  readonly actual: ArrayLike<number>;
  /** Predicted class per track, from 0 to classes − 1, or {@link UNJUDGED} (−1) where the track got none. */
  readonly predicted: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /** The tracks to count; absent means all of them, once each. A track may be named more than once (bootstrap). */
  readonly rows?: ArrayLike<number>;
}

/**
 * Counts of tracks by true class (row) and predicted class (column). Unjudged tracks are in no cell.
 *
 * Throws {@link EvaluationError} when the lengths differ or a code is not one of a class.
 *
 * @example
 * confusionMatrix({ actual: [0, 0, 1], predicted: [0, 1, 1], classes: 2 }) // [[1, 1], [0, 1]]
 */
export function confusionMatrix({ actual, predicted, classes, rows }: CodePairs): number[][] {
  if (!(Number.isInteger(classes) && classes > 0)) {
    throw new EvaluationError(`classes is ${classes}: expected the number of classes, at least 1`);
  }
  if (actual.length !== predicted.length) {
    throw new EvaluationError(
      `predicted has ${predicted.length} codes: expected one per actual code, ${actual.length}`,
    );
  }
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  const count = rows ? rows.length : actual.length;
  for (let r = 0; r < count; r++) {
    const i = rows ? rows[r] : r;
    const truth = actual[i];
    const answer = predicted[i];
    if (!isCode(truth, classes)) throw badCode('actual', i, truth, `0 to ${classes - 1}`);
    if (answer === UNJUDGED) continue;
    if (!isCode(answer, classes)) {
      throw badCode('predicted', i, answer, `0 to ${classes - 1}, or -1 for unjudged`);
    }
    counts[truth][answer]++;
  }
  return counts;
}

function isCode(code: number, classes: number): boolean {
  return Number.isInteger(code) && code >= 0 && code < classes;
}

function badCode(argument: string, i: number, value: number, expected: string): EvaluationError {
  // Plain JavaScript can hand over the labels themselves.
  const text = typeof value === 'string';
  const what = text ? 'a class code (its place in classes)' : 'a class code';
  return new EvaluationError(`${argument}[${i}] is ${shown(value)}: expected ${what}, ${expected}`);
}
