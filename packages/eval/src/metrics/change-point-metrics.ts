import { EvaluationError } from '../errors.ts';
import { assignment } from './assignment.ts';
import { showNumbers } from './show-metrics.ts';

/** What {@link changePointMetrics} compares. */
export interface ChangePointInput {
  /** Frames at which each track truly changes; without the end of the track, which is no change. */
  readonly actual: readonly ArrayLike<number>[];
  /** Frames at which each track is said to change. */
  readonly predicted: readonly ArrayLike<number>[];
  /** A change is found when it is said less than so many frames away, 10 when absent. */
  readonly tolerance?: number;
}

/** How well changes were found, over all tracks together. */
export interface ChangePointMetrics {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  /** Root of the mean squared distance of the changes that were found, in frames; NaN when none was. */
  readonly rmse: number;
  /** Jaccard similarity TP / (TP + FP + FN); a track without a change that is said to have none counts as one TP. */
  readonly jaccard: number;
}

/**
 * Compares change points: in each track true and predicted ones are paired for the least total distance; a pair
 * closer than the tolerance is a true positive, any other a false positive and a false negative, as is what finds no
 * partner. The AnDi-2 challenge gives an rmse of 0 where no change was found; here it is NaN.
 *
 * Throws {@link EvaluationError} unless there are as many lists of predictions as of truths.
 *
 * Source: G. Muñoz-Gil et al., Nat. Commun. 2025 (arXiv 2311.18100).
 *
 * @example
 * changePointMetrics({ actual: [[50], []], predicted: [[53, 120], []] }).jaccard // 2/3
 */
export function changePointMetrics(input: ChangePointInput): ChangePointMetrics {
  const { actual, predicted, tolerance = 10 } = input;
  if (actual.length !== predicted.length) {
    throw new EvaluationError(
      `predicted has ${predicted.length} tracks: expected as many as actual, ${actual.length}`,
    );
  }
  if (!(tolerance > 0)) {
    throw new EvaluationError(`tolerance is ${tolerance}: expected a positive number of frames`);
  }
  let found = 0;
  let without = 0;
  let falsePositives = 0;
  let falseNegatives = 0;
  let squared = 0;
  actual.forEach((truth, t) => {
    const said = predicted[t];
    if (truth.length === 0 && said.length === 0) without++;
    const distance = (i: number, j: number) => Math.abs(truth[i] - said[j]);
    let here = 0;
    assignment(truth.length, said.length, distance).forEach((j, i) => {
      if (j < 0 || !(distance(i, j) < tolerance)) return;
      here++;
      squared += distance(i, j) ** 2;
    });
    found += here;
    falseNegatives += truth.length - here;
    falsePositives += said.length - here;
  });
  const truePositives = found + without;
  return showNumbers('metrics of change points', {
    truePositives,
    falsePositives,
    falseNegatives,
    rmse: Math.sqrt(squared / found),
    jaccard: truePositives / (truePositives + falsePositives + falseNegatives),
  });
}
