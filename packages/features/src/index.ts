// Features of tracks

export { catalogue, type FeatureName, featureNamed } from './catalogue.ts';
export { dropNonFinite } from './drop-non-finite.ts';
export { FeaturesError } from './errors.ts';
export type {
  BuiltInFeature,
  CatalogueEntry,
  Feature,
  FeatureDescription,
  GapBehaviour,
  Invariances,
} from './feature.ts';
export {
  type FeatureChoice,
  type FeatureColumns,
  type FeatureSelection,
  features,
} from './features.ts';
export { type FeatureSet, type FeatureSetName, featureSets } from './sets.ts';

// A feature of one's own

export { derived, type TrackContext } from './context.ts';
export { defineFeature, type FeatureDeclaration } from './define-feature.ts';

// Over workers

export { type ParallelFeaturesOptions, parallelFeatures } from './parallel/parallel-features.ts';
export type { FeatureReference } from './parallel/sent-features.ts';

// Tables of features

export { csvChunks } from './table/csv-chunks.ts';
export {
  type EstimatedTracks,
  estimateObjects,
  estimateReason,
  estimateRows,
} from './table/estimate-rows.ts';
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
export { type ClassMsd, type MsdByClassOptions, msdByClass } from './curves/msd-by-class.ts';
export { type PVariationOptions, pVariation } from './curves/p-variation.ts';
export {
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

// D, α, σ and drift of a track, with intervals from the posterior

export {
  type ParallelMotionOptions,
  parallelMotionEstimates,
} from './parallel/parallel-motion-estimates.ts';
export {
  estimateMotion,
  type MotionEstimate,
  motionEstimates,
} from './posterior/estimate-motion.ts';
export { motionLawOf } from './posterior/motion-law-of.ts';
export { type MotionLaw, type MotionOptions, motionLaws } from './posterior/motion-options.ts';
export type { PosteriorEstimate } from './posterior/posterior-estimate.ts';

// Segments of a track whose motion changes

export {
  type ChangesOptions,
  type ClassicalSegments,
  type ClassicalSegmentsOptions,
  classicalSegments,
  commonSigma,
  type MarkovOptions,
  type MarkovSegmenter,
  type MarkovState,
  type MotionReading,
  type MotionState,
  type MotionStates,
  type MotionStatesOptions,
  type MotionTrack,
  motionStates,
  SEGMENT_METHODS,
  SEGMENT_STATES,
  type Segment,
  type SegmentMethod,
  type SegmentOptions,
  type SegmentState,
  type SegmentTrack,
  type SegmentWithIntervals,
  type StateRule,
  segmentByChanges,
  segmentByMarkov,
  segmentDensityOf,
  segmentsAt,
  segmentTracks,
} from './segments/index.ts';

// … and α among the features, where it is named, as is a drift

export { driftLikelihoodRatio } from './msd/drift-likelihood-ratio.ts';
export {
  alphaPosterior,
  alphaPosteriorHigh,
  alphaPosteriorLow,
} from './posterior/alpha-posterior.ts';

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
export {
  type ImageFeatureRows,
  type ImageFeatureRowsOptions,
  imageFeatureRows,
  liposomeFeatureNames,
} from './images/image-feature-rows.ts';
export { type ImageFeatureOptions, imageFeatures } from './images/image-features.ts';

// Each feature by itself: of confinement

export { boundedness, trappedness, trappednessLiterature } from './confinement/index.ts';

// … of the gyration tensor and the hull

export {
  absSkewness,
  anisotropy,
  asymmetry,
  asymmetry1,
  asymmetry2,
  convexHullArea,
  convexHullPerimeter,
  elongation,
  kurtosis,
  radiusOfGyration,
} from './gyration/index.ts';

// … of the increments

export {
  dagostinoK2,
  dma1,
  dma2,
  gaussianity,
  ksChi2,
  maxStdChange,
  maxStdRatio,
  meanCosTurningAngle,
  meanTurningAngle,
  movingWindowMean10,
  movingWindowMean20,
  movingWindowStd10,
  movingWindowStd20,
  nonGaussianity1,
  pVariation1,
  pVariation2,
  pVariation3,
  pVariation4,
  pVariation5,
  stdTurningAngle,
  vacf1,
  vacf2,
  vacf3,
} from './increments/index.ts';

// … of the mean squared displacement

export {
  alpha,
  diffusion2pt,
  diffusionCoefficient,
  diffusionCve,
  diffusionMichalet,
  diffusionMle,
  generalizedDiffusion,
  locVarianceCve,
  locVarianceMle,
  meanMsd,
  msdIntercept,
  msdLag1,
  msdLag20,
  msdRatio,
  optimalLags,
  powerLawAlpha,
  powerLawD,
} from './msd/index.ts';

// … of scaling

export { joseph, moses, noah } from './scaling/index.ts';

// … of shape

export {
  efficiency,
  fractalDimension,
  logEfficiency,
  maxExcursion,
  standardizedMaxDistance,
  straightness,
} from './shape/index.ts';

// … of size and speed

export {
  duration,
  maxPairDistance,
  meanSpeed,
  meanStepLength,
  netDisplacement,
  netSpeed,
  numPoints,
  pathLength,
  stepLengthCV,
} from './size/index.ts';

// … of the spectrum

export { psdSlope } from './spectrum/index.ts';
