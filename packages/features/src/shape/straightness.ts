import { net } from '../derived/net.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';

/** How straight the path is. */
export const straightness = feature({
  name: 'straightness',
  section: 'shape',
  meaning: 'How straight the path is.',
  formula: 'net/L',
  range: '[0, 1]; 1 on a line, 0 if L = 0',
  minPoints: 2,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'undefined',
  source: 'Batschelet 1981; Wagner et al. 2017',
  compute: (context) => {
    const { total } = steps(context);
    return total === 0 ? 0 : Math.min(1, net(context) / total);
  },
});
