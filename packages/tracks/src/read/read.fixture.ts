import { gzipSync } from 'node:zlib';
import { columnValue, ReadError, type ReadOptions, readTracksFrom, type Tracks } from '../index.ts';

/** Reads a text or bytes as a file of that name. */
export async function read(content: string | Uint8Array, name: string, options?: ReadOptions) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readTracksFrom(bytes, name, options);
}

/** Reads a table, and gives back only the tracks. */
export async function table(content: string, options?: ReadOptions): Promise<Tracks> {
  return (await read(content, 'table.csv', options)).tracks;
}

/** The message of the ReadError that reading ends in; fails when it ends otherwise. */
export async function problem(
  content: string | Uint8Array,
  name = 'table.csv',
  options?: ReadOptions,
): Promise<string> {
  const end = await read(content, name, options).catch((error) => error);
  if (!(end instanceof ReadError)) throw new Error(`expected a ReadError, not ${end}`);
  if (/[\r\n]/.test(end.message)) throw new Error(`expected one line, not ${end.message}`);
  return end.message;
}

/** Every track as [frame, x, y, z] rows. */
export function rows(tracks: Tracks): number[][][] {
  return [...tracks].map((track) =>
    Array.from({ length: track.length }, (_, p) => [
      track.frames?.[p] ?? p,
      ...track.positions.subarray(p * track.dim, (p + 1) * track.dim),
    ]),
  );
}

/** A column as plain values. */
export function values(tracks: Tracks, name: string): (number | string)[] {
  const column = tracks.pointColumns[name] ?? tracks.trackColumns[name];
  const length = tracks.pointColumns[name] ? tracks.pointCount : tracks.count;
  return Array.from({ length }, (_, i) => columnValue(column, i));
}

export const gzip = (content: string | Uint8Array): Uint8Array => new Uint8Array(gzipSync(content));
