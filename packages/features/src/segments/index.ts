export {
  type ClassicalSegments,
  type ClassicalSegmentsOptions,
  classicalSegments,
  SEGMENT_METHODS,
  type SegmentMethod,
  type SegmentWithIntervals,
} from './classical-segments.ts';
export { commonSigma } from './common-sigma.ts';
export type { StateRule } from './judge-segment.ts';
export type { MotionState } from './motion-state.ts';
export {
  type MotionReading,
  type MotionStates,
  type MotionStatesOptions,
  type MotionTrack,
  motionStates,
} from './motion-states.ts';
export {
  SEGMENT_STATES,
  type Segment,
  type SegmentState,
  type SegmentTrack,
} from './segment.ts';
export { type ChangesOptions, segmentByChanges } from './segment-by-changes.ts';
export {
  type MarkovOptions,
  type MarkovSegmenter,
  type MarkovState,
  segmentByMarkov,
} from './segment-by-markov.ts';
export type { SegmentOptions } from './segment-options.ts';
export { segmentTracks } from './segment-tracks.ts';
export { segmentDensityOf, segmentsAt } from './segments-at.ts';
