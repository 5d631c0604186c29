import { TracksError } from './errors.ts';
import { shown } from './names/check-options.ts';
import type { Tracks } from './tracks.ts';

/**
 * Throws for what is no set of tracks, which plain JavaScript can hand over; of another copy of this package it is one.
 *
 * @param ErrorClass what is thrown; {@link TracksError} unless told.
 *
 * @example
 * checkTracks(undefined); // TracksError: tracks is undefined: expected Tracks
 */
export function checkTracks(
  tracks: Tracks,
  ErrorClass: new (message: string) => Error = TracksError,
): void {
  if (ArrayBuffer.isView(tracks?.positions) && ArrayBuffer.isView(tracks.offsets)) return;
  throw new ErrorClass(`tracks is ${shown(tracks)}: expected Tracks`);
}
