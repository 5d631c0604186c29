import { normalQuantile } from '../metrics/normal-quantile.ts';

/**
 * Quantile of Student's t law, by its expansion in 1/degrees: to 0.3 % of itself at 95 % from 4 degrees on.
 *
 * Source: M. Abramowitz, I. Stegun, Handbook of Mathematical Functions (1964), 26.7.5.
 */
export function studentQuantile(p: number, degrees: number): number {
  const z = normalQuantile(p);
  const square = z * z;
  return (
    z *
    (1 +
      (square + 1) / (4 * degrees) +
      ((5 * square + 16) * square + 3) / (96 * degrees ** 2) +
      (((3 * square + 19) * square + 17) * square - 15) / (384 * degrees ** 3))
  );
}
