import type { TrackContext } from '../context.ts';

/** What the likelihood of a track's displacements needs of them, for a covariance that is 1 for a step. */
export interface WhitenedDisplacements {
  /** xᵀM⁻¹x, summed over the axes. */
  readonly square: number;
  /** ln det M. */
  readonly logDeterminant: number;
  /** What of `square` the drift takes that suits the displacements best: |gᵀM⁻¹x|² ÷ gᵀM⁻¹g, g their frames. */
  readonly drift: number;
}

/**
 * The displacements between successive points under Brownian motion with localisation noise that makes the share u of the
 * variance of a step: M has (1 − u)k + u on the diagonal where a displacement takes k frames, and −u/2 beside it, whatever the
 * gaps. By elimination.
 */
export function whitenedDisplacements(
  { axes, frames, length, dim }: TrackContext,
  u: number,
): WhitenedDisplacements {
  let square = 0;
  let logDeterminant = 0;
  let ones = 0;
  let pivot = 1;
  let mean = 0;
  const carry = [0, 0, 0];
  const along = [0, 0, 0];
  for (let i = 0; i + 1 < length; i++) {
    const gap = frames ? frames[i + 1] - frames[i] : 1;
    const factor = i === 0 ? 0 : -u / 2 / pivot;
    pivot = (1 - u) * gap + u - factor * factor * (i === 0 ? 0 : pivot);
    logDeterminant += Math.log(pivot);
    mean = gap - factor * mean;
    ones += (mean * mean) / pivot;
    for (let a = 0; a < dim; a++) {
      carry[a] = axes[a][i + 1] - axes[a][i] - factor * carry[a];
      square += (carry[a] * carry[a]) / pivot;
      along[a] += (carry[a] * mean) / pivot;
    }
  }
  const drift = along.reduce((sum, x) => sum + x * x, 0) / ones;
  return { square, logDeterminant, drift };
}
