/**
 * Makes the predictor from `order` − 1 steps one from `order` steps, in its place, by the Durbin–Levinson recursion.
 *
 * @param filter 1, then minus the weight of the step j before the last, j = 1 … `order` − 1; what is behind is not read.
 * @param variance of the errors so far.
 * @returns the variance of its errors.
 */
export function extendPredictor(
  filter: Float64Array,
  covariance: ArrayLike<number>,
  order: number,
  variance: number,
): number {
  // Four sums, so that no addition waits for the one before.
  let s0 = covariance[order];
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  let j = 1;
  for (; j + 3 < order; j += 4) {
    s0 += filter[j] * covariance[order - j];
    s1 += filter[j + 1] * covariance[order - j - 1];
    s2 += filter[j + 2] * covariance[order - j - 2];
    s3 += filter[j + 3] * covariance[order - j - 3];
  }
  for (; j < order; j++) s0 += filter[j] * covariance[order - j];
  const partial = (s0 + s1 + s2 + s3) / variance;
  for (let i = 1, k = order - 1; i <= k; i++, k--) {
    const first = filter[i];
    const last = filter[k];
    filter[i] = first - partial * last;
    filter[k] = last - partial * first;
  }
  filter[order] = -partial;
  return variance * (1 - partial * partial);
}
