/** Largest |x − x_1| of one axis. */
export function axisExtent(axis: Float64Array): number {
  let extent = 0;
  for (let i = 1; i < axis.length; i++) {
    const d = Math.abs(axis[i] - axis[0]);
    if (d > extent) extent = d;
  }
  return extent;
}
