import type { TextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { type ArrowColumns, arrowColumns } from './arrow-file.ts';
import { tracksOfColumns } from './columns-to-tracks.ts';
import { damaged } from './damaged.ts';
import { allowedBytes } from './declared-size.ts';
import type { FormatResult } from './format-result.ts';
import { joinPieces, plainColumn } from './plain-column.ts';
import type { ReadOptions } from './read-options.ts';
import { readScales, SCALES_KEY } from './stated-scales.ts';
import { wholeBytes } from './whole-bytes.ts';

/**
 * Reads an Arrow table with a row per point (a file, which is also Feather's version 2, or a stream), with the names of
 * columns that a table of text may have; LZ4 and zstd are undone. Nested columns, bytes and decimals are left out.
 */
export async function readArrow(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const whole = await wholeBytes(bytes);
  if (String.fromCharCode(...whole.subarray(0, 4)) === 'FEA1') {
    throw new ReadError(
      "the file is of Feather's version 1: expected version 2, as write_feather(df, file) of pyarrow writes it",
      { source },
    );
  }
  const { decompressZstd } = await import('hyparquet-compressors');
  let found: ArrowColumns;
  try {
    const allowed = allowedBytes(whole.length, options.maxUnpacked);
    found = arrowColumns(whole, allowed, source, decompressZstd);
  } catch (error) {
    throw damaged(error, 'the Arrow data', source);
  }
  const names: string[] = [];
  const columns: (Float64Array | TextColumn)[] = [];
  for (const [name, pieces] of found.pieces) {
    const column = plainColumn(joinPieces(pieces));
    found.pieces.delete(name);
    if (!column) continue;
    names.push(name);
    columns.push(column);
  }
  const scales = readScales(found.metadata.get(SCALES_KEY));
  return tracksOfColumns({ names, columns }, source, options, scales);
}
