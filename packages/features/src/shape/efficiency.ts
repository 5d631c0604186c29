import { net } from '../derived/net.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** Squared net displacement against the most that the steps could reach. */
export const efficiency = feature({
  name: 'efficiency',
  section: 'shape',
  meaning: 'Squared net displacement against the most that the steps could reach.',
  formula: 'net²/(n·S2), S2 = Σ|Δ_i|²',
  range: '[0, 1]; 1 on a uniform line, about 1/n for Brownian motion, 0 if S2 = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Helmuth et al. 2007; Wagner et al. 2017',
  compute: (context) => {
    const { count, squares } = steps(context);
    return squares === 0 ? 0 : Math.min(1, net(context) ** 2 / (count * squares));
  },
});

/** Logarithm of the efficiency. */
export const logEfficiency = feature({
  name: 'logEfficiency',
  section: 'shape',
  meaning: 'Logarithm of the efficiency.',
  formula: 'ln efficiency',
  range: '≤ 0; undefined if the efficiency is 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Pinholt et al. 2021',
  compute: (context) => Math.log(efficiency(context)),
});
