import { TracksError } from '../errors.ts';
import type { Tracks } from '../tracks.ts';
import { checkNoFrames } from './check-holds.ts';

/** Tracks of one length as a NumPy array, count × length × dim, float64. It holds no frames, units or columns. */
export function* npyBytes(tracks: Tracks): Generator<Uint8Array> {
  checkNoFrames(tracks, 'npy');
  const { count, dim, positions } = tracks;
  const length = tracks.lengthOf(0);
  for (let i = 1; i < count; i++) {
    if (tracks.lengthOf(i) === length) continue;
    throw new TracksError(
      `track ${i} has ${tracks.lengthOf(i)} points: npy expects tracks of one length, ${length} as track 0`,
    );
  }
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${count}, ${length}, ${dim}), }`;
  // 10 bytes come before it; together they fill whole blocks of 64.
  const padded = header.padEnd(Math.ceil((header.length + 11) / 64) * 64 - 11);
  yield Uint8Array.from(`\x93NUMPY\x01\x00`, (c) => c.charCodeAt(0));
  yield Uint8Array.of(padded.length + 1, (padded.length + 1) >> 8);
  yield new TextEncoder().encode(`${padded}\n`);
  const block = 1 << 15;
  for (let from = 0; from < positions.length; from += block) {
    const values = positions.subarray(from, from + block);
    const bytes = new DataView(new ArrayBuffer(values.length * 8));
    for (let i = 0; i < values.length; i++) bytes.setFloat64(i * 8, values[i], true);
    yield new Uint8Array(bytes.buffer);
  }
}
