/** Shape of the path. */

export { efficiency, logEfficiency } from './efficiency.ts';
export { fractalDimension } from './fractal-dimension.ts';
export { maxExcursion } from './max-excursion.ts';
export { standardizedMaxDistance } from './standardized-max-distance.ts';
export { straightness } from './straightness.ts';
