import type { TrackContext } from '../context.ts';
import { feature } from '../feature.ts';
import { gridMinimum } from '../numeric/grid-minimum.ts';
import { brownianMle, formsAtShare, SEARCH, stepLikelihood } from './brownian-mle.ts';

/** What is left of the squares of a straight line but for rounding counts as this share of them. */
const rounding = 1e-12;

/** Of the noise's share: the likelihood is flat where it is greatest. */
const tolerance = 1e-5;

/**
 * −ln of the likelihood of Brownian motion with localisation noise and the drift that suits it best, less the constant of
 * `stepLikelihood`, at a share u of the noise in the variance of a step; the drift by generalised least squares.
 */
function driftCost(context: TrackContext): (u: number) => number {
  const { length, dim } = context;
  const count = (length - 1) * dim;
  return (u) => {
    const { square, logDeterminant, along, gaps } = formsAtShare(context, u);
    const left = Math.max(square - along ** 2 / gaps, rounding * square);
    return (count * Math.log(left / count) + dim * logDeterminant) / 2;
  };
}

/** How much better a constant drift explains a track than free diffusion, whatever the localisation error: some .25 ms for 100 points. */
export const driftLikelihoodRatio = feature({
  name: 'driftLikelihoodRatio',
  section: 'msd',
  meaning:
    'How much better a constant drift explains the track than free diffusion, whatever the localisation error.',
  formula:
    '2 ln of the ratio of the greatest Gaussian likelihoods of the steps (variance 2D·dt + 2σ², neighbours −σ²) with a drift and without',
  range: '≥ 0; about χ² with d degrees of freedom without a drift; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 0, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Berglund 2010, with a drift; Wilks 1938',
  compute: (context) => {
    if (context.extent === 0) return Number.NaN;
    const cost = driftCost(context);
    const without = stepLikelihood(context).cost(brownianMle(context).share);
    return Math.max(0, 2 * (without - cost(gridMinimum(cost, { ...SEARCH, from: 0 }, tolerance))));
  },
});
