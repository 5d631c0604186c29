import type { TrackContext } from '../context.ts';

/** What the likelihood of Brownian motion with a drift needs of a track. */
export interface DriftForms {
  /** ln det M of one axis, M the covariance of the displacements for unit variance of a step. */
  readonly logDeterminant: number;
  /** xᵀM⁻¹x over all axes. */
  readonly square: number;
  /** Length over the axes of the vector gᵀM⁻¹x, g the frames of each displacement. */
  readonly along: number;
  /** gᵀM⁻¹g. */
  readonly gaps: number;
}

/**
 * {@link DriftForms} for a share of the motion and one of each error. With blur and with gaps the displacements of Brownian
 * motion are correlated with their neighbours alone (Berglund 2010): O(N).
 *
 * @param variances variance of each point's error over that of the track; all 1 where undefined.
 */
export function neighbourForms(
  { axes, frames, length }: TrackContext,
  variances: Float64Array | undefined,
  exposure: number,
  motion: number,
  noise: number,
): DriftForms {
  const dim = axes.length;
  const blurred = (motion * exposure) / 6;
  let logDeterminant = 0;
  let square = 0;
  let gaps = 0;
  let pivot = 1;
  let unity = 0;
  const carry = new Float64Array(dim);
  const along = new Float64Array(dim);
  for (let i = 0; i + 1 < length; i++) {
    const gap = frames ? frames[i + 1] - frames[i] : 1;
    const [before, after] = variances ? [variances[i], variances[i + 1]] : [1, 1];
    const diagonal = motion * gap - 2 * blurred + noise * (before + after);
    const beside = blurred - noise * before;
    const factor = i === 0 ? 0 : beside / pivot;
    pivot = i === 0 ? diagonal : diagonal - factor * beside;
    logDeterminant += Math.log(pivot);
    unity = gap - factor * unity;
    gaps += (unity * unity) / pivot;
    for (let a = 0; a < dim; a++) {
      carry[a] = axes[a][i + 1] - axes[a][i] - factor * carry[a];
      square += (carry[a] * carry[a]) / pivot;
      along[a] += (carry[a] * unity) / pivot;
    }
  }
  return { logDeterminant, square, along: Math.hypot(...along), gaps };
}
