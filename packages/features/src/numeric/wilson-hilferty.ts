/**
 * Quantile of χ²_ν/ν at the standard normal quantile z, by the cube-root approximation of Wilson & Hilferty (1931);
 * 0 where that is negative.
 */
export function chiSquareRatio(degrees: number, z: number): number {
  const c = 2 / (9 * degrees);
  return Math.max(0, 1 - c + z * Math.sqrt(c)) ** 3;
}
