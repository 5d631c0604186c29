import { isTextColumn, type Tracks } from '@diffusion/tracks';

/** What was recorded together: a number per track, from 0, by the column `file`; one for all without it. */
export function sessionsOf({ trackColumns, count }: Tracks): { of: Uint32Array; count: number } {
  const column = Object.hasOwn(trackColumns, 'file') ? trackColumns.file : undefined;
  if (!column) return { of: new Uint32Array(count), count: 1 };
  const places = new Map<number | string, number>();
  const of = Uint32Array.from({ length: count }, (_, i) => {
    const key = isTextColumn(column) ? column.codes[i] : Number(column[i]);
    const place = places.get(key) ?? places.size;
    places.set(key, place);
    return place;
  });
  return { of, count: Math.max(1, places.size) };
}
