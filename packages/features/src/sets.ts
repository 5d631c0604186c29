import type { FeatureName } from './catalogue.ts';

/** A set of features of one publication. */
export interface FeatureSet {
  /** Publication, and what of it is not here because it is not a property of one track. */
  readonly source: string;
  readonly names: readonly FeatureName[];
}

const P_VARIATIONS = [
  'pVariation1',
  'pVariation2',
  'pVariation3',
  'pVariation4',
  'pVariation5',
] as const;
const KOWALEK_2019 = [
  'alpha',
  'generalizedDiffusion',
  'asymmetry',
  'efficiency',
  'fractalDimension',
  'gaussianity',
  'kurtosis',
  'msdRatio',
  'straightness',
  'trappedness',
] as const;
const JANCZURA_2020 = [
  'alpha',
  'diffusionCoefficient',
  'standardizedMaxDistance',
  ...P_VARIATIONS,
] as const;
const ANDI_CHALLENGE = [
  'generalizedDiffusion',
  'alpha',
  'efficiency',
  'msdRatio',
  'straightness',
  'maxExcursion',
  'asymmetry',
  'fractalDimension',
  'gaussianity',
  'kurtosis',
  'trappedness',
  'standardizedMaxDistance',
  ...P_VARIATIONS,
] as const;

/**
 * The sets of features of the literature, computed with the formulas of this package. The papers' own code differs from
 * them where the feature table says so.
 */
export const featureSets = {
  wagner2017: {
    source: 'Wagner et al. 2017 (TraJ); without its spline and short/long D ratio',
    names: [
      'asymmetry',
      'efficiency',
      'elongation',
      'fractalDimension',
      'gaussianity',
      'kurtosis',
      'msdRatio',
      'alpha',
      'straightness',
      'trappedness',
      'boundedness',
      'absSkewness',
      'stdTurningAngle',
    ],
  },
  kowalek2019: {
    source: 'Kowalek et al. 2019; set B of Janczura et al. 2020',
    names: KOWALEK_2019,
  },
  janczura2020: { source: 'Janczura et al. 2020, set A', names: JANCZURA_2020 },
  lochOlszewska2020: {
    source: 'Loch-Olszewska & Szwabiński 2020, new set',
    names: [...JANCZURA_2020, 'vacf1', 'maxExcursion'],
  },
  andiChallenge2021: { source: 'pkowalek/ANDI-challenge', names: ANDI_CHALLENGE },
  kowalek2022: {
    source:
      'Kowalek et al. 2022; its corrected exponents are functions, not columns: see the estimators',
    names: [
      ...ANDI_CHALLENGE,
      'vacf1',
      'vacf2',
      'dma1',
      'dma2',
      'movingWindowMean10',
      'movingWindowMean20',
      'movingWindowStd10',
      'movingWindowStd20',
      'maxStdRatio',
      'maxStdChange',
      'dagostinoK2',
      'ksChi2',
      'joseph',
      'noah',
      'moses',
      'psdSlope',
    ],
  },
  pinholt2021: {
    source:
      'Pinholt et al. 2021; without the hidden Markov features, which need the whole data set, and the p-value, which does not depend on the data',
    names: [
      'powerLawAlpha',
      'powerLawD',
      'logEfficiency',
      'fractalDimension',
      'gaussianity',
      'kurtosis',
      'msdRatio',
      'trappednessLiterature',
      'numPoints',
      'meanStepLength',
      'meanMsd',
    ],
  },
} as const satisfies Record<string, FeatureSet>;

/** Name of a set of the literature. */
export type FeatureSetName = keyof typeof featureSets;
