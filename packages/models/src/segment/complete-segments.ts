import {
  type ClassicalSegments,
  type ClassicalSegmentsOptions,
  classicalSegments,
  commonSigma,
  type SegmentMethod,
  type SegmentWithIntervals,
} from '@diffusion/features';
import { type Reason, selectTracks, type Tracks } from '@diffusion/tracks';
import type { NetworkModel } from '../predict/model.ts';
import type { ExperimentState } from './experiment-states.ts';
import {
  type NetworkSegments,
  type NetworkSegmentsOptions,
  networkSegments,
} from './network-segments.ts';
import type { EstimatedSegment } from './segment-of-points.ts';

/** How {@link completeSegments} segments. */
export interface CompleteSegmentsOptions
  extends NetworkSegmentsOptions,
    Pick<ClassicalSegmentsOptions, 'estimate' | 'onEstimated'> {
  /**
   * What segments the tracks that the network does not judge; penalised changes if left out, which then give no answer where nothing
   * tells σ. One that is named throws there.
   */
  readonly method?: SegmentMethod | undefined;
  /** Told how many tracks are segmented: once those of the network are, then those of the method beside, one by one. */
  readonly onProgress?: (done: number) => void;
}

/** Segments by a network and by the method beside it. */
export interface CompleteSegments {
  /** Of each track in their order; none where neither has an answer. */
  readonly segments: readonly (readonly (EstimatedSegment | SegmentWithIntervals)[])[];
  /** Why a track has no segments; of one that the method beside has segmented, why the network has not, and the method. */
  readonly reasons: readonly (Reason | undefined)[];
  /** The states of the experiment, as the network tells them. */
  readonly states: readonly ExperimentState[];
  /** What segmented the tracks that have segments and a reason; absent where there are none. */
  readonly beside?: SegmentMethod;
}

/** What segments tracks that a network does not judge. */
const BESIDE: SegmentMethod = 'changes';

/**
 * Segments of tracks by a network that answers for every point, and by a classical method where it does not judge, most of all of tracks that
 * are too short for it: so that nothing is left without an answer that could have one. It is what `diffusion segment` gives.
 *
 * Throws what {@link networkSegments} and `classicalSegments` throw.
 *
 * @example
 * const { name } = pretrainedFor(tracks.dim, 'segments')!;
 * const { segments, reasons } = await completeSegments(await loadPretrained(name), tracks);
 */
export async function completeSegments(
  model: NetworkModel,
  tracks: Tracks,
  {
    method,
    estimate,
    onEstimated,
    onProgress = () => {},
    ...options
  }: CompleteSegmentsOptions = {},
): Promise<CompleteSegments> {
  const { segments, reasons, states }: NetworkSegments = await networkSegments(
    model,
    tracks,
    options,
  );
  const rows = [...reasons.keys()].filter((i) => reasons[i] !== undefined);
  const judged = tracks.count - rows.length;
  onProgress(judged);
  if (rows.length === 0) return { segments, reasons, states };
  const { exposure = 0 } = options;
  const left = selectTracks(tracks, rows);
  const sigma = options.sigma ?? commonSigma(left, exposure);
  // What was not asked for is no error where it cannot be had.
  if (method === undefined && Number.isNaN(sigma)) return { segments, reasons, states };
  const beside = method ?? BESIDE;
  const found: ClassicalSegments = await classicalSegments(left, beside, {
    sigma,
    exposure,
    onProgress: (done) => onProgress(judged + done),
    ...(estimate && { estimate }),
    ...(onEstimated && { onEstimated }),
  });
  const both = {
    segments: [...segments] as (readonly (EstimatedSegment | SegmentWithIntervals)[])[],
    reasons: [...reasons],
  };
  for (const [k, i] of rows.entries()) {
    const reason = reasons[i] as Reason;
    both.segments[i] = found.segments[k];
    both.reasons[i] = found.reasons[k] ?? {
      ...reason,
      text: `${reason.text}; by --method ${beside}`,
    };
  }
  return { ...both, states, beside };
}
