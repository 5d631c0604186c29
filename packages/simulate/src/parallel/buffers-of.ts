import type { Column, TracksData } from '@diffusion/tracks';

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
