import { exp } from './exp.ts';
import { ln } from './ln.ts';

/**
 * x to the power y for x ≥ 0, with the same bits in every engine: exp(y·ln x), so that the relative error grows
 * as |y·ln x| ulp. pow(0, y) is 0 for y > 0 and 1 for y = 0.
 *
 * @example
 * pow(2, 0.5) // 1.414213562373095
 */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  return exp(y * ln(x));
}
