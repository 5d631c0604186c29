import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { lagProducts } from '../derived/lag-products.ts';
import { steps } from '../derived/steps.ts';
import { FeaturesError } from '../errors.ts';
import { type BlurOption, brownianModel, checkBlur, relativeError } from './brownian-model.ts';
import { normalEstimate, positiveEstimate, UNDEFINED } from './estimate.ts';
import type { DiffusionEstimate } from './estimate-linear.ts';

/** Options of {@link estimateCve}. */
export interface CveOptions extends BlurOption {
  /** σ² per axis where it is known, for instance from immobile particles. */
  readonly noiseVariance?: number;
}

/**
 * Covariance-based estimator of D and σ² (Vestergaard et al. 2014, their equations 14 to 17), for any motion blur:
 * D = ⟨Δ²⟩/(2dt) + ⟨Δ_i Δ_{i+1}⟩/dt, σ² = R⟨Δ²⟩ + (2R − 1)⟨Δ_i Δ_{i+1}⟩; where σ² is known,
 * D = (⟨Δ²⟩ − 2σ²)/(2(1 − 2R)dt). Unbiased. The standard errors are those of its quadratic forms under the most
 * likely Brownian motion with noise. Undefined below 3 points. Gaps: by lag.
 *
 * @example
 * const { diffusion, noiseVariance } = estimateCve(track, { blur: 1 / 6 });
 */
export function estimateCve(
  track: Track | TrackContext,
  options: CveOptions = {},
): DiffusionEstimate {
  checkOptions<CveOptions>(
    'estimateCve',
    options,
    { blur: true, noiseVariance: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const blur = checkBlur(options.blur ?? 0);
  const known = options.noiseVariance;
  if (known !== undefined && !(known >= 0 && Number.isFinite(known))) {
    throw new FeaturesError(`noiseVariance is ${known}: expected a number of at least 0`);
  }
  const { dim, dt } = context;
  const all = context.length < 3 || context.extent === 0 ? undefined : steps(context);
  const products = all && lagProducts(all, 1);
  if (!all || !products?.pairs) return { diffusion: UNDEFINED, noiseVariance: UNDEFINED };
  const square = all.squares / all.count / dim;
  const product = products.sum / products.pairs / dim;
  const model = brownianModel(context, blur);
  // Variances per axis of the two means, for steps of variance v and neighbours' covariance −w.
  const w = model.apparentVariance;
  const v = 2 * model.diffusion * dt + 2 * w;
  const { count } = all;
  const { pairs } = products;
  const triples = lagProducts(all, 2).pairs;
  const varSquare = (2 * v * v + (4 * w * w * pairs) / count) / count / dim;
  const varProduct = (v * v + w * w + (2 * w * w * triples) / pairs) / pairs / dim;
  const covariance = (-4 * v * w) / count / dim;
  if (known !== undefined) {
    const diffusion = (square - 2 * known) / (2 * (1 - 2 * blur) * dt);
    const error = Math.sqrt(varSquare) / (2 * (1 - 2 * blur) * dt);
    return {
      diffusion: positiveEstimate(diffusion, relativeError(error, diffusion, model)),
      noiseVariance: normalEstimate(known, 0),
    };
  }
  const spread = (a: number, b: number): number =>
    Math.sqrt(a * a * varSquare + b * b * varProduct + 2 * a * b * covariance);
  const diffusion = square / (2 * dt) + product / dt;
  const error = spread(1 / (2 * dt), 1 / dt);
  return {
    diffusion: positiveEstimate(diffusion, relativeError(error, diffusion, model)),
    noiseVariance: normalEstimate(
      blur * square + (2 * blur - 1) * product,
      spread(blur, 2 * blur - 1),
    ),
  };
}
