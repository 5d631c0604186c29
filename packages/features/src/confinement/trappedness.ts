import { farthest } from '../derived/farthest.ts';
import { feature } from '../feature.ts';
import { diffusion2pt } from '../msd/diffusion-2pt.ts';

/** Time against the time it takes to diffuse across the region visited. */
export const boundedness = feature({
  name: 'boundedness',
  section: 'confinement',
  meaning: 'Time against the time it takes to diffuse across the region visited.',
  formula: 'u = diffusion2pt·T/r₀², r₀ = D_max/2',
  range: 'any, negative if diffusion2pt is; undefined on a constant track',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993; TraJ',
  compute: (context) => {
    const radius = farthest(context) / 2;
    return (diffusion2pt(context) * (context.span - 1) * context.dt) / (radius * radius);
  },
});

/** Probability that a free particle would have left the region visited. */
export const trappedness = feature({
  name: 'trappedness',
  section: 'confinement',
  meaning: 'Probability that a free particle would have left the region visited.',
  formula: '1 − 10^(0.2048 − 2.5117u), clamped to [0, 1], u = boundedness',
  range:
    '[0, 1]; undefined on a constant track; the formula is for a disc, a heuristic in 1D and 3D',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Saxton 1993 (his log is log₁₀)',
  compute: (context) =>
    Math.min(1, Math.max(0, 1 - 10 ** (0.2048 - 2.5117 * boundedness(context)))),
});

/** Trappedness as most published code has it, to reproduce papers. */
export const trappednessLiterature = feature({
  name: 'trappednessLiterature',
  section: 'confinement',
  meaning: 'Trappedness as most published code has it, to reproduce papers.',
  formula: '1 − exp(0.2048 − 0.25117u), not clamped',
  range: '≤ 1; undefined on a constant track',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'positions',
  source: 'Kowalek et al. 2019; Pinholt et al. 2021; a transcription error of Saxton 1993',
  compute: (context) => 1 - Math.exp(0.2048 - 0.25117 * boundedness(context)),
});
