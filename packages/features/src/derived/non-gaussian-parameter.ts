import { type TrackContext, ZERO } from '../context.ts';

/**
 * d⟨r⁴⟩/((d + 2)⟨r²⟩²) − 1 of the displacements over k frames: NaN when they are all zero or when no two points are k
 * frames apart.
 */
export function nonGaussianParameter(context: TrackContext, k: number): number {
  const { axes, length, frames, extent } = context;
  const zero = (ZERO * extent) ** 2;
  let second = 0;
  let fourth = 0;
  let pairs = 0;
  for (let i = 0, j = 0; i < length; i++) {
    const end = (frames ? frames[i] : i) + k;
    while (j < length && (frames ? frames[j] : j) < end) j++;
    if (j === length) break;
    if ((frames ? frames[j] : j) !== end) continue;
    let square = 0;
    for (let a = 0; a < axes.length; a++) {
      const d = axes[a][j] - axes[a][i];
      square += d * d;
    }
    second += square;
    fourth += square * square;
    pairs++;
  }
  if (pairs === 0 || second <= zero * pairs) return Number.NaN;
  const d = axes.length;
  return (d * fourth * pairs) / ((d + 2) * second * second) - 1;
}
