import {
  commonSigma,
  motionEstimates,
  parallelMotionEstimates,
  type Segment,
  segmentByChanges,
  segmentByMarkov,
  segmentTracks,
} from '@diffusion/features';
import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import { InputError } from './input-error.ts';
import type { WrittenSegment } from './segment-rows.ts';
import { withBar } from './with-bar.ts';

/** The methods that need no training. */
export const SEGMENT_METHODS = ['changes', 'hmm'] as const;
export type SegmentMethod = (typeof SEGMENT_METHODS)[number];

/** What a classical method found. */
export interface ClassicalSegments {
  readonly segments: readonly (readonly WrittenSegment[])[];
  /** Why a track has none. */
  readonly reasons: readonly (Reason | undefined)[];
  /** The localisation error that was taken. */
  readonly sigma: number;
  /** The states of a hidden Markov model; none of the other method. */
  readonly states: readonly {
    readonly alpha: number;
    readonly diffusion: number;
    readonly share: number;
  }[];
}

/** Fewest points of a track that anything is said of, as for estimates. */
const LEAST_POINTS = 4;

/** From so many points on, all cores are used: starting workers takes about as long as this. */
const pointsWorthWorkers = 5_000;

/** Segments of all tracks by a classical method, each with the intervals that its points alone give. */
export async function classicalSegments(
  tracks: Tracks,
  method: SegmentMethod,
  { sigma: given, exposure = 0 }: { readonly sigma?: number; readonly exposure?: number },
): Promise<ClassicalSegments> {
  const sigma = given ?? commonSigma(tracks, exposure);
  if (Number.isNaN(sigma)) {
    throw new InputError(
      "no track that moves has ten points, so that nothing tells the localisation error: expected option '--sigma <σ>'",
    );
  }
  const markov = method === 'hmm' ? segmentByMarkov(tracks, { sigma, exposure }) : undefined;
  const segment = markov?.segment ?? segmentByChanges({ sigma, exposure });
  const found = await withBar('segmenting', tracks.count, async (onProgress) =>
    Array.from(tracks, (track, i) => {
      onProgress(i + 1);
      return track.length < LEAST_POINTS ? [] : segment(track);
    }),
  );
  return {
    segments: await withIntervals(tracks, found, { sigma, exposure }),
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

async function withIntervals(
  tracks: Tracks,
  found: readonly (readonly Segment[])[],
  options: { readonly sigma: number; readonly exposure: number },
): Promise<WrittenSegment[][]> {
  const each = segmentTracks(tracks, found);
  const estimates =
    each.pointCount <= pointsWorthWorkers
      ? motionEstimates(each, options)
      : await withBar('estimating', each.count, (onProgress) =>
          parallelMotionEstimates(each, { ...options, onProgress }),
        );
  let next = 0;
  return found.map((own) =>
    own.map((segment) => {
      const { alpha, diffusion } = estimates[next++];
      // Rows have D by the time of the tracks, segments by frames.
      const perFrame = tracks.dt ** segment.alpha;
      const [low, high] = diffusion.interval;
      return {
        ...segment,
        alphaInterval: alpha.interval,
        diffusionInterval: [low * perFrame, high * perFrame] as const,
      };
    }),
  );
}
