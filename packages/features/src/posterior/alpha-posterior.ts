import { derived } from '../context.ts';
import { feature } from '../feature.ts';
import { estimateMotion } from './estimate-motion.ts';

/** α of a track with localisation error, for any exposure. */
const alphaOf = derived((context) => estimateMotion(context).alpha);

const ABOUT = {
  section: 'msd',
  range: '[0.05, 1.95]; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'docs/estimates.md',
} as const;

/** Anomalous exponent with localisation error and motion blur: about 6 ms for 100 points, once for the three. */
export const alphaPosterior = feature({
  ...ABOUT,
  name: 'alphaPosterior',
  meaning: 'Anomalous exponent with localisation error and motion blur.',
  formula: 'posterior mean of α of estimateMotion, exposure not known',
  compute: (context) => alphaOf(context).value,
});

/** Lower end of the 95 % interval of {@link alphaPosterior}. */
export const alphaPosteriorLow = feature({
  ...ABOUT,
  name: 'alphaPosteriorLow',
  meaning: 'Lower end of the 95 % interval of alphaPosterior.',
  formula: '2.5 % quantile of that posterior; 0.05 where the data do not exclude it',
  compute: (context) => alphaOf(context).interval[0],
});

/** Upper end of the 95 % interval of {@link alphaPosterior}. */
export const alphaPosteriorHigh = feature({
  ...ABOUT,
  name: 'alphaPosteriorHigh',
  meaning: 'Upper end of the 95 % interval of alphaPosterior.',
  formula: '97.5 % quantile of that posterior; 1.95 where the data do not exclude it',
  compute: (context) => alphaOf(context).interval[1],
});
