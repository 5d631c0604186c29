import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { optimalFit } from '../msd/michalet.ts';
import { type BlurOption, checkBlur } from './brownian-model.ts';
import { UNDEFINED } from './estimate.ts';
import { fitLine, type LinearEstimate } from './estimate-linear.ts';

/**
 * Diffusion coefficient and localisation error from the line through the number of lags that is best for it (Michalet &
 * Berglund 2012). Standard errors as {@link estimateLinear}, the number of lags taken as given. Undefined below 4
 * points and on a constant track. Gaps: by lag.
 *
 * @example
 * const { diffusion, lags } = estimateMichalet(track, { blur: 1 / 6 });
 */
export function estimateMichalet(
  track: Track | TrackContext,
  options: BlurOption = {},
): LinearEstimate {
  checkOptions<BlurOption>('estimateMichalet', options, { blur: true }, FeaturesError);
  const context = contextOf(track);
  const blur = checkBlur(options.blur ?? 0);
  const best = context.length < 4 ? Number.NaN : optimalFit(context).lags;
  if (Number.isNaN(best)) {
    return { diffusion: UNDEFINED, noiseVariance: UNDEFINED, lags: Number.NaN };
  }
  const { diffusion, noiseVariance, lags } = fitLine(context, best, 'ordinary', blur);
  // The choice of the lags by the data biases both a little.
  return {
    diffusion: { ...diffusion, bias: Number.NaN },
    noiseVariance: { ...noiseVariance, bias: Number.NaN },
    lags,
  };
}
