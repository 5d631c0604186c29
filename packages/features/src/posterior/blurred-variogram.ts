/** From so many exposures on, the differences of the closed form lose digits, and four terms of the series are exact. */
const SERIES_FROM = 10;

/**
 * Variance per axis of the displacement over k frames, k = 0 … `largest`, of fractional Brownian motion with unit
 * variance over one frame, each place being the mean over an `exposure` (a fraction of the frame, 0 to 1): ψ(k) − ψ(0)
 * with ψ(k) = ⟨|k + u − v|^α⟩ over u and v in the exposure τ, which is
 * (|k+τ|^(α+2) − 2k^(α+2) + |k−τ|^(α+2))/(τ²(α+1)(α+2)). k^α without exposure; k − τ/3 where α = 1 (Berglund 2010).
 */
export function blurredVariogram(alpha: number, exposure: number, largest: number): Float64Array {
  const variogram = new Float64Array(largest + 1);
  if (exposure === 0) {
    for (let k = 1; k <= largest; k++) variogram[k] = k ** alpha;
    return variogram;
  }
  const scale = 1 / (exposure * exposure * (alpha + 1) * (alpha + 2));
  const atRest = 2 * exposure ** (alpha + 2) * scale;
  const power = alpha + 2;
  const near = Math.min(largest, Math.ceil(SERIES_FROM * exposure));
  for (let k = 1; k <= near; k++) {
    const sum = (k + exposure) ** power + (k - exposure) ** power - 2 * k ** power;
    variogram[k] = sum * scale - atRest;
  }
  // k^α Σ 2C(α+2, 2m+2) (τ/k)^(2m) / ((α+1)(α+2))
  const c1 = (alpha * (alpha - 1)) / 12;
  const c2 = (c1 * (alpha - 2) * (alpha - 3)) / 30;
  const c3 = (c2 * (alpha - 4) * (alpha - 5)) / 56;
  for (let k = near + 1; k <= largest; k++) {
    const z = (exposure / k) ** 2;
    variogram[k] = k ** alpha * (1 + z * (c1 + z * (c2 + z * c3))) - atRest;
  }
  return variogram;
}

/** {@link blurredVariogram} of any lag: a table to its end, and k^α less what is averaged out beyond, where nothing else is left. */
export function variogramFunction(
  table: ArrayLike<number>,
  alpha: number,
  exposure: number,
): (lag: number) => number {
  const atRest = exposure === 0 ? 0 : (2 * exposure ** alpha) / ((alpha + 1) * (alpha + 2));
  return (lag) => (lag < table.length ? table[lag] : lag ** alpha - atRest);
}
