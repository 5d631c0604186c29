import type { Dim, Track, Tracks } from '@diffusion/tracks';
import { shown } from '@diffusion/tracks/messages';
import { FeaturesError } from './errors.ts';

/** A track as the features read it: one array per axis, and a lazily filled store of what several features need. */
export interface TrackContext {
  /** Number of points. */
  readonly length: number;
  readonly dim: Dim;
  readonly dt: number;
  /** Coordinates, one array of `length` values per axis. */
  readonly axes: readonly Float64Array[];
  /** Frames of the points, counted from the first; undefined when none is missing. */
  readonly frames: Int32Array | undefined;
  /** Number of frames from the first point to the last, both included; `length` when none is missing. */
  readonly span: number;
  /** Largest distance of a point from the first one: the length scale of the tests for zero. */
  readonly extent: number;
  /** What {@link derived} keeps: first the copy of this package that keeps it, then its results by slot. */
  readonly memo: unknown[];
}

/** What is smaller than this times a length scale of the track is zero. */
export const ZERO = 1e-12;

/** This copy of the package: the slots of another one, in a bundle of its own, hold other results. */
const COPY = {};
let slots = 1;

/**
 * An intermediate result that several features share: computed at the first call for a track, kept in its context. Make
 * it once, beside the features, and not inside of them.
 *
 * @example
 * const steps = derived(({ axes: [x] }) => x.slice(1).map((value, i) => value - x[i]));
 * const longest = defineFeature({
 *   name: 'longest',
 *   meaning: 'Longest step along x.',
 *   compute: (context) => Math.max(...steps(context).map(Math.abs)),
 * });
 */
export function derived<T>(compute: (context: TrackContext) => T): (context: TrackContext) => T {
  const slot = slots++;
  return (context) => {
    if (context.memo[slot] === undefined) context.memo[slot] = compute(context);
    return context.memo[slot] as T;
  };
}

/**
 * The context of a track, or the context itself when it is one.
 *
 * Throws {@link FeaturesError} when the track has no points, when its arrays do not fit each other, when a coordinate
 * is not finite, or when its frames do not increase.
 */
export function contextOf(track: Track | TrackContext): TrackContext {
  if (typeof track === 'object' && track !== null && 'memo' in track)
    return track.memo[0] === COPY ? track : { ...track, memo: [COPY] };
  if (!ArrayBuffer.isView((track as Track | undefined)?.positions)) {
    throw new FeaturesError(`track is ${shown(track)}: expected a track, such as tracks.at(0)`);
  }
  if ('offsets' in track) {
    const { count } = track as unknown as Tracks;
    throw new FeaturesError(
      `track is Tracks, ${count} of them: expected one, such as tracks.at(0)`,
    );
  }
  const { length, dim, positions, frames, dt, index } = track;
  if (length < 1) throw new FeaturesError(`track ${index} has no points: expected at least 1`);
  if (positions.length !== length * dim) {
    throw new FeaturesError(
      `track ${index} has ${positions.length} coordinates: expected ${length} points × ${dim} dimensions`,
    );
  }
  const axes: Float64Array[] = [];
  let extent2 = 0;
  for (let a = 0; a < dim; a++) axes.push(new Float64Array(length));
  for (let i = 0; i < length; i++) {
    let r2 = 0;
    for (let a = 0; a < dim; a++) {
      const x = positions[i * dim + a];
      axes[a][i] = x;
      r2 += (x - positions[a]) * (x - positions[a]);
    }
    if (!(r2 >= extent2)) {
      if (Number.isNaN(r2)) notFinite(track, i);
    } else extent2 = r2;
  }
  if (extent2 === Number.POSITIVE_INFINITY || !Number.isFinite(axes[0][0])) {
    for (let i = 0; i < length; i++) notFinite(track, i);
  }
  const relative = frames && relativeFrames(frames, index);
  return {
    length,
    dim,
    dt,
    axes,
    frames: relative,
    span: relative ? relative[length - 1] + 1 : length,
    extent: Math.sqrt(extent2),
    memo: [COPY],
  };
}

/** Throws when a coordinate of point i is not finite. */
function notFinite({ index, positions, dim }: Track, i: number): void {
  for (let a = 0; a < dim; a++) {
    const x = positions[i * dim + a];
    if (!Number.isFinite(x)) {
      throw new FeaturesError(
        `track ${index}, point ${i}: coordinate ${'xyz'[a]} is ${x}, expected a finite number`,
      );
    }
  }
}

function relativeFrames(frames: Int32Array, index: number): Int32Array | undefined {
  let gapped = false;
  for (let i = 1; i < frames.length; i++) {
    const step = frames[i] - frames[i - 1];
    if (step < 1) {
      throw new FeaturesError(
        `track ${index}: frame ${frames[i]} comes after frame ${frames[i - 1]}, expected increasing frames`,
      );
    }
    if (step > 1) gapped = true;
  }
  return gapped ? frames.map((frame) => frame - frames[0]) : undefined;
}
