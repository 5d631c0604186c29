import type { Track } from '@diffusion/tracks';

/**
 * The root mean square displacement per frame and coordinate of a track: a displacement over k frames counts as √k of
 * one. 0 for a track that never moves. Its digits are those of the track in any unit, however large or small.
 */
export function stepSize({ positions, frames, length, dim }: Track): number {
  const step = (t: number, axis: number) =>
    positions[(t + 1) * dim + axis] - positions[t * dim + axis];
  let largest = 0;
  for (let t = 0; t + 1 < length; t++) {
    for (let axis = 0; axis < dim; axis++) largest = Math.max(largest, Math.abs(step(t, axis)));
  }
  if (largest === 0) return 0;
  let sum = 0;
  for (let t = 0; t + 1 < length; t++) {
    const took = frames ? frames[t + 1] - frames[t] : 1;
    for (let axis = 0; axis < dim; axis++) sum += (step(t, axis) / largest) ** 2 / took;
  }
  return largest * Math.sqrt(sum / (dim * (length - 1)));
}
