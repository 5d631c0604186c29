import { BackendError } from '../backend-error.ts';

/**
 * The weighted mean of several vectors that lie one after the other, added in that order: the same bits whoever computed
 * which, and when.
 *
 * @param parts weights.length vectors of out.length numbers
 * @param weights one per vector, for instance the samples of each shard; they need not add up to one
 * @param out takes the mean
 * @throws BackendError if the sizes do not agree, or the weights add up to nothing.
 * @example
 * meanInOrder(Float32Array.of(1, 2, 5, 6), [1, 3], new Float32Array(2)); // 4, 5
 */
export function meanInOrder(
  parts: Float32Array,
  weights: readonly number[],
  out: Float32Array,
): Float32Array {
  const size = out.length;
  if (parts.length !== size * weights.length) {
    throw new BackendError(
      `meanInOrder: parts.length = ${parts.length}, expected ${weights.length} × ${size}`,
    );
  }
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (!(total > 0)) {
    throw new BackendError(`meanInOrder: weights add up to ${total}, expected more than 0`);
  }
  out.fill(0);
  for (const [part, weight] of weights.entries()) {
    const share = Math.fround(weight / total);
    const from = part * size;
    for (let i = 0; i < size; i++) out[i] += share * parts[from + i];
  }
  return out;
}
