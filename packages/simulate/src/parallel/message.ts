import type { Column, TracksData } from '@diffusion/tracks';
import type { Specification } from '../sets/specification.ts';

/** What a worker is asked: the tracks from … to − 1 of a data set. */
export interface Request {
  readonly id: number;
  readonly specification: Specification;
  readonly from: number;
  readonly to: number;
}

/** What a worker answers: columns, or what went wrong. */
export type Reply =
  | { readonly id: number; readonly data: TracksData }
  | { readonly id: number; readonly error: string };

/** The memory of all columns, each piece once: what moves to the other thread instead of being copied. */
export function buffersOf(data: TracksData): ArrayBuffer[] {
  const arrays: ArrayBufferView[] = [data.positions, data.offsets];
  if (data.frames) arrays.push(data.frames);
  for (const column of [...Object.values(data.pointColumns), ...Object.values(data.trackColumns)]) {
    arrays.push(typed(column));
  }
  return [...new Set(arrays.map((array) => array.buffer as ArrayBuffer))];
}

const typed = (column: Column): ArrayBufferView => ('codes' in column ? column.codes : column);
