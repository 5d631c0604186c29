import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import { FeaturesError } from '../errors.ts';
import { parallelMotionEstimates } from '../parallel/parallel-motion-estimates.ts';
import { type MotionEstimate, motionEstimates } from '../posterior/estimate-motion.ts';
import { commonSigma } from './common-sigma.ts';
import type { Segment } from './segment.ts';
import { segmentByChanges } from './segment-by-changes.ts';
import { type MarkovState, segmentByMarkov } from './segment-by-markov.ts';
import { segmentTracks } from './segment-tracks.ts';

/** The methods of segmentation that need no training: {@link segmentByChanges} and {@link segmentByMarkov}. */
export const SEGMENT_METHODS = ['changes', 'hmm'] as const;
export type SegmentMethod = (typeof SEGMENT_METHODS)[number];

/** A segment with the 95 % intervals of its numbers. */
export interface SegmentWithIntervals extends Segment {
  readonly alphaInterval: readonly [number, number];
  /** In units² per frameᵅ, as `diffusion`. */
  readonly diffusionInterval: readonly [number, number];
}

/** What is known of the measurement, and how the work is done. */
export interface ClassicalSegmentsOptions {
  /** Localisation error per axis, in the unit of the positions; one for all tracks, from them, if left out ({@link commonSigma}). */
  readonly sigma?: number | undefined;
  /** Exposure as a fraction of the frame; 0 if left out. */
  readonly exposure?: number | undefined;
  /** Told how many tracks are segmented. */
  readonly onProgress?: (done: number) => void;
  /** Told of how many of all segments the intervals are there, where that takes a while. */
  readonly onEstimated?: (done: number, all: number) => void;
  /** Estimates of the segments, which are tracks here, for their intervals; on all cores where there are many if left out. */
  readonly estimate?: (
    segments: Tracks,
    known: { readonly sigma: number; readonly exposure: number },
  ) => Promise<readonly MotionEstimate[]>;
}

/** What a classical method found. */
export interface ClassicalSegments {
  /** Of each track in their order; none where there is a reason. */
  readonly segments: readonly (readonly SegmentWithIntervals[])[];
  /** Why a track has none. */
  readonly reasons: readonly (Reason | undefined)[];
  /** The localisation error that was taken. */
  readonly sigma: number;
  /** The states of a hidden Markov model; none of the other method. */
  readonly states: readonly MarkovState[];
}

/** Fewest points of a track that anything is said of, as for estimates. */
const LEAST_POINTS = 4;

/** From so many points on, all cores are used: starting workers takes about as long as this. */
const POINTS_WORTH_WORKERS = 5_000;

/**
 * Segments of all tracks by a method that needs no training, each with the intervals that its points alone give. Tracks of less than four
 * points have none.
 *
 * Throws {@link FeaturesError} where σ is not told and no track tells it, and for options that are none.
 *
 * @example
 * const { segments, sigma } = await classicalSegments(tracks, 'changes');
 */
export async function classicalSegments(
  tracks: Tracks,
  method: SegmentMethod,
  {
    sigma: given,
    exposure = 0,
    onProgress = () => {},
    onEstimated = () => {},
    estimate = (segments, known) => estimateSegments(segments, known, onEstimated),
  }: ClassicalSegmentsOptions = {},
): Promise<ClassicalSegments> {
  if (!SEGMENT_METHODS.includes(method)) {
    throw new FeaturesError(`method is "${method}": expected ${SEGMENT_METHODS.join(' or ')}`);
  }
  const sigma = given ?? commonSigma(tracks, exposure);
  if (Number.isNaN(sigma)) {
    throw new FeaturesError(
      'no track that moves has ten points, so that nothing tells the localisation error: expected sigma',
    );
  }
  const markov = method === 'hmm' ? segmentByMarkov(tracks, { sigma, exposure }) : undefined;
  const segment = markov?.segment ?? segmentByChanges({ sigma, exposure });
  const found = Array.from(tracks, (track, i) => {
    onProgress(i + 1);
    return track.length < LEAST_POINTS ? [] : segment(track);
  });
  const estimates = await estimate(segmentTracks(tracks, found), { sigma, exposure });
  return {
    segments: withIntervals(found, estimates, tracks.dt),
    reasons: Array.from(tracks, ({ length }) =>
      length < LEAST_POINTS
        ? makeReason('tooShortForRule', {
            points: `${length} ${length === 1 ? 'point' : 'points'}`,
          })
        : undefined,
    ),
    sigma,
    states: markov?.states ?? [],
  };
}

const estimateSegments = async (
  segments: Tracks,
  known: { readonly sigma: number; readonly exposure: number },
  onEstimated: (done: number, all: number) => void,
): Promise<MotionEstimate[]> =>
  segments.pointCount <= POINTS_WORTH_WORKERS
    ? motionEstimates(segments, known)
    : parallelMotionEstimates(segments, {
        ...known,
        onProgress: (done) => onEstimated(done, segments.count),
      });

function withIntervals(
  found: readonly (readonly Segment[])[],
  estimates: readonly MotionEstimate[],
  dt: number,
): SegmentWithIntervals[][] {
  let next = 0;
  return found.map((own) =>
    own.map((segment) => {
      const { alpha, diffusion } = estimates[next++];
      // Estimates have D by the time of the tracks, segments by frames.
      const perFrame = dt ** segment.alpha;
      const [low, high] = diffusion.interval;
      return {
        ...segment,
        alphaInterval: alpha.interval,
        diffusionInterval: [low * perFrame, high * perFrame] as const,
      };
    }),
  );
}
