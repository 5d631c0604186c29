import type { FeatureName } from '@diffusion/features';

/** Features that are free of units and known to part the modes of motion. */
const unitFree: readonly FeatureName[] = [
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

/** Those of them that tracks of a dimension have. */
export const unitFreeFeatures = (dim: 1 | 2 | 3): readonly FeatureName[] =>
  dim === 1 ? unitFree.filter((name) => name !== 'asymmetry') : unitFree;
