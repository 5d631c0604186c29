/** A density of a quantity on equal cells. */
export interface Marginal {
  readonly from: number;
  readonly width: number;
  /** Probability of each cell. */
  readonly weights: Float64Array;
}

/** Cells of a marginal made of the values of many. */
const CELLS = 400;

/** What is less probable than this is left out. */
const NEGLIGIBLE = 1e-9;

/** The density of values that have weights, each spread over the two nearest cells; `spread` is room beyond both ends. */
export function marginalOf(
  parts: readonly { readonly values: Float64Array; readonly weights: Float64Array }[],
  spread = 0,
): Marginal {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { values, weights } of parts) {
    for (let i = 0; i < values.length; i++) {
      if (weights[i] < NEGLIGIBLE) continue;
      if (values[i] < low) low = values[i];
      if (values[i] > high) high = values[i];
    }
  }
  const reach = spread + 1e-6 * (1 + Math.abs(low));
  const width = (high - low + 2 * reach) / (CELLS - 2);
  const from = low - reach - width;
  const cells = new Float64Array(CELLS);
  for (const { values, weights } of parts) {
    for (let i = 0; i < values.length; i++) {
      if (weights[i] < NEGLIGIBLE) continue;
      const at = (values[i] - from) / width - 0.5;
      const cell = Math.floor(at);
      cells[cell] += weights[i] * (cell + 1 - at);
      cells[cell + 1] += weights[i] * (at - cell);
    }
  }
  return { from, width, weights: cells };
}

/** Half the width of the law of −ln(χ²_ν/ν) that is looked at, in its standard deviations on the long side. */
const REACH = 7;

/** How far from 0 −ln(χ²_ν/ν) is. */
export function reachOfLogChiSquare(degrees: number): number {
  return REACH * Math.sqrt(2 / degrees) + (degrees < 8 ? 8 / degrees : 0);
}

/** The density of a value plus −ln(χ²_ν/ν), independent of it: what a scale free of units adds to the logarithm of a form. */
export function withLogChiSquare(marginal: Marginal, degrees: number): Marginal {
  const { from, width, weights } = marginal;
  const half = Math.min(weights.length - 1, Math.ceil(reachOfLogChiSquare(degrees) / width));
  // z = −ln(χ²/ν) has the density exp(−ν(z + e^−z)/2) but for a constant.
  const kernel = Float64Array.from({ length: 2 * half + 1 }, (_, i) => {
    const z = (i - half) * width;
    return Math.exp((-degrees / 2) * (z + Math.exp(-z) - 1));
  });
  let total = 0;
  for (const value of kernel) total += value;
  const out = new Float64Array(weights.length);
  for (let i = 0; i < weights.length; i++) {
    const weight = weights[i] / total;
    if (weight < NEGLIGIBLE / CELLS) continue;
    const first = Math.max(0, i - half);
    const last = Math.min(out.length - 1, i + half);
    for (let j = first; j <= last; j++) out[j] += weight * kernel[j - i + half];
  }
  return { from, width, weights: out };
}

/** The value below which a share of the probability lies. */
export function quantile({ from, width, weights }: Marginal, share: number): number {
  let total = 0;
  for (const weight of weights) total += weight;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    if (sum + weights[i] >= share * total && weights[i] > 0) {
      return from + width * (i + (share * total - sum) / weights[i]);
    }
    sum += weights[i];
  }
  return from + width * weights.length;
}

/** The mean value. */
export function meanOf({ from, width, weights }: Marginal): number {
  let total = 0;
  let sum = 0;
  for (let i = 0; i < weights.length; i++) {
    total += weights[i];
    sum += weights[i] * (from + width * (i + 0.5));
  }
  return sum / total;
}
