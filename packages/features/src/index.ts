// Features of tracks

export { allFeatures, catalogue, featureNamed } from './catalogue.ts';
export { contextOf, type TrackContext } from './context.ts';
export { dropNonFinite } from './drop-non-finite.ts';
export { FeaturesError } from './errors.ts';
export type { Feature, FeatureDescription, GapBehaviour } from './feature.ts';
export { type FeatureSelection, features } from './features.ts';
export { type FeatureSet, type FeatureSetName, featureSets } from './sets.ts';

// Over workers

export { type ParallelFeaturesOptions, parallelFeatures } from './parallel/parallel-features.ts';

// Tables of features

export { csvChunks } from './table/csv-chunks.ts';
export { type FeatureTable, featureTable } from './table/feature-table.ts';
export { jsonChunks } from './table/json-chunks.ts';

// Curves of one track or of many

export { displacements } from './curves/displacements.ts';
export { ensembleMsd } from './curves/ensemble-msd.ts';
export {
  type EnsembleOptions,
  ensembleTimeAveragedMsd,
} from './curves/ensemble-time-averaged-msd.ts';
export { firstPassageTimes } from './curves/first-passage.ts';
export { type PVariationOptions, pVariation } from './curves/p-variation.ts';
export {
  effectiveNumber,
  type MsdCurve,
  type MsdOptions,
  type TrackMsd,
  timeAveragedMsd,
} from './curves/time-averaged-msd.ts';
export { turningAngles } from './curves/turning-angles.ts';
export { type VanHove, type VanHoveOptions, vanHove } from './curves/van-hove.ts';
export {
  type Autocorrelation,
  velocityAutocorrelation,
} from './curves/velocity-autocorrelation.ts';

// Estimators of D and α, with standard errors

export type { BlurOption } from './estimators/brownian-model.ts';
export type { Estimate } from './estimators/estimate.ts';
export { type CveOptions, estimateCve } from './estimators/estimate-cve.ts';
export {
  type AnomalousEstimate,
  estimateFbm,
  type FbmEstimate,
  type FbmOptions,
} from './estimators/estimate-fbm.ts';
export {
  type DiffusionEstimate,
  estimateLinear,
  type LinearEstimate,
  type LinearOptions,
} from './estimators/estimate-linear.ts';
export { estimateLogLog, type LogLogOptions } from './estimators/estimate-log-log.ts';
export { estimateMichalet } from './estimators/estimate-michalet.ts';
export { estimateMle, type MleEstimate } from './estimators/estimate-mle.ts';
export {
  estimatePowerLaw,
  type PowerLawEstimate,
  type PowerLawOptions,
} from './estimators/estimate-power-law.ts';
export { fitMsdModel, type ModelFitOptions, type MsdModel } from './estimators/fit-msd-model.ts';
export type { NoiseCorrection } from './estimators/power-law-fits.ts';
export type { Weighting } from './estimators/weighting.ts';

// Classifiers without training

export { type ExponentRuleResult, exponentRule } from './classify/exponent-rule.ts';
export { type MaxTestOptions, type MaxTestResult, maxTest } from './classify/max-test.ts';
export { maxTestQuantile } from './classify/max-test-quantile.ts';
export {
  type NormalSource,
  type QuantileOptions,
  simulateMaxTestQuantiles,
} from './classify/max-test-quantiles.ts';
export type { MotionClass } from './classify/motion-class.ts';
export { type PVariationRuleOptions, pVariationRule } from './classify/p-variation-rule.ts';

// Images

export type { MaskedImage } from './images/image.ts';
export { type ImageFeatureOptions, imageFeatures } from './images/image-features.ts';

// Each feature: size and speed

export { duration } from './size/duration.ts';
export { maxPairDistance } from './size/max-pair-distance.ts';
export { meanSpeed } from './size/mean-speed.ts';
export { meanStepLength } from './size/mean-step-length.ts';
export { netDisplacement } from './size/net-displacement.ts';
export { netSpeed } from './size/net-speed.ts';
export { numPoints } from './size/num-points.ts';
export { pathLength } from './size/path-length.ts';
export { stepLengthCV } from './size/step-length-cv.ts';

