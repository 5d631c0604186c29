import { erf } from './erf.ts';

/** Distribution function of χ² with 1, 2 or 3 degrees of freedom. */
export function chiSquareCdf(q: number, degrees: 1 | 2 | 3): number {
  if (degrees === 2) return -Math.expm1(-q / 2);
  const one = erf(Math.sqrt(q / 2));
  return degrees === 1 ? one : one - Math.sqrt((2 * q) / Math.PI) * Math.exp(-q / 2);
}
