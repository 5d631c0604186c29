import { TracksError } from '../errors.ts';
import type { Tracks } from '../tracks.ts';

/** Throws a {@link TracksError} where positions are not finite: no format but JSON could tell, and no reader would take it. */
export function checkFinite(tracks: Tracks): void {
  const { positions, offsets, dim } = tracks;
  for (let at = 0; at < positions.length; at++) {
    if (Number.isFinite(positions[at])) continue;
    const point = Math.floor(at / dim);
    const track = offsets.findIndex((offset) => offset > point) - 1;
    throw new TracksError(
      `point ${point - offsets[track]} of track ${track} is at ${positions[at]}: expected a finite number`,
    );
  }
}

/** Throws a {@link TracksError} for a set that a format would lose tracks of. */
export function checkTracksShown(tracks: Tracks, format: string): void {
  if (tracks.count === 0) throw new TracksError(`there are no tracks: ${format} cannot hold that`);
  for (let i = 0; i < tracks.count; i++) {
    if (tracks.lengthOf(i) > 0) continue;
    throw new TracksError(`track ${i} has no points: ${format} cannot hold that`);
  }
}

/** Throws a {@link TracksError} for a track with a gap, for formats without frames: it would be closed in silence. */
export function checkNoFrames(tracks: Tracks, format: string): void {
  const { frames, offsets } = tracks;
  if (!frames) return;
  for (let i = 0; i < tracks.count; i++) {
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      if (frames[p] === frames[p - 1] + 1) continue;
      throw new TracksError(
        `track ${i} has a gap after frame ${frames[p - 1]}: ${format} holds no frames; split gaps, or write .csv or .json`,
      );
    }
  }
}
