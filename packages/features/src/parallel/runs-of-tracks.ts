import type { Tracks } from '@diffusion/tracks';
import { FeaturesError } from '../errors.ts';
import { isShared, type RunOfTracks } from './message.ts';

/** Throws {@link FeaturesError} unless it is an integer of at least 1. */
export function atLeastOne(name: string, value: number): number {
  if (!(Number.isInteger(value) && value >= 1)) {
    throw new FeaturesError(`${name} is ${value}: expected an integer of at least 1`);
  }
  return value;
}

/** Places at which runs of about so many points begin, and the end. */
export function cutRuns({ offsets, count }: Tracks, points: number): [from: number, to: number][] {
  const runs: [number, number][] = [];
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && offsets[to + 1] - offsets[from] <= points) to++;
    runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** The message for a run of tracks: its own arrays, of no more than the run, or views of shared ones. */
export function runOf(
  { positions, offsets, frames, dim, dt }: Tracks,
  from: number,
  to: number,
): RunOfTracks {
  const [begin, end] = [offsets[from], offsets[to]];
  return {
    first: from,
    positions: cut(positions, begin * dim, end * dim),
    offsets: Uint32Array.from({ length: to - from + 1 }, (_, i) => offsets[from + i] - begin),
    frames: frames && cut(frames, begin, end),
    dim,
    dt,
  };
}

function cut<A extends Float64Array | Int32Array>(array: A, from: number, to: number): A {
  return (isShared(array.buffer) ? array.subarray(from, to) : array.slice(from, to)) as A;
}
