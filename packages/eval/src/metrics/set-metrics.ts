import { mostProbable } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { showNumbers } from './show-metrics.ts';
import { type Interval, wilsonInterval } from './wilson-interval.ts';

/** What {@link setMetrics} reads. */
export interface SetInput {
  /** True class per track. */
  readonly actual: ArrayLike<number>;
  /** count × classes: 1 for each class of the set of a track, 0 for the others; all 0 for an unjudged one. */
  readonly sets: ArrayLike<number>;
  /** Number of classes. */
  readonly classes: number;
  /** Probability per track and class, count × classes, for the best single answer. */
  readonly probabilities?: ArrayLike<number>;
  /** The tracks to count; absent means all of them. */
  readonly rows?: ArrayLike<number>;
}

/** How good prediction sets are, over the tracks that have one. NaN where there is none. */
export interface SetMetrics {
  /** Tracks with a set. */
  readonly count: number;
  /** Share of them whose true class is in their set. */
  readonly coverage: number;
  /** Wilson's 95 % interval of it. */
  readonly coverageInterval: Interval;
  /** Classes per set. */
  readonly meanSize: number;
  /** Tracks by the size of their set: of one class, of two, … of all. */
  readonly sizes: number[];
  /** Share of them whose most probable class is the true one; absent without probabilities. */
  readonly bestAccuracy?: number;
}

/**
 * Whether prediction sets hold what they promise, and how much they say: a set of all classes always holds the true one and
 * says nothing.
 *
 * Throws {@link EvaluationError} when sets is not count × classes.
 *
 * @example
 * setMetrics({ actual: [0, 1], sets: [1, 0, 1, 1], classes: 2 }).meanSize // 1.5
 */
export function setMetrics({ actual, sets, classes, probabilities, rows }: SetInput): SetMetrics {
  if (sets.length !== actual.length * classes) {
    throw new EvaluationError(
      `sets has ${sets.length} numbers: expected ${actual.length} tracks × ${classes} classes = ${actual.length * classes}`,
    );
  }
  const best = probabilities && mostProbable(probabilities, classes, classes);
  const sizes = new Array<number>(classes).fill(0);
  let [count, covered, members, right] = [0, 0, 0, 0];
  for (let r = 0; r < (rows ?? actual).length; r++) {
    const i = rows ? rows[r] : r;
    const size = setSize(sets, i, classes);
    if (size === 0) continue;
    count++;
    members += size;
    sizes[size - 1]++;
    if (sets[i * classes + actual[i]]) covered++;
    if (best?.[i] === actual[i]) right++;
  }
  return showNumbers('metrics of sets', {
    count,
    coverage: covered / count,
    coverageInterval: wilsonInterval(covered, count),
    meanSize: members / count,
    sizes,
    ...(best && { bestAccuracy: right / count }),
  });
}

/** Classes in the set of track i. */
export function setSize(sets: ArrayLike<number>, i: number, classes: number): number {
  let size = 0;
  for (let k = 0; k < classes; k++) if (sets[i * classes + k]) size++;
  return size;
}
