/** Gyration tensor and hull. */

export { absSkewness } from './abs-skewness.ts';
export { anisotropy, asymmetry, asymmetry1, asymmetry2 } from './asymmetry.ts';
export { convexHullArea, convexHullPerimeter } from './convex-hull.ts';
export { elongation } from './elongation.ts';
export { kurtosis } from './kurtosis.ts';
export { radiusOfGyration } from './radius-of-gyration.ts';
