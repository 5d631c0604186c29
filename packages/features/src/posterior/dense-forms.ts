import { scratch } from './scratch.ts';
import type { Form } from './toeplitz-run.ts';

/** A run of points at any frames, whose localisation errors may differ between points and axes. */
export interface DenseRun {
  readonly frames: ArrayLike<number>;
  readonly axes: readonly Float64Array[];
  /** Variance of each point's error over that of the track, an array per axis; undefined where all are 1. */
  readonly errors: readonly Float64Array[] | undefined;
}

/**
 * The Gaussian likelihood of the displacements of a run of points by a Cholesky factor of their covariance, which is
 * `motion` times what the variogram says plus `noise` times the errors'. O(n³), once for all axes whose errors are alike.
 */
export function denseForms({
  frames,
  axes,
  errors,
}: DenseRun): (variogram: (lag: number) => number, motion: number, noise: number) => Form {
  const n = frames.length - 1;
  const groups = groupsOf(axes, errors);
  const white = new Float64Array(n);
  return (variogram, motion, noise) => {
    const factor = scratch(0, n * n);
    let total = 0;
    let square = 0;
    for (const { members, variances } of groups) {
      for (let i = 0; i < n; i++) {
        const row = i * n;
        const [begin, end] = [frames[i], frames[i + 1]];
        for (let j = 0; j <= i; j++) {
          const [from, to] = [frames[j], frames[j + 1]];
          let value =
            (motion *
              (variogram(end - from) +
                variogram(Math.abs(begin - to)) -
                variogram(begin - from) -
                variogram(end - to))) /
            2;
          if (j === i) value += noise * (variances ? variances[i] + variances[i + 1] : 2);
          else if (j === i - 1) value -= noise * (variances ? variances[i] : 1);
          for (let k = 0, other = j * n; k < j; k++) value -= factor[row + k] * factor[other + k];
          factor[row + j] = j === i ? Math.sqrt(value) : value / factor[j * n + j];
        }
        total += 2 * members.length * Math.log(factor[row + i]);
      }
      for (const axis of members) {
        for (let i = 0; i < n; i++) {
          let rest = axis[i + 1] - axis[i];
          for (let k = 0, row = i * n; k < i; k++) rest -= factor[row + k] * white[k];
          white[i] = rest / factor[i * n + i];
          square += white[i] * white[i];
        }
      }
    }
    return { logDeterminant: total / axes.length, square };
  };
}

interface Group {
  readonly members: Float64Array[];
  readonly variances: Float64Array | undefined;
}

/** Axes whose errors are the same number by number share a factor. */
function groupsOf(
  axes: readonly Float64Array[],
  errors: readonly Float64Array[] | undefined,
): Group[] {
  const groups: Group[] = [];
  axes.forEach((axis, a) => {
    const variances = errors?.[a];
    const like = groups.find(
      (group) =>
        group.variances === variances || group.variances?.every((v, i) => v === variances?.[i]),
    );
    if (like) like.members.push(axis);
    else groups.push({ members: [axis], variances });
  });
  return groups;
}
