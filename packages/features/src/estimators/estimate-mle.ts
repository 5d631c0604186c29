import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { fitBrownian, stepLikelihood } from '../msd/brownian-mle.ts';
import { type BlurOption, checkBlur } from './brownian-model.ts';
import { normalEstimate, positiveEstimate, UNDEFINED } from './estimate.ts';
import type { DiffusionEstimate } from './estimate-linear.ts';

/** What {@link estimateMle} gives. */
export interface MleEstimate extends DiffusionEstimate {
  /** True when the fit is at an end of the allowed noise: σ² = 0, where the intervals cover too much, or D = 0. */
  readonly atEdge: boolean;
}

/**
 * Maximum-likelihood D and σ² of Brownian motion with localisation noise (Berglund 2010; exact, not Whittle's
 * approximation), σ² ≥ 0. Standard errors from the Fisher information. Undefined below 4 points and on a constant
 * track. On a track with gaps the likelihood is that of the points that are there.
 *
 * @example
 * const { diffusion, noiseVariance, atEdge } = estimateMle(track);
 */
export function estimateMle(track: Track | TrackContext, options: BlurOption = {}): MleEstimate {
  checkOptions<BlurOption>('estimateMle', options, { blur: true }, FeaturesError);
  const context = contextOf(track);
  const blur = checkBlur(options.blur ?? 0);
  if (context.length < 4 || context.extent === 0) {
    return { diffusion: UNDEFINED, noiseVariance: UNDEFINED, atEdge: false };
  }
  const { diffusion, noiseVariance, share } = fitBrownian(context, blur);
  const { varDiffusion, varNoise, covariance } = inverseInformation(context, share, {
    diffusion,
    noiseVariance,
  });
  const shift = 2 * blur * context.dt;
  const least = (-2 * blur) / (1 - 2 * blur);
  return {
    diffusion: positiveEstimate(diffusion, Math.sqrt(varDiffusion) / diffusion, Number.NaN),
    noiseVariance: normalEstimate(
      noiseVariance + shift * diffusion,
      Math.sqrt(varNoise + 2 * shift * covariance + shift * shift * varDiffusion),
      Number.NaN,
    ),
    atEdge: share <= least || share >= 1,
  };
}

interface Covariance {
  readonly varDiffusion: number;
  readonly varNoise: number;
  readonly covariance: number;
}

/** Inverse of the Fisher information of (D, σ² − 2RD·dt). */
function inverseInformation(
  context: TrackContext,
  share: number,
  fit: { readonly diffusion: number; readonly noiseVariance: number },
): Covariance {
  const [dd, dn, nn] = context.frames
    ? observedInformation(context, share, fit)
    : expectedInformation(context, fit);
  const determinant = dd * nn - dn * dn;
  return {
    varDiffusion: nn / determinant,
    varNoise: dd / determinant,
    covariance: -dn / determinant,
  };
}

/** Expected information: the steps are independent in the sine basis, with variances 2D·dt + 2s(1 − cos θ_k). */
function expectedInformation(
  { length, dim, dt }: TrackContext,
  { diffusion, noiseVariance }: { readonly diffusion: number; readonly noiseVariance: number },
): [number, number, number] {
  let dd = 0;
  let dn = 0;
  let nn = 0;
  for (let k = 1; k < length; k++) {
    const byNoise = 2 * (1 - Math.cos((Math.PI * k) / length));
    const byDiffusion = 2 * dt;
    const variance = byDiffusion * diffusion + byNoise * noiseVariance;
    dd += (byDiffusion / variance) ** 2;
    dn += (byDiffusion * byNoise) / variance ** 2;
    nn += (byNoise / variance) ** 2;
  }
  return [(dim * dd) / 2, (dim * dn) / 2, (dim * nn) / 2];
}

/** Observed information of a track with gaps, by differences of the likelihood. */
function observedInformation(
  context: TrackContext,
  share: number,
  { diffusion, noiseVariance }: { readonly diffusion: number; readonly noiseVariance: number },
): [number, number, number] {
  const { cost, scale } = stepLikelihood(context);
  const s = scale(share);
  const count = (context.length - 1) * context.dim;
  const byDt = 2 * context.dt;
  /** −ln likelihood at D and σ²: with variance v = 2D·dt + 2σ² and share u the quadratic form is count·scale(u)/v. */
  const minusLog = (d: number, n: number): number => {
    const v = byDt * d + 2 * n;
    const u = (2 * n) / v;
    const best = scale(u);
    return cost(u) + (count * (Math.log(v / best) + best / v)) / 2;
  };
  const hd = (1e-3 * s) / byDt;
  const hn = (1e-3 * s) / 2;
  const d = Math.max(diffusion, hd);
  const n = noiseVariance;
  const at = minusLog(d, n);
  return [
    (minusLog(d + hd, n) - 2 * at + minusLog(d - hd, n)) / (hd * hd),
    (minusLog(d + hd, n + hn) -
      minusLog(d + hd, n - hn) -
      minusLog(d - hd, n + hn) +
      minusLog(d - hd, n - hn)) /
      (4 * hd * hn),
    (minusLog(d, n + hn) - 2 * at + minusLog(d, n - hn)) / (hn * hn),
  ];
}
