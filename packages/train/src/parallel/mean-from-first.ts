/**
 * The weighted mean of several vectors that lie one after the other, reckoned from the first, in their order: where all
 * agree it is that number to the bit, so that constants stay what they are.
 *
 * @param weights one per vector.
 * @param out takes the mean; parts has weights.length vectors of its length.
 */
export function meanFromFirst(
  parts: Float32Array,
  weights: readonly number[],
  out: Float32Array,
): void {
  const size = out.length;
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  for (let i = 0; i < size; i++) {
    let sum = 0;
    for (let part = 1; part < weights.length; part++) {
      sum += (weights[part] / total) * (parts[part * size + i] - parts[i]);
    }
    out[i] = parts[i] + sum;
  }
}
