/** Of the largest coordinate: products of what is less are hardly numbers any more. */
export const negligible = 1e-100;

/** Differences below this, of the largest coordinate, are those of rounding. */
export const rounding = 1e-9;

/**
 * Whether an axis is to be mirrored: by what changes its sign with the track, the net displacement or, where the track ends
 * where it began, the trend over its points, the third moment, or the first point away from the centre.
 */
export function pointsDownwards(positions: Float64Array, axis: number, dim: number): boolean {
  const length = positions.length / dim;
  const x = (t: number) => positions[t * dim + axis];
  const net = x(length - 1) - x(0);
  if (Math.abs(net) > rounding) return net < 0;
  let [drift, cubes] = [0, 0];
  for (let t = 0; t < length; t++) {
    drift += (x(t) * (t - (length - 1) / 2)) / length ** 2;
    cubes += x(t) ** 3 / length;
  }
  if (Math.abs(drift) > rounding) return drift < 0;
  if (Math.abs(cubes) > rounding) return cubes < 0;
  for (let t = 0; t < length; t++) if (Math.abs(x(t)) > rounding) return x(t) < 0;
  return false;
}
