import type { Tracks } from '@diffusion/tracks';
import type { Extent } from '../engine/engine-types.ts';

/** Where the tracks lie; undefined where there is no point. */
export function extentOf({
  positions,
  dim,
  dt,
  frames,
  offsets,
  count,
  pointCount,
}: Tracks): Extent | undefined {
  if (pointCount === 0) return undefined;
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let i = 0; i < count; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const x = dim === 1 ? dt * (frames ? frames[p] : p - offsets[i]) : positions[p * dim];
      const y = dim === 1 ? positions[p] : positions[p * dim + 1];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < low) low = y;
      if (y > high) high = y;
    }
  }
  return { x: [left, right], y: [low, high] };
}
