import { entriesUpTo, lagCurve } from '../derived/lag-curve.ts';
import { feature } from '../feature.ts';

/** Mean of the MSD over half of the track. */
export const meanMsd = feature({
  name: 'meanMsd',
  section: 'msd',
  meaning: 'Mean of the MSD over half of the track.',
  formula: '⟨m(k)⟩, k = 1 … ⌊N/2⌋ − 1',
  range: '> 0; undefined on a constant track',
  minPoints: 8,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Pinholt et al. 2021',
  compute: (context) => {
    if (context.extent === 0) return Number.NaN;
    const lag = Math.floor(context.span / 2) - 1;
    const curve = lagCurve(context, lag);
    const count = entriesUpTo(curve, lag);
    let sum = 0;
    for (let i = 0; i < count; i++) sum += curve.values[i];
    return sum / count;
  },
});
