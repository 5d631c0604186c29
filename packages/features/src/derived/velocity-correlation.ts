import type { TrackContext } from '../context.ts';
import { lagProducts } from './lag-products.ts';
import { steps } from './steps.ts';

/** ⟨Δ_i · Δ_{i+q}⟩ / ⟨|Δ|²⟩, each a mean over its own pairs. */
export function velocityCorrelation(context: TrackContext, q: number): number {
  const all = steps(context);
  const { sum, pairs } = lagProducts(all, q);
  return sum / pairs / (all.squares / all.count);
}
