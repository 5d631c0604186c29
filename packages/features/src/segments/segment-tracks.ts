import { type Columns, Tracks, takeRows } from '@diffusion/tracks';
import type { Segment } from './segment.ts';

/** The ends of a segment. */
type Ends = Pick<Segment, 'from' | 'to'>;

/**
 * Segments as tracks of their own, one after the other, to be estimated like any: each with the point that follows it, to which its last
 * step goes. Columns are kept.
 *
 * @param segments of every track, in the order of the tracks.
 *
 * @example
 * motionEstimates(segmentTracks(tracks, segments)); // D and α of every segment, with intervals
 */
export function segmentTracks(tracks: Tracks, segments: readonly (readonly Ends[])[]): Tracks {
  const { dim, positions, frames, offsets, pointColumns, trackColumns } = tracks.data;
  const points: number[] = [];
  const starts = [0];
  const rows: number[] = [];
  for (const [i, own] of segments.entries()) {
    for (const { from, to } of own) {
      const end = Math.min(to + 1, tracks.lengthOf(i));
      for (let t = from; t < end; t++) points.push(offsets[i] + t);
      starts.push(points.length);
      rows.push(i);
    }
  }
  const coordinates = new Float64Array(points.length * dim);
  for (const [k, point] of points.entries()) {
    for (let axis = 0; axis < dim; axis++) {
      coordinates[k * dim + axis] = positions[point * dim + axis];
    }
  }
  const taken = (columns: Columns, at: readonly number[]): Columns =>
    Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, takeRows(column, at)]),
    );
  return new Tracks({
    ...tracks.data,
    positions: coordinates,
    offsets: Uint32Array.from(starts),
    frames: frames && Int32Array.from(points, (point) => frames[point]),
    pointColumns: taken(pointColumns, points),
    trackColumns: taken(trackColumns, rows),
  });
}
