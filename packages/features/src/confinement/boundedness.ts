import { farthest } from '../derived/farthest.ts';
import { feature } from '../feature.ts';
import { diffusion2pt } from '../msd/diffusion-2pt.ts';

/**
 * Time against the time it takes to diffuse across the region visited.
 *
 * - Formula: u = diffusion2pt·T/r₀², r₀ = D_max/2
 * - Range: any, negative if diffusion2pt is; undefined on a constant track
 * - Points: at least 3, in 1D, 2D, 3D
 * - Invariances: R S0 V t0
 * - Gaps: positions
 * - Source: Saxton 1993; TraJ
 */
export const boundedness = feature(
  {
    name: 'boundedness',
    section: 'confinement',
    summary: 'Time against the time it takes to diffuse across the region visited.',
    formula: 'u = diffusion2pt·T/r₀², r₀ = D_max/2',
    range: 'any, negative if diffusion2pt is; undefined on a constant track',
    minLength: 3,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'positions',
    source: 'Saxton 1993; TraJ',
  },
  (context) => {
    const radius = farthest(context) / 2;
    return (diffusion2pt(context) * (context.span - 1) * context.dt) / (radius * radius);
  },
);
