/**
 * Population standard deviation of the steps of coordinate `d` of a path of `points` places, interleaved:
 * what the AnDi challenge divides by, and what its SNR compares the localisation error with. The mean step is
 * subtracted. A path of constant velocity, whose deviation would be nothing but rounding, gives 0.
 */
export function displacementDeviation(
  positions: Float64Array,
  points: number,
  dim: number,
  d: number,
): number {
  if (points < 2) return 0;
  const end = points * dim;
  const mean = (positions[end - dim + d] - positions[d]) / (points - 1);
  let sum = 0;
  let before = positions[d];
  for (let at = dim + d; at < end; at += dim) {
    const now = positions[at];
    const step = now - before - mean;
    sum += step * step;
    before = now;
  }
  const deviation = Math.sqrt(sum / (points - 1));
  return deviation > 1e-9 * Math.abs(mean) ? deviation : 0;
}
