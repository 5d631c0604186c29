import type { Column } from '../column.ts';
import { Growable } from './growable.ts';

/** A further column, by point as the table is. */
export interface KeptColumn {
  readonly name: string;
  finish(): Column;
}

/** Points as they come in a file, in any order, until assembleTracks makes tracks of them. */
export interface PointTable {
  source: string;
  /** Ids of the tracks in order of first appearance. */
  ids: string[];
  /** Per point: which track (an index into `ids`). */
  track: Growable<Uint32Array>;
  /** Per point; undefined when they have to come from the times. */
  frame: Growable<Int32Array> | undefined;
  /** Per axis, x first. */
  axes: Growable<Float64Array>[];
  /** Per point; undefined when the file has none, or they are not to be looked at. */
  time: Growable<Float64Array> | undefined;
  /** Line of each point, from 1; of a table that has no lines, its row. */
  line: Growable<Uint32Array>;
  /** What those are, for messages. */
  counts: 'line' | 'row';
  columns: KeptColumn[];
  /** Names of the columns in the file, for messages. */
  names: { track: string | undefined; frame: string; time: string };
  positionUnit: string;
  timeUnit: string;
  /** Interval between frames that the file states. */
  dt: number | undefined;
}

/** A table without points. */
export function pointTable(source: string, axes: number): PointTable {
  return {
    source,
    ids: [],
    track: new Growable(Uint32Array),
    frame: new Growable(Int32Array),
    axes: Array.from({ length: axes }, () => new Growable(Float64Array)),
    time: undefined,
    line: new Growable(Uint32Array),
    counts: 'line',
    columns: [],
    names: { track: 'track', frame: 'frame', time: 't' },
    positionUnit: '',
    timeUnit: '',
    dt: undefined,
  };
}
