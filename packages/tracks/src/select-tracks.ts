import { type Column, type Columns, isTextColumn, type NumericArray, takeRows } from './column.ts';
import { TracksError } from './errors.ts';
import { Tracks } from './tracks.ts';

/**
 * The tracks at `indices`, in that order and as often as named, with every column.
 *
 * @param tracks any set
 * @param indices places in the set, from 0
 * @throws {@link TracksError} when an index is no integer from 0 to count − 1
 *
 * @example
 * selectTracks(tracks, [2, 0]).count // 2
 */
export function selectTracks(tracks: Tracks, indices: ArrayLike<number>): Tracks {
  const { count, offsets, dim } = tracks;
  const selected = new Uint32Array(indices.length + 1);
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i];
    if (!(Number.isInteger(index) && index >= 0 && index < count)) {
      throw new TracksError(
        `indices[${i}] is ${index}: expected an integer from 0 to ${count - 1}`,
      );
    }
    selected[i + 1] = selected[i] + offsets[index + 1] - offsets[index];
  }
  const gather = <A extends NumericArray>(values: A, width: number): A => {
    const rows = new (values.constructor as new (n: number) => A)(selected[indices.length] * width);
    for (let i = 0; i < indices.length; i++) {
      const from = offsets[indices[i]] * width;
      const to = offsets[indices[i] + 1] * width;
      rows.set(values.subarray(from, to), selected[i] * width);
    }
    return rows;
  };
  const gatherColumn = (column: Column): Column =>
    isTextColumn(column)
      ? { codes: gather(column.codes, 1), dictionary: column.dictionary }
      : gather(column, 1);
  const each = (columns: Columns, take: (column: Column) => Column) =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, take(column)]));
  return new Tracks({
    ...tracks.data,
    positions: gather(tracks.positions, dim),
    offsets: selected,
    ...(tracks.frames && { frames: gather(tracks.frames, 1) }),
    pointColumns: each(tracks.pointColumns, gatherColumn),
    trackColumns: each(tracks.trackColumns, (column) => takeRows(column, indices)),
  });
}
