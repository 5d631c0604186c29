import type { Track } from '@diffusion/tracks';

/**
 * Where a coordinate of a track lies: its first value, the mean of the others relative to it (so that a far origin costs
 * no digits), and the largest distance from that mean.
 */
export function centreOf(
  { positions, length, dim }: Track,
  axis: number,
): { first: number; mean: number; largest: number } {
  const first = positions[axis];
  let mean = 0;
  for (let t = 0; t < length; t++) mean += (positions[t * dim + axis] - first) / length;
  let largest = 0;
  for (let t = 0; t < length; t++) {
    largest = Math.max(largest, Math.abs(positions[t * dim + axis] - first - mean));
  }
  return { first, mean, largest };
}
