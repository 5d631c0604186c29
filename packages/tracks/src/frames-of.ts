import type { Tracks } from './tracks.ts';

/** The frame of every point, counted from 0 in each track where the set holds none. */
export function framesOf(tracks: Tracks): Int32Array {
  if (tracks.frames) return tracks.frames;
  const frames = new Int32Array(tracks.pointCount);
  for (let i = 0; i < tracks.count; i++) {
    const from = tracks.offsets[i];
    for (let p = from; p < tracks.offsets[i + 1]; p++) frames[p] = p - from;
  }
  return frames;
}
