import { type Column, type Columns, takeRows } from './column.ts';
import { Tracks } from './tracks.ts';

/**
 * A set made of runs of consecutive points of another: run i is the points from[i] … to[i] − 1, which belong to
 * track track[i] and become a track of their own, with a copy of its row of every trackColumn. `frames` are those of
 * all points of the other set.
 */
export function takeRuns(
  tracks: Tracks,
  runs: { from: readonly number[]; to: readonly number[]; track: readonly number[] },
  frames: Int32Array,
): Tracks {
  const { dim } = tracks;
  const offsets = new Uint32Array(runs.from.length + 1);
  for (let i = 0; i < runs.from.length; i++)
    offsets[i + 1] = offsets[i] + runs.to[i] - runs.from[i];
  const rows = new Uint32Array(offsets[runs.from.length]);
  const positions = new Float64Array(rows.length * dim);
  for (let i = 0; i < runs.from.length; i++) {
    positions.set(
      tracks.positions.subarray(runs.from[i] * dim, runs.to[i] * dim),
      offsets[i] * dim,
    );
    for (let p = runs.from[i]; p < runs.to[i]; p++) rows[offsets[i] + p - runs.from[i]] = p;
  }
  const take = (columns: Columns, indices: ArrayLike<number>) =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]): [string, Column] => [
        name,
        takeRows(column, indices),
      ]),
    );
  return new Tracks({
    ...tracks.data,
    positions,
    offsets,
    frames: takeRows(frames, rows),
    pointColumns: take(tracks.pointColumns, rows),
    trackColumns: take(tracks.trackColumns, runs.track),
  });
}
