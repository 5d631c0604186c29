import type { Dim, TracksData } from './tracks-data.ts';

/** What a set of tracks is like at a glance. */
export interface TracksSummary {
  /** Number of tracks. */
  tracks: number;
  /** Number of points of all tracks together. */
  points: number;
  dim: Dim;
  /** Points per track; the median of an even number of tracks is the mean of the middle two. All 0 without tracks. */
  lengths: { min: number; median: number; max: number };
  /** Number of places where frames are missing between two points of a track, however many are missing there. */
  gaps: number;
  /** Number of frames that are missing there, all gaps together. */
  missing: number;
  /** Time between two frames, in `units.time`. */
  dt: number;
  units: { position: string; time: string };
}

/**
 * Counts, lengths, gaps and units of a set of tracks, in one pass over its frames.
 *
 * @example
 * summarizeTracks(tracks).lengths // { min: 3, median: 24, max: 90 }
 */
export function summarizeTracks(tracks: TracksData): TracksSummary {
  const { offsets, frames, positions, dim } = tracks;
  const count = offsets.length - 1;
  const lengths = new Uint32Array(count);
  let gaps = 0;
  let missing = 0;
  for (let i = 0; i < count; i++) {
    lengths[i] = offsets[i + 1] - offsets[i];
    if (!frames) continue;
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      const skipped = frames[p] - frames[p - 1] - 1;
      if (skipped <= 0) continue;
      gaps++;
      missing += skipped;
    }
  }
  lengths.sort();
  const middle = count >> 1;
  return {
    tracks: count,
    points: positions.length / dim,
    dim,
    lengths: {
      min: lengths[0] ?? 0,
      median:
        count === 0 ? 0 : count % 2 ? lengths[middle] : (lengths[middle - 1] + lengths[middle]) / 2,
      max: lengths[count - 1] ?? 0,
    },
    gaps,
    missing,
    dt: tracks.dt,
    units: { position: tracks.positionUnit, time: tracks.timeUnit },
  };
}
