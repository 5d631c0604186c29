export { commonSigma } from './common-sigma.ts';
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
