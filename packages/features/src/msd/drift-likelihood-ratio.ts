import type { TrackContext } from '../context.ts';
import { feature } from '../feature.ts';
import { gridMinimum } from '../numeric/grid-minimum.ts';
import { brownianMle, logDeterminant, SEARCH, stepLikelihood } from './brownian-mle.ts';

/** What is left of the squares of a straight line but for rounding counts as this share of them. */
const rounding = 1e-12;

/** Of the noise's share: the likelihood is flat where it is greatest. */
const tolerance = 1e-5;

/**
 * −ln of the likelihood of Brownian motion with localisation noise and the drift that suits it best, less the constant of
 * `stepLikelihood`, at a share u of the noise in the variance of a step. Displacements over k frames have the variance
 * s((1 − u)k + u) and the mean vk, neighbours the covariance −s·u/2; v by generalised least squares.
 */
function driftCost({ axes, frames, length, dim }: TrackContext): (u: number) => number {
  const n = length - 1;
  const steps = axes.map((x) => Float64Array.from({ length: n }, (_, i) => x[i + 1] - x[i]));
  // Of each displacement: what it takes of the innovation before, 1 ÷ the variance of its own, and what a drift of 1 gives that.
  const back = new Float64Array(n);
  const precision = new Float64Array(n);
  const unit = new Float64Array(n);
  return (u) => {
    let ones = 0;
    let logDet = frames ? 0 : logDeterminant(u, n);
    let pivot = 1;
    let mean = 0;
    for (let i = 0; i < n; i++) {
      const gap = frames ? frames[i + 1] - frames[i] : 1;
      const factor = i === 0 ? 0 : -u / 2 / pivot;
      pivot = (1 - u) * gap + u + (factor * u) / 2;
      mean = gap - factor * mean;
      back[i] = factor;
      precision[i] = 1 / pivot;
      unit[i] = mean;
      ones += mean * mean * precision[i];
      if (frames) logDet += Math.log(pivot);
    }
    let square = 0;
    let drift = 0;
    for (const x of steps) {
      let innovation = 0;
      let along = 0;
      for (let i = 0; i < n; i++) {
        innovation = x[i] - back[i] * innovation;
        const weighted = innovation * precision[i];
        square += innovation * weighted;
        along += unit[i] * weighted;
      }
      drift += (along * along) / ones;
    }
    const left = Math.max(square - drift, rounding * square);
    return (n * dim * Math.log(left / (n * dim)) + dim * logDet) / 2;
  };
}

/** How much better a constant drift explains a track than free diffusion, whatever the localisation error: some .2 ms for 100 points. */
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
