import { derived, type TrackContext } from '../context.ts';
import { distance } from './distance.ts';
import { hull } from './hull.ts';

/**
 * Largest distance between two points of a track. In 2D the two are on the convex hull. In 1D and 3D the points are
 * taken by falling distance from the middle of the bounding box, which bounds what the remaining pairs can reach.
 */
export const farthest = derived((context): number => {
  if (context.dim === 2) return farthestOnHull(context, hull(context));
  const { length, axes } = context;
  const centre = axes.map((axis) => {
    let low = axis[0];
    let high = axis[0];
    for (const x of axis) {
      if (x < low) low = x;
      if (x > high) high = x;
    }
    return low + (high - low) / 2;
  });
  const radius = new Float64Array(length);
  for (let i = 0; i < length; i++) {
    let square = 0;
    for (let a = 0; a < axes.length; a++) square += (axes[a][i] - centre[a]) ** 2;
    radius[i] = Math.sqrt(square);
  }
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  order.sort((i, j) => radius[j] - radius[i]);
  let best = 0;
  for (let i = 1; i < length; i++) {
    for (let j = 0; j < i; j++) {
      // Rounding of the radii must not hide a pair: leave a margin.
      if ((radius[order[i]] + radius[order[j]]) * (1 + 1e-12) < best) break;
      const d = distance(context, order[i], order[j]);
      if (d > best) best = d;
    }
  }
  return best;
});

/** Rotating calipers: for each edge the point farthest from it; the diameter is among the pairs so met. */
function farthestOnHull(context: TrackContext, corners: Uint32Array): number {
  const [x, y] = context.axes;
  const count = corners.length;
  if (count < 4) return farthestOfFew(context, corners);
  let best = 0;
  for (let i = 0, k = 1; i < count; i++) {
    const a = corners[i];
    const b = corners[(i + 1) % count];
    const height = (c: number): number =>
      (x[b] - x[a]) * (y[c] - y[a]) - (y[b] - y[a]) * (x[c] - x[a]);
    while (height(corners[(k + 1) % count]) >= height(corners[k])) {
      best = Math.max(best, distance(context, a, corners[k]), distance(context, b, corners[k]));
      k = (k + 1) % count;
      if (k === i) break;
    }
    best = Math.max(best, distance(context, a, corners[k]), distance(context, b, corners[k]));
  }
  return best;
}

function farthestOfFew(context: TrackContext, corners: Uint32Array): number {
  let best = 0;
  for (let i = 0; i < corners.length; i++) {
    for (let j = 0; j < i; j++) best = Math.max(best, distance(context, corners[i], corners[j]));
  }
  return best;
}
