/** Points, and the weights of every rule over them. */
export interface Rules {
  readonly points: Float64Array;
  readonly weights: readonly Float64Array[];
}

/**
 * Nested Clenshaw–Curtis rules on [from, to]: the points of the finest of `levels` rules, of 2^(first + level) + 1 points
 * each, and the weights of every rule over these points, NaN where it has none. The weights add up to 1: a uniform prior.
 * Source: Waldvogel 2006, BIT 46, 195 (explicit weights).
 */
export function nestedRules(from: number, to: number, first: number, levels: number): Rules {
  const finest = 2 ** (first + levels - 1);
  const points = Float64Array.from(
    { length: finest + 1 },
    (_, k) => (from + to) / 2 - ((to - from) / 2) * Math.cos((Math.PI * k) / finest),
  );
  const weights = Array.from({ length: levels }, (_, level) => {
    const n = 2 ** (first + level);
    const stride = finest / n;
    const row = new Float64Array(finest + 1).fill(Number.NaN);
    for (let k = 0; k <= n; k++) {
      let sum = 1;
      for (let j = 1; j <= n / 2; j++) {
        const b = j === n / 2 ? 1 : 2;
        sum -= (b / (4 * j * j - 1)) * Math.cos((2 * Math.PI * j * k) / n);
      }
      row[k * stride] = ((k === 0 || k === n ? 1 : 2) * sum) / n / 2;
    }
    return row;
  });
  return { points, weights };
}

/** The places of the points that a rule has and the rule before it had not. */
export function newPoints(weights: readonly Float64Array[], level: number): number[] {
  return [...weights[level].keys()].filter(
    (k) => !Number.isNaN(weights[level][k]) && (level === 0 || Number.isNaN(weights[level - 1][k])),
  );
}
