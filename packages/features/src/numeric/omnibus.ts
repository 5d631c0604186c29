/**
 * D'Agostino–Pearson omnibus statistic Z₁² + Z₂² of n values with skewness g1 and kurtosis g2 (Pearson's, 3 for a
 * Gaussian); NaN for fewer than 8.
 */
export function omnibus(g1: number, g2: number, n: number): number {
  if (n < 8) return Number.NaN;
  return skewnessScore(g1, n) ** 2 + kurtosisScore(g2, n) ** 2;
}

/** D'Agostino 1970. A skewness of exactly 0 counts as Y = 1, as in scipy, whose values this is to give. */
function skewnessScore(g1: number, n: number): number {
  const y = g1 === 0 ? 1 : g1 * Math.sqrt(((n + 1) * (n + 3)) / (6 * (n - 2)));
  const beta =
    (3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3)) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
  const w2 = Math.sqrt(2 * (beta - 1)) - 1;
  const a = Math.sqrt(2 / (w2 - 1));
  return Math.asinh(y / a) / Math.sqrt(Math.log(w2) / 2);
}

/** Anscombe & Glynn 1983. */
function kurtosisScore(g2: number, n: number): number {
  const mean = (3 * (n - 1)) / (n + 1);
  const variance = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5));
  const x = (g2 - mean) / Math.sqrt(variance);
  const b =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) *
    Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)));
  const a = 6 + (8 / b) * (2 / b + Math.sqrt(1 + 4 / (b * b)));
  const q = 1 + x * Math.sqrt(2 / (a - 4));
  if (q === 0) return Number.NaN;
  const root = Math.cbrt((1 - 2 / a) / Math.abs(q));
  return (1 - 2 / (9 * a) - Math.sign(q) * root) / Math.sqrt(2 / (9 * a));
}