// shape of the path

export { efficiency } from './shape/efficiency.ts';
export { fractalDimension } from './shape/fractal-dimension.ts';
export { logEfficiency } from './shape/log-efficiency.ts';
export { maxExcursion } from './shape/max-excursion.ts';
export { standardizedMaxDistance } from './shape/standardized-max-distance.ts';
export { straightness } from './shape/straightness.ts';

// mean squared displacement

export { alpha } from './msd/alpha.ts';
export { diffusion2pt } from './msd/diffusion-2pt.ts';
export { diffusionCoefficient } from './msd/diffusion-coefficient.ts';
export { diffusionCve } from './msd/diffusion-cve.ts';
export { diffusionMichalet } from './msd/diffusion-michalet.ts';
export { diffusionMle } from './msd/diffusion-mle.ts';
export { generalizedDiffusion } from './msd/generalized-diffusion.ts';
export { locVarianceCve } from './msd/loc-variance-cve.ts';
export { locVarianceMle } from './msd/loc-variance-mle.ts';
export { meanMsd } from './msd/mean-msd.ts';
export { msdIntercept } from './msd/msd-intercept.ts';
export { msdLag1 } from './msd/msd-lag1.ts';
export { msdRatio } from './msd/msd-ratio.ts';
export { optimalLags } from './msd/optimal-lags.ts';
export { powerLawAlpha } from './msd/power-law-alpha.ts';
export { powerLawD } from './msd/power-law-d.ts';

// gyration tensor and hull

export { absSkewness } from './gyration/abs-skewness.ts';
export { anisotropy } from './gyration/anisotropy.ts';
export { asymmetry } from './gyration/asymmetry.ts';
export { asymmetry1 } from './gyration/asymmetry1.ts';
export { asymmetry2 } from './gyration/asymmetry2.ts';
export { convexHullArea } from './gyration/convex-hull-area.ts';
export { convexHullPerimeter } from './gyration/convex-hull-perimeter.ts';
export { elongation } from './gyration/elongation.ts';
export { kurtosis } from './gyration/kurtosis.ts';
export { radiusOfGyration } from './gyration/radius-of-gyration.ts';

// increments

export { dagostinoK2 } from './increments/dagostino-k2.ts';
export { dma1 } from './increments/dma1.ts';
export { dma2 } from './increments/dma2.ts';
export { gaussianity } from './increments/gaussianity.ts';
export { ksChi2 } from './increments/ks-chi2.ts';
export { maxStdChange } from './increments/max-std-change.ts';
export { maxStdRatio } from './increments/max-std-ratio.ts';
export { meanCosTurningAngle } from './increments/mean-cos-turning-angle.ts';
export { meanTurningAngle } from './increments/mean-turning-angle.ts';
export { movingWindowMean10 } from './increments/moving-window-mean10.ts';
export { movingWindowMean20 } from './increments/moving-window-mean20.ts';
export { movingWindowStd10 } from './increments/moving-window-std10.ts';
export { movingWindowStd20 } from './increments/moving-window-std20.ts';
export { nonGaussianity1 } from './increments/non-gaussianity1.ts';
export { pVariation1 } from './increments/p-variation1.ts';
export { pVariation2 } from './increments/p-variation2.ts';
export { pVariation3 } from './increments/p-variation3.ts';
export { pVariation4 } from './increments/p-variation4.ts';
export { pVariation5 } from './increments/p-variation5.ts';
export { stdTurningAngle } from './increments/std-turning-angle.ts';
export { vacf1 } from './increments/vacf1.ts';
export { vacf2 } from './increments/vacf2.ts';
export { vacf3 } from './increments/vacf3.ts';

// confinement

export { boundedness } from './confinement/boundedness.ts';
export { trappedness } from './confinement/trappedness.ts';
export { trappednessLiterature } from './confinement/trappedness-literature.ts';

// Joseph, Noah and Moses; spectrum

export { joseph } from './scaling/joseph.ts';
export { moses } from './scaling/moses.ts';
export { noah } from './scaling/noah.ts';
export { psdSlope } from './spectrum/psd-slope.ts';
