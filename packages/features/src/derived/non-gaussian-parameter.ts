import { type TrackContext, ZERO } from '../context.ts';
import { squaredDisplacements } from './squared-displacements.ts';

/**
 * d⟨r⁴⟩/((d + 2)⟨r²⟩²) − 1 of the displacements over k frames: NaN when they are all zero or when no two points are k
 * frames apart.
 */
export function nonGaussianParameter(context: TrackContext, k: number): number {
  const squares = squaredDisplacements(context, k);
  let second = 0;
  let fourth = 0;
  for (let i = 0; i < squares.length; i++) {
    second += squares[i];
    fourth += squares[i] * squares[i];
  }
  const pairs = squares.length;
  if (pairs === 0 || second <= (ZERO * context.extent) ** 2 * pairs) return Number.NaN;
  const { dim } = context;
  return (dim * fourth * pairs) / ((dim + 2) * second * second) - 1;
}
