import { entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';

/** Diffusion coefficient from the first two lags, free of constant localisation noise. */
export const diffusion2pt = feature({
  name: 'diffusion2pt',
  section: 'msd',
  meaning: 'Diffusion coefficient from the first two lags, free of constant localisation noise.',
  formula: '(m(2) − m(1))/(2d·dt)',
  range: 'any, may be < 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'Saxton 1997; Wagner et al. 2017',
  compute: (context) => {
    const curve = lagCurve(context, 2);
    if (entriesUpTo(curve, 2) < 2) return Number.NaN;
    return (curve.values[1] - curve.values[0]) / (2 * context.dim * context.dt);
  },
});
