import { defaultLags, entriesUpTo, lagCurve, vanishes } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';

/** Curvature of the MSD. */
export const msdRatio = feature({
  name: 'msdRatio',
  section: 'msd',
  meaning: 'Curvature of the MSD.',
  formula: 'mean over k = 1 … K − 1 of m(k)/m(k+1) − k/(k+1)',
  range:
    '> −1; positive for sub-, about 0 for free, negative for superdiffusion; undefined if some m(k) = 0',
  minPoints: 3,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Wagner et al. 2017; Kowalek et al. 2019',
  compute: (context) => {
    const lag = defaultLags(context);
    const curve = lagCurve(context, lag);
    const count = entriesUpTo(curve, lag);
    let sum = 0;
    let terms = 0;
    for (let i = 0; i < count; i++) {
      if (vanishes(context, curve.values[i])) return Number.NaN;
      const k = curve.lags[i];
      if (i + 1 === count || curve.lags[i + 1] !== k + 1) continue;
      sum += curve.values[i] / curve.values[i + 1] - k / (k + 1);
      terms++;
    }
    return sum / terms;
  },
});
