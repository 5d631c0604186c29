import type { Table } from 'apache-arrow';
import type { TextColumn } from '../column.ts';
import { ReadError, TracksError } from '../errors.ts';
import { oneLine, shorten } from '../quote-value.ts';
import { tracksOfColumns } from './columns-to-tracks.ts';
import { allowedBytes, checkDeclared } from './declared-size.ts';
import type { FormatResult } from './format-result.ts';
import { plainColumn } from './plain-column.ts';
import type { ReadOptions } from './read-options.ts';
import { readScales, SCALES_KEY } from './stated-scales.ts';
import { wholeBytes } from './whole-bytes.ts';

/**
 * Reads an Arrow table (an IPC file, which is "Feather 2", or an IPC stream) with a row per point. Needs the package
 * `apache-arrow`. Buffers compressed by lz4 or zstd are not read: that package has no codec for them.
 */
export async function readArrow(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const whole = await wholeBytes(bytes);
  const { tableFromIPC } = await loadArrow(source);
  let table: Table;
  try {
    table = tableFromIPC(whole);
  } catch (error) {
    const said = shorten(oneLine(error instanceof Error ? error.message : String(error)), 120);
    throw new ReadError(
      /compress/i.test(said)
        ? "the Arrow data are compressed: expected them as they are (pandas: df.to_feather(…, compression='uncompressed')), or Parquet"
        : `the Arrow data end early or are damaged (${said})`,
      { source },
    );
  }
  const allowed = allowedBytes(whole.length, options.maxUnpacked);
  checkDeclared(table.numRows * 8, allowed, `a column of ${table.numRows} rows`, source);
  const names: string[] = [];
  const columns: (Float64Array | TextColumn)[] = [];
  for (const [i, { name }] of table.schema.fields.entries()) {
    let column: Float64Array | TextColumn | undefined;
    try {
      const vector = table.getChildAt(i)!;
      column = plainColumn(vector.nullCount === 0 ? vector.toArray() : [...vector]);
    } catch (error) {
      const said = shorten(oneLine((error as Error).message), 120);
      throw new ReadError(`the Arrow data end early or are damaged (${said})`, {
        source,
        column: name,
      });
    }
    if (!column) continue;
    const length = column instanceof Float64Array ? column.length : column.codes.length;
    if (length !== table.numRows) {
      throw new ReadError(`has ${length} rows: expected ${table.numRows}`, {
        source,
        column: name,
      });
    }
    names.push(name);
    columns.push(column);
  }
  const scales = readScales(table.schema.metadata.get(SCALES_KEY));
  return tracksOfColumns({ names, columns }, source, options, scales);
}

/** The optional package. */
export async function loadArrow(source: string): Promise<typeof import('apache-arrow')> {
  try {
    return await import('apache-arrow');
  } catch (error) {
    const { code } = error as { code?: string };
    if (code !== undefined && code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new TracksError(
      `${source}: Arrow files need the package apache-arrow: npm install apache-arrow`,
      { cause: error },
    );
  }
}
