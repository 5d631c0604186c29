/** Size and speed. */

export { duration } from './duration.ts';
export { maxPairDistance } from './max-pair-distance.ts';
export { meanSpeed } from './mean-speed.ts';
export { meanStepLength } from './mean-step-length.ts';
export { netDisplacement } from './net-displacement.ts';
export { netSpeed } from './net-speed.ts';
export { numPoints } from './num-points.ts';
export { pathLength } from './path-length.ts';
export { stepLengthCV } from './step-length-cv.ts';
