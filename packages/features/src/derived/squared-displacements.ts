import type { TrackContext } from '../context.ts';

/** |x_{i+k} − x_i|² of all points exactly k frames apart, in order. */
export function squaredDisplacements(context: TrackContext, k: number): Float64Array {
  const { axes, length, frames } = context;
  if (frames) {
    const squares = new Float64Array(length);
    return squares.subarray(0, gapped(context, frames, k, squares));
  }
  const squares = new Float64Array(Math.max(0, length - k));
  for (let a = 0; a < axes.length; a++) {
    const x = axes[a];
    for (let i = 0; i < squares.length; i++) {
      const d = x[i + k] - x[i];
      squares[i] += d * d;
    }
  }
  return squares;
}

function gapped(
  { axes, length }: TrackContext,
  frames: Int32Array,
  k: number,
  squares: Float64Array,
): number {
  let pairs = 0;
  for (let i = 0, j = 0; i < length; i++) {
    while (j < length && frames[j] < frames[i] + k) j++;
    if (j === length) break;
    if (frames[j] !== frames[i] + k) continue;
    let square = 0;
    for (let a = 0; a < axes.length; a++) square += (axes[a][j] - axes[a][i]) ** 2;
    squares[pairs++] = square;
  }
  return pairs;
}
