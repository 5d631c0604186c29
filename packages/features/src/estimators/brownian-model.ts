import type { TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { fitBrownian } from '../msd/brownian-mle.ts';
import { fractionalVariogram, type Variogram } from './variogram.ts';

/** Options of the estimators of the diffusion coefficient. */
export interface BlurOption {
  /** Motion blur coefficient R of the exposure: 0 for a flash (default), 1/6 for an exposure of the whole frame; to 1/4. */
  readonly blur?: number;
}

/** The Brownian motion with localisation noise that is most likely for a track: it gives the standard errors. */
export interface BrownianModel {
  readonly diffusion: number;
  /** σ² − 2RD·dt. */
  readonly apparentVariance: number;
  readonly variogram: (largest: number) => Variogram;
}

/** The most likely Brownian model of a track. */
export function brownianModel(context: TrackContext, blur: number): BrownianModel {
  const { diffusion, noiseVariance } = fitBrownian(context, blur);
  return {
    diffusion,
    apparentVariance: noiseVariance,
    variogram: (largest) =>
      fractionalVariogram(
        { alpha: 1, generalizedDiffusion: diffusion, noiseVariance },
        context.dt,
        largest,
      ),
  };
}

/**
 * Relative standard error of a diffusion coefficient whose standard deviation under the model is `error`; by the
 * estimate itself where the model says that nothing diffuses.
 */
export function relativeError(error: number, estimate: number, model: BrownianModel): number {
  return error / (model.diffusion > 0 ? model.diffusion : estimate);
}

/** Throws {@link FeaturesError} unless 0 ≤ R ≤ 1/4. */
export function checkBlur(blur: number): number {
  if (!(blur >= 0 && blur <= 0.25)) {
    throw new FeaturesError(`blur is ${blur}: expected a coefficient from 0 to 0.25`);
  }
  return blur;
}
