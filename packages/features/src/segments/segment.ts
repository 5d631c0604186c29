import type { Track } from '@diffusion/tracks';

/** The four states that the second AnDi challenge tells apart, in the order of its codes 0 to 3. */
export const SEGMENT_STATES = ['immobile', 'confined', 'free', 'directed'] as const;

/** How a particle moves within a segment. */
export type SegmentState = (typeof SEGMENT_STATES)[number];

/** A stretch of one track in which the motion does not change. */
export interface Segment {
  /** Its first point, counted from 0 over the points of the track. */
  readonly from: number;
  /** The point after its last one: segments follow each other, and the last ends at the number of points. */
  readonly to: number;
  readonly state: SegmentState;
  /** The exponent of the mean squared displacement. */
  readonly alpha: number;
  /** K of ⟨Δx²⟩ = 2 K tᵅ per coordinate, in units² per frameᵅ. */
  readonly diffusion: number;
  /** How sure the method is of `state`, from 0 to 1. */
  readonly probability: number;
}

/** A method of segmentation: the segments of a track in their order, which cover it without gaps or overlaps. */
export type SegmentTrack = (track: Track) => readonly Segment[];
