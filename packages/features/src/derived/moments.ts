/** Mean of a sequence and its second to fourth central moments (÷ count), by two passes. */
export interface Moments {
  readonly mean: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
}

/** Moments of values[from], …, values[to − 1]. */
export function moments(values: Float64Array, from = 0, to: number = values.length): Moments {
  const count = to - from;
  let mean = 0;
  for (let i = from; i < to; i++) mean += values[i];
  mean /= count;
  let m2 = 0;
  let m3 = 0;
  let m4 = 0;
  for (let i = from; i < to; i++) {
    const d = values[i] - mean;
    m2 += d * d;
    m3 += d * d * d;
    m4 += d * d * d * d;
  }
  return { mean, m2: m2 / count, m3: m3 / count, m4: m4 / count };
}
