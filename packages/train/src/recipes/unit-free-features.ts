import type { FeatureNames } from './recipe.ts';

/** Features that are free of units and known to part the modes of motion. */
const unitFree: readonly string[] = [
  'alpha',
  'vacf1',
  'straightness',
  'logEfficiency',
  'standardizedMaxDistance',
  'asymmetry',
  'msdRatio',
  'trappedness',
  'fractalDimension',
  'nonGaussianity1',
  'kurtosis',
];

/** The names that a recipe means, on tracks of a dimension. */
export function namesOf(features: FeatureNames, dim: 1 | 2 | 3): readonly string[] {
  if (features !== 'unit-free') return features;
  return dim === 1 ? unitFree.filter((name) => name !== 'asymmetry') : unitFree;
}
