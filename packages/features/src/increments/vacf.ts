import type { TrackContext } from '../context.ts';
import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

const vacf = <Q extends 1 | 2 | 3>(q: Q) =>
  feature({
    name: `vacf${q}`,
    section: 'increments',
    meaning: `Velocity autocorrelation at lag ${q}, normalised by lag 0.`,
    formula: `⟨Δ_i·Δ_{i+${q}}⟩/⟨|Δ|²⟩`,
    range: `any, in expectation [−1, 1]; ${
      q === 1 ? '½(2^{2H} − 2) for fractional Brownian motion at lag 1, −½ for pure noise; ' : ''
    }undefined if S2 = 0`,
    minPoints: q + 2,
    dims: [1, 2, 3],
    invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
    gaps: 'by lag',
    source: 'Weber et al. 2010; Kowalek et al. 2022',
    compute: (context) => velocityCorrelation(context, q),
  });

/** Velocity autocorrelation at lag 1, normalised by lag 0. */
export const vacf1 = vacf(1);

/** Velocity autocorrelation at lag 2, normalised by lag 0. */
export const vacf2 = vacf(2);

/** Velocity autocorrelation at lag 3, normalised by lag 0. */
export const vacf3 = vacf(3);

/** ⟨Δ_i · Δ_{i+q}⟩ / ⟨|Δ|²⟩, each a mean over its own pairs. */
function velocityCorrelation(context: TrackContext, q: number): number {
  const all = steps(context);
  const { sum, pairs } = lagProducts(all, q);
  return sum / pairs / (all.squares / all.count);
}
