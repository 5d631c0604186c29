import type { Range } from '../../options.ts';
import { type Quadrature, uniformPriorInLog } from './quadrature.ts';

/** Points of 1/Q with their probabilities; 1/Q = 0 is no noise. */
export function noisePrior(q: Range | null, count: number): Quadrature {
  if (q === null) return { points: Float64Array.of(0), weights: Float64Array.of(1) };
  const { points, weights } = uniformPriorInLog(count, q);
  return { points: points.map((value) => 1 / value), weights };
}
