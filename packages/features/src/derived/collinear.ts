import { derived } from '../context.ts';
import { gyration } from './gyration.ts';

/** True when the points of a 2D track lie on a line: λ₂ ≤ 1e-14·λ₁. */
export const collinear = derived((context): boolean => {
  const [first, second] = gyration(context).values;
  return second <= 1e-14 * first;
});
