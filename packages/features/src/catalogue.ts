import * as confinement from './confinement/index.ts';
import type { BuiltInFeature, CatalogueEntry } from './feature.ts';
import * as gyration from './gyration/index.ts';
import * as increments from './increments/index.ts';
import { driftLikelihoodRatio } from './msd/drift-likelihood-ratio.ts';
import * as msd from './msd/index.ts';
import {
  alphaPosterior,
  alphaPosteriorHigh,
  alphaPosteriorLow,
} from './posterior/alpha-posterior.ts';
import * as scaling from './scaling/index.ts';
import * as shape from './shape/index.ts';
import * as size from './size/index.ts';
import * as spectrum from './spectrum/index.ts';

/** Every feature, in the order of the feature table. */
const builtIn = [
  size.numPoints,
  size.duration,
  size.pathLength,
  size.netDisplacement,
  size.maxPairDistance,
  size.meanStepLength,
  size.stepLengthCV,
  size.meanSpeed,
  size.netSpeed,
  shape.straightness,
  shape.efficiency,
  shape.logEfficiency,
  shape.fractalDimension,
  shape.maxExcursion,
  shape.standardizedMaxDistance,
  msd.msdLag1,
  msd.msdLag20,
  msd.alpha,
  msd.generalizedDiffusion,
  msd.diffusionCoefficient,
  msd.msdIntercept,
  msd.msdRatio,
  msd.meanMsd,
  msd.powerLawAlpha,
  msd.powerLawD,
  msd.diffusion2pt,
  msd.diffusionMichalet,
  msd.optimalLags,
  msd.diffusionCve,
  msd.locVarianceCve,
  msd.diffusionMle,
  msd.locVarianceMle,
  gyration.radiusOfGyration,
  gyration.anisotropy,
  gyration.asymmetry,
  gyration.asymmetry1,
  gyration.asymmetry2,
  gyration.kurtosis,
  gyration.absSkewness,
  gyration.elongation,
  gyration.convexHullArea,
  gyration.convexHullPerimeter,
  increments.gaussianity,
  increments.nonGaussianity1,
  increments.vacf1,
  increments.vacf2,
  increments.vacf3,
  increments.meanCosTurningAngle,
  increments.meanTurningAngle,
  increments.stdTurningAngle,
  increments.pVariation1,
  increments.pVariation2,
  increments.pVariation3,
  increments.pVariation4,
  increments.pVariation5,
  increments.dma1,
  increments.dma2,
  increments.movingWindowMean10,
  increments.movingWindowMean20,
  increments.movingWindowStd10,
  increments.movingWindowStd20,
  increments.maxStdRatio,
  increments.maxStdChange,
  increments.dagostinoK2,
  increments.ksChi2,
  confinement.boundedness,
  confinement.trappedness,
  confinement.trappednessLiterature,
  scaling.joseph,
  scaling.noah,
  scaling.moses,
  spectrum.psdSlope,
] as const;

/** Features that are computed where they are named and never with all others: they take from a fifth of a millisecond to many. */
const askedFor = [
  alphaPosterior,
  alphaPosteriorLow,
  alphaPosteriorHigh,
  driftLikelihoodRatio,
] as const;

/** Name of a feature that there is. */
export type FeatureName =
  | (typeof builtIn)[number]['about']['name']
  | (typeof askedFor)[number]['about']['name'];

/** Every feature that is computed unless some are named, in the order of the feature table. */
export const allFeatures: readonly BuiltInFeature<FeatureName>[] = builtIn;

/**
 * What there is to know of every feature: name, formula, unit, range, fewest points, dimensions, invariances, what it is
 * on a track with gaps, source.
 *
 * @example
 * catalogue.find(({ name }) => name === 'straightness')?.formula // 'net/L'
 */
export const catalogue: readonly CatalogueEntry<FeatureName>[] = allFeatures.map(
  ({ about }) => about,
);

const byName: ReadonlyMap<string, BuiltInFeature<FeatureName>> = new Map(
  [...allFeatures, ...askedFor].map((feature) => [feature.about.name, feature]),
);

/**
 * The feature of a name; undefined when there is none.
 *
 * @example
 * featureNamed('straightness')?.(tracks.at(0));
 */
export function featureNamed(name: string): BuiltInFeature<FeatureName> | undefined {
  return byName.get(name);
}
