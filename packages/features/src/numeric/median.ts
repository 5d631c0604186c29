/** Median of the first `count` values, which it reorders; NaN when there are none. */
export function median(values: Float64Array, count: number = values.length): number {
  if (count === 0) return Number.NaN;
  const half = count >> 1;
  const upper = select(values, half, count);
  if (count % 2) return upper;
  let lower = values[0];
  for (let i = 1; i < half; i++) if (values[i] > lower) lower = values[i];
  return (lower + upper) / 2;
}

/** The value that would be at place k if the first `count` were sorted (Hoare 1961); those before it are not larger. */
function select(values: Float64Array, k: number, count: number): number {
  let from = 0;
  let to = count - 1;
  while (from < to) {
    const pivot = values[(from + to) >> 1];
    let i = from;
    let j = to;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i <= j) {
        const swap = values[i];
        values[i++] = values[j];
        values[j--] = swap;
      }
    }
    if (k <= j) to = j;
    else if (k >= i) from = i;
    else break;
  }
  return values[k];
}
