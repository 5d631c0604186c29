import { derived, type TrackContext } from '../context.ts';
import { steps } from '../derived/steps.ts';
import { feature } from '../feature.ts';
import { gridMinimum } from '../numeric/grid-minimum.ts';
import { sineTransform } from '../numeric/sine-transform.ts';
import { type DriftForms, neighbourForms } from '../posterior/neighbour-forms.ts';

/**
 * Gaussian likelihood of the steps of a Brownian track with localisation noise: per axis, steps have the variance s and
 * neighbouring ones the covariance −s·u/2. With D and σ²: s = 2D·dt + 2σ², u = 2σ²/s.
 */
export interface StepLikelihood {
  /** Best s at a given u. */
  readonly scale: (u: number) => number;
  /** −ln of the likelihood at that s, less a constant. */
  readonly cost: (u: number) => number;
}

/** The likelihood of a track without gaps, where the type-I sine transform makes the steps independent. */
function uniformLikelihood(context: TrackContext): StepLikelihood {
  const { axes, count } = steps(context);
  const squares = sineTransform(axes);
  const cosines = new Float64Array(count);
  for (let k = 0; k < count; k++) cosines[k] = Math.cos((Math.PI * (k + 1)) / (count + 1));
  const scale = (u: number): number => {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += squares[k] / (1 - u * cosines[k]);
    return sum / (count * axes.length);
  };
  return {
    scale,
    cost: (u) => (axes.length * (count * Math.log(scale(u)) + logDeterminant(u, count))) / 2,
  };
}

/** ln of the determinant of the n × n matrix with 1 on the diagonal and −u/2 beside it, |u| ≤ 1. */
export function logDeterminant(u: number, n: number): number {
  const root = Math.sqrt(Math.max(0, 1 - u * u));
  const ratio = (1 - root) / (1 + root);
  // (r₊^(n+1) − r₋^(n+1)) / (r₊ − r₋) with r± = (1 ± root)/2, as a geometric sum where the two come together.
  const sum = root > 1e-3 ? (1 - ratio ** (n + 1)) / (1 - ratio) : geometricSum(ratio, n + 1);
  return n * Math.log((1 + root) / 2) + Math.log(sum);
}

function geometricSum(ratio: number, terms: number): number {
  let sum = 0;
  for (let i = 0; i < terms; i++) sum = sum * ratio + 1;
  return sum;
}

/** The likelihood of a track with gaps: its displacements have a tridiagonal covariance, whatever the gaps. */
function gappedLikelihood(context: TrackContext): StepLikelihood {
  const { length, dim } = context;
  const count = (length - 1) * dim;
  return {
    scale: (u) => formsAtShare(context, u).square / count,
    cost: (u) => {
      const { square, logDeterminant } = formsAtShare(context, u);
      return (count * Math.log(square / count) + dim * logDeterminant) / 2;
    },
  };
}

/** What the likelihood needs of the displacements, with or without gaps, where noise is the share u of the variance of a step. */
export const formsAtShare = (context: TrackContext, u: number): DriftForms =>
  neighbourForms(context, undefined, 0, 1 - u, u / 2);

/** The likelihood of a track's steps under Brownian motion with localisation noise. */
export const stepLikelihood = derived(
  (context): StepLikelihood =>
    context.frames ? gappedLikelihood(context) : uniformLikelihood(context),
);

/** A valley 5 above the lowest is e⁻⁵ times as likely. */
export const SEARCH = { to: 1, cells: 200, stride: 5, margin: 5 };

/** Diffusion coefficient, variance of the noise, and the noise's share u of the variance of a step. */
export interface BrownianFit {
  readonly diffusion: number;
  readonly noiseVariance: number;
  readonly share: number;
}

/**
 * Exact maximum-likelihood fit of Brownian motion with localisation noise (Berglund 2010). Motion blur R leaves the
 * form of the covariance and lets `noiseVariance`, then σ² − 2RD·dt, be as low as −2RD·dt. The share of the noise is
 * searched on a grid of 200 cells, then by golden section.
 */
export function fitBrownian(context: TrackContext, blur: number): BrownianFit {
  if (context.extent === 0) {
    return { diffusion: Number.NaN, noiseVariance: Number.NaN, share: Number.NaN };
  }
  const { cost, scale } = stepLikelihood(context);
  const share = gridMinimum(cost, { ...SEARCH, from: (-2 * blur) / (1 - 2 * blur) });
  const s = scale(share);
  return {
    diffusion: (s * (1 - share)) / (2 * context.dt),
    noiseVariance: (s * share) / 2,
    share,
  };
}

/** The fit without motion blur. */
export const brownianMle = derived((context): BrownianFit => fitBrownian(context, 0));

/** Diffusion coefficient of greatest likelihood, with localisation noise. */
export const diffusionMle = feature({
  name: 'diffusionMle',
  section: 'msd',
  meaning: 'Diffusion coefficient of greatest likelihood, with localisation noise.',
  formula: 'greatest Gaussian likelihood of the steps: variance 2D·dt + 2σ², neighbours −σ²',
  range: '≥ 0; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: -1 },
  gaps: 'by lag',
  source: 'Berglund 2010',
  compute: (context) => brownianMle(context).diffusion,
});

/** Variance of the localisation error of greatest likelihood. */
export const locVarianceMle = feature({
  name: 'locVarianceMle',
  section: 'msd',
  meaning: 'Variance of the localisation error of greatest likelihood.',
  formula: 'σ² of the same fit',
  range: '≥ 0; undefined on a constant track',
  minPoints: 4,
  dims: [1, 2, 3],
  invariances: { rotation: true, scale: 2, reversal: true, time: 0 },
  gaps: 'by lag',
  source: 'Berglund 2010',
  compute: (context) => brownianMle(context).noiseVariance,
});
