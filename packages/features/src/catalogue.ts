import { boundedness } from './confinement/boundedness.ts';
import { trappedness } from './confinement/trappedness.ts';
import { trappednessLiterature } from './confinement/trappedness-literature.ts';
import type { Feature, FeatureDescription } from './feature.ts';
import { absSkewness } from './gyration/abs-skewness.ts';
import { anisotropy } from './gyration/anisotropy.ts';
import { asymmetry } from './gyration/asymmetry.ts';
import { asymmetry1 } from './gyration/asymmetry1.ts';
import { asymmetry2 } from './gyration/asymmetry2.ts';
import { convexHullArea } from './gyration/convex-hull-area.ts';
import { convexHullPerimeter } from './gyration/convex-hull-perimeter.ts';
import { elongation } from './gyration/elongation.ts';
import { kurtosis } from './gyration/kurtosis.ts';
import { radiusOfGyration } from './gyration/radius-of-gyration.ts';
import { dagostinoK2 } from './increments/dagostino-k2.ts';
import { dma1 } from './increments/dma1.ts';
import { dma2 } from './increments/dma2.ts';
import { gaussianity } from './increments/gaussianity.ts';
import { ksChi2 } from './increments/ks-chi2.ts';
import { maxStdChange } from './increments/max-std-change.ts';
import { maxStdRatio } from './increments/max-std-ratio.ts';
import { meanCosTurningAngle } from './increments/mean-cos-turning-angle.ts';
import { meanTurningAngle } from './increments/mean-turning-angle.ts';
import { movingWindowMean10 } from './increments/moving-window-mean10.ts';
import { movingWindowMean20 } from './increments/moving-window-mean20.ts';
import { movingWindowStd10 } from './increments/moving-window-std10.ts';
import { movingWindowStd20 } from './increments/moving-window-std20.ts';
import { nonGaussianity1 } from './increments/non-gaussianity1.ts';
import { pVariation1 } from './increments/p-variation1.ts';
import { pVariation2 } from './increments/p-variation2.ts';
import { pVariation3 } from './increments/p-variation3.ts';
import { pVariation4 } from './increments/p-variation4.ts';
import { pVariation5 } from './increments/p-variation5.ts';
import { stdTurningAngle } from './increments/std-turning-angle.ts';
import { vacf1 } from './increments/vacf1.ts';
import { vacf2 } from './increments/vacf2.ts';
import { vacf3 } from './increments/vacf3.ts';
import { alpha } from './msd/alpha.ts';
import { diffusion2pt } from './msd/diffusion-2pt.ts';
import { diffusionCoefficient } from './msd/diffusion-coefficient.ts';
import { diffusionCve } from './msd/diffusion-cve.ts';
import { diffusionMichalet } from './msd/diffusion-michalet.ts';
import { diffusionMle } from './msd/diffusion-mle.ts';
import { generalizedDiffusion } from './msd/generalized-diffusion.ts';
import { locVarianceCve } from './msd/loc-variance-cve.ts';
import { locVarianceMle } from './msd/loc-variance-mle.ts';
import { meanMsd } from './msd/mean-msd.ts';
import { msdIntercept } from './msd/msd-intercept.ts';
import { msdLag1 } from './msd/msd-lag1.ts';
import { msdRatio } from './msd/msd-ratio.ts';
import { optimalLags } from './msd/optimal-lags.ts';
import { powerLawAlpha } from './msd/power-law-alpha.ts';
import { powerLawD } from './msd/power-law-d.ts';
import { joseph } from './scaling/joseph.ts';
import { moses } from './scaling/moses.ts';
import { noah } from './scaling/noah.ts';
import { efficiency } from './shape/efficiency.ts';
import { fractalDimension } from './shape/fractal-dimension.ts';
import { logEfficiency } from './shape/log-efficiency.ts';
import { maxExcursion } from './shape/max-excursion.ts';
import { standardizedMaxDistance } from './shape/standardized-max-distance.ts';
import { straightness } from './shape/straightness.ts';
import { duration } from './size/duration.ts';
import { maxPairDistance } from './size/max-pair-distance.ts';
import { meanSpeed } from './size/mean-speed.ts';
import { meanStepLength } from './size/mean-step-length.ts';
import { netDisplacement } from './size/net-displacement.ts';
import { netSpeed } from './size/net-speed.ts';
import { numPoints } from './size/num-points.ts';
import { pathLength } from './size/path-length.ts';
import { stepLengthCV } from './size/step-length-cv.ts';
import { psdSlope } from './spectrum/psd-slope.ts';

/** Every feature, in the order of the feature table. */
export const allFeatures: readonly Feature[] = [
  numPoints,
  duration,
  pathLength,
  netDisplacement,
  maxPairDistance,
  meanStepLength,
  stepLengthCV,
  meanSpeed,
  netSpeed,
  straightness,
  efficiency,
  logEfficiency,
  fractalDimension,
  maxExcursion,
  standardizedMaxDistance,
  msdLag1,
  alpha,
  generalizedDiffusion,
  diffusionCoefficient,
  msdIntercept,
  msdRatio,
  meanMsd,
  powerLawAlpha,
  powerLawD,
  diffusion2pt,
  diffusionMichalet,
  optimalLags,
  diffusionCve,
  locVarianceCve,
  diffusionMle,
  locVarianceMle,
  radiusOfGyration,
  anisotropy,
  asymmetry,
  asymmetry1,
  asymmetry2,
  kurtosis,
  absSkewness,
  elongation,
  convexHullArea,
  convexHullPerimeter,
  gaussianity,
  nonGaussianity1,
  vacf1,
  vacf2,
  vacf3,
  meanCosTurningAngle,
  meanTurningAngle,
  stdTurningAngle,
  pVariation1,
  pVariation2,
  pVariation3,
  pVariation4,
  pVariation5,
  dma1,
  dma2,
  movingWindowMean10,
  movingWindowMean20,
  movingWindowStd10,
  movingWindowStd20,
  maxStdRatio,
  maxStdChange,
  dagostinoK2,
  ksChi2,
  boundedness,
  trappedness,
  trappednessLiterature,
  joseph,
  noah,
  moses,
  psdSlope,
];

/**
 * What there is to know of every feature: name, formula, range, fewest points, dimensions, invariances, what it is on a
 * track with gaps, source.
 *
 * @example
 * catalogue.find(({ name }) => name === 'straightness')?.formula // 'net/L'
 */
export const catalogue: readonly FeatureDescription[] = allFeatures.map(({ about }) => about);

const byName = new Map(allFeatures.map((feature) => [feature.about.name, feature]));

/** The feature of a name; undefined when there is none. */
export function featureNamed(name: string): Feature | undefined {
  return byName.get(name);
}
