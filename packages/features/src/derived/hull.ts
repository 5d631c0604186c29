import { derived, ZERO } from '../context.ts';

/**
 * Indices of the corners of the convex hull of a 2D track, counterclockwise (Andrew's monotone chain). Corners closer
 * than 1e-12 of the track's extent are one: a side that short has no direction.
 */
export const hull = derived(({ axes: [x, y], extent }): Uint32Array => {
  const order = outermost(x, y);
  const length = order.length;
  order.sort((i, j) => x[i] - x[j] || y[i] - y[j]);
  const chain = new Uint32Array(length + 1);
  let size = 0;
  const push = (i: number, floor: number): void => {
    while (size >= floor + 2) {
      const a = chain[size - 2];
      const b = chain[size - 1];
      if ((x[b] - x[a]) * (y[i] - y[a]) > (y[b] - y[a]) * (x[i] - x[a])) break;
      size--;
    }
    chain[size++] = i;
  };
  for (let k = 0; k < length; k++) push(order[k], 0);
  const lower = size - 1;
  for (let k = length - 2; k >= 0; k--) push(order[k], lower);
  const close = (i: number, j: number): boolean =>
    Math.abs(x[i] - x[j]) <= ZERO * extent && Math.abs(y[i] - y[j]) <= ZERO * extent;
  const corners = chain.subarray(0, Math.max(1, size - 1));
  return corners.filter(
    (corner, k) => k === 0 || !(close(corner, corners[k - 1]) || close(corner, corners[0])),
  );
});

/**
 * The points that can be on the hull: those that are not inside the octagon of the extreme points in eight directions
 * (Akl & Toussaint 1978). A few out of hundreds, so that there is little to sort.
 */
function outermost(x: Float64Array, y: Float64Array): Uint32Array {
  const length = x.length;
  const extreme = new Uint32Array(8);
  const reach = new Float64Array(8).fill(Number.NEGATIVE_INFINITY);
  for (let i = 0; i < length; i++) {
    for (let e = 0; e < 8; e++) {
      const along = x[i] * COS[e] + y[i] * SIN[e];
      if (along > reach[e]) {
        reach[e] = along;
        extreme[e] = i;
      }
    }
  }
  const kept = new Uint32Array(length);
  let count = 0;
  for (let i = 0; i < length; i++) {
    let inside = true;
    for (let e = 0; e < 8 && inside; e++) {
      const a = extreme[e];
      const b = extreme[(e + 1) % 8];
      // A corner that two directions share has no side; what lies on a side may be a corner.
      inside = a === b || (x[b] - x[a]) * (y[i] - y[a]) > (y[b] - y[a]) * (x[i] - x[a]);
    }
    if (!inside) kept[count++] = i;
  }
  // All in one place: one point stands for them.
  if (count === 0) count = 1;
  return kept.subarray(0, count);
}

/** Eight directions, counterclockwise; not normalised, since only the order along each matters. */
const COS = [1, 1, 0, -1, -1, -1, 0, 1];
const SIN = [0, 1, 1, 1, 0, -1, -1, -1];
