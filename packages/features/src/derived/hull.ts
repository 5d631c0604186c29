import { derived, ZERO } from '../context.ts';

/**
 * Indices of the corners of the convex hull of a 2D track, counterclockwise (Andrew's monotone chain). Corners closer
 * than 1e-12 of the track's extent are one: a side that short has no direction.
 */
export const hull = derived(({ axes: [x, y], length, extent }): Uint32Array => {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
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
