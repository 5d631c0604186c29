import type { ColumnMetaData, FileMetaData } from 'hyparquet';
import type { TextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { tracksOfColumns } from './columns-to-tracks.ts';
import { damaged } from './damaged.ts';
import { allowedBytes, checkDeclared } from './declared-size.ts';
import type { FormatResult } from './format-result.ts';
import { joinPieces, plainColumn } from './plain-column.ts';
import type { ReadOptions } from './read-options.ts';
import { readScales, SCALES_KEY } from './stated-scales.ts';
import { wholeBytes } from './whole-bytes.ts';

/**
 * Reads a Parquet table with a row per point, with the names of columns that a table of text may have; snappy, gzip,
 * zstd, lz4 and brotli are undone. Lists and other nested columns are left out.
 */
export async function readParquet(
  bytes: AsyncIterable<Uint8Array>,
  source: string,
  options: ReadOptions,
): Promise<FormatResult> {
  const whole = await wholeBytes(bytes);
  const { parquetMetadata, parquetRead } = await import('hyparquet');
  const { parquetHeader } = await import('hyparquet/src/column.js');
  const { compressors } = await import('hyparquet-compressors');
  const end = whole.subarray(-4);
  if (whole.length < 12 || String.fromCharCode(...end) !== 'PAR1') {
    throw new ReadError('the Parquet data end early: expected PAR1 at their end', { source });
  }
  let metadata: FileMetaData;
  try {
    metadata = parquetMetadata(whole.buffer);
  } catch (error) {
    throw damaged(error, 'the Parquet data', source);
  }
  const rows = Number(metadata.num_rows);
  const allowed = allowedBytes(whole.length, options.maxUnpacked);
  checkDeclared(rows * 8, allowed, `a column of ${rows} rows`, source);
  const names = flatColumns(metadata);
  const pieces = new Map<string, unknown[][]>(names.map((name) => [name, []]));
  try {
    checkPages(metadata, whole, allowed, source, parquetHeader);
    await parquetRead({
      file: {
        byteLength: whole.length,
        slice: (from, to) => whole.buffer.slice(from, to ?? whole.length),
      },
      metadata,
      columns: names,
      compressors,
      // Of a column of dates or decimals is asked for nothing more than a number.
      parsers: {
        timestampFromMilliseconds: Number,
        timestampFromMicroseconds: Number,
        timestampFromNanoseconds: Number,
        dateFromDays: Number,
      },
      onChunk: ({ columnName, columnData }) => {
        pieces.get(columnName)!.push(columnData as unknown as unknown[]);
      },
    });
  } catch (error) {
    throw damaged(error, 'the Parquet data', source);
  }
  const kept: string[] = [];
  const columns: (Float64Array | TextColumn)[] = [];
  for (const name of names) {
    const column = plainColumn(joinPieces(pieces.get(name)!));
    pieces.delete(name);
    if (!column) continue;
    const length = column instanceof Float64Array ? column.length : column.codes.length;
    if (length !== rows) {
      throw new ReadError(`has ${length} rows: expected ${rows}`, { source, column: name });
    }
    kept.push(name);
    columns.push(column);
  }
  const said = metadata.key_value_metadata?.find(({ key }) => key === SCALES_KEY)?.value;
  const scales = readScales(said);
  return tracksOfColumns({ names: kept, columns }, source, options, scales);
}

/** Names of the columns that are neither nested nor repeated. */
function flatColumns({ schema }: FileMetaData): string[] {
  const names: string[] = [];
  for (let i = 1; i < schema.length; i++) {
    const { name, num_children: children, repetition_type: repetition } = schema[i];
    if (children) i += descendants(schema, i);
    else if (repetition !== 'REPEATED') names.push(name);
  }
  return names;
}

function descendants(schema: FileMetaData['schema'], at: number): number {
  let open = schema[at].num_children ?? 0;
  let count = 0;
  while (open > 0 && at + count + 1 < schema.length) {
    count++;
    open += (schema[at + count].num_children ?? 0) - 1;
  }
  return count;
}

/** Refuses what pages say of themselves before anything is made of them: more values than rows, more bytes than allowed. */
function checkPages(
  { row_groups: groups }: FileMetaData,
  whole: Uint8Array,
  allowed: number,
  source: string,
  parquetHeader: typeof import('hyparquet/src/column.js').parquetHeader,
): void {
  const view = new DataView(whole.buffer);
  for (const { columns, num_rows: rows } of groups) {
    for (const { meta_data: chunk } of columns) {
      if (!chunk) continue;
      const column = chunk.path_in_schema.join('.');
      const [from, to] = extentOf(chunk);
      if (!(from >= 4 && from <= to && to <= whole.length)) {
        throw new ReadError(
          `is said to be in the bytes ${from} to ${to}: expected some of the file`,
          {
            source,
            column,
          },
        );
      }
      const flat = chunk.path_in_schema.length === 1;
      const reader = { view, offset: from };
      while (reader.offset < to) {
        const page = parquetHeader(reader);
        const dictionary = page.type === 'DICTIONARY_PAGE';
        const { num_values: values = 0 } =
          page.data_page_header ?? page.data_page_header_v2 ?? page.dictionary_page_header ?? {};
        if (!(page.compressed_page_size >= 0 && page.uncompressed_page_size >= 0)) {
          throw new RangeError('a page of less than no bytes');
        }
        checkDeclared(page.uncompressed_page_size, allowed, 'a page', source, column);
        if (!(values >= 0 && (dictionary || !flat || values <= rows))) {
          throw new ReadError(`has a page of ${values} values: expected at most ${rows}`, {
            source,
            column,
          });
        }
        checkDeclared(values * 8, allowed, 'a page', source, column);
        reader.offset += page.compressed_page_size;
      }
    }
  }
}

function extentOf(chunk: ColumnMetaData): [number, number] {
  const data = Number(chunk.data_page_offset);
  const dictionary = Number(chunk.dictionary_page_offset ?? 0);
  const from = dictionary > 0 && dictionary < data ? dictionary : data;
  return [from, from + Number(chunk.total_compressed_size)];
}
