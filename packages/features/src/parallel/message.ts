import type { Dim } from '@diffusion/tracks';
import type { SentFeature } from './sent-features.ts';

/** What a worker is told once. */
export interface Setup {
  readonly features: readonly SentFeature[];
}

/** A run of tracks whose features a worker is to compute: a column per feature. */
export interface RunOfTracks {
  /** Place of the first track in the whole set. */
  readonly first: number;
  readonly positions: Float64Array;
  readonly offsets: Uint32Array;
  readonly frames: Int32Array | undefined;
  readonly dim: Dim;
  readonly dt: number;
}

/** True for a SharedArrayBuffer, which does not exist in every browser tab. */
export function isShared(buffer: ArrayBufferLike): boolean {
  return Object.prototype.toString.call(buffer) === '[object SharedArrayBuffer]';
}

/** A run of tracks with the errors of its points, a column per axis where the file has them. */
export interface RunWithErrors extends RunOfTracks {
  readonly errors: Readonly<Record<string, Float64Array>>;
}
