import { type Column, type Columns, isTextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { filterTracks } from '../filter-tracks.ts';
import { checkOptions } from '../names/check-options.ts';
import { sliceFrames } from '../slice-frames.ts';
import { splitGaps } from '../split-gaps.ts';
import { Tracks } from '../tracks.ts';
import { type ByteSource, chunks, type Peeked, peek } from './bytes.ts';
import { decodeText, encodingOf } from './decode-text.ts';
import type { FormatResult } from './format-result.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { readAndi } from './read-andi.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { readNpy } from './read-npy.ts';
import {
  checkReadOptions,
  ERROR_COLUMNS,
  type FileReport,
  READ_OPTIONS,
  type ReadOptions,
  type TrackFormat,
} from './read-options.ts';
import { readTrackmate } from './read-trackmate.ts';
import { normalUnit } from './units.ts';
import { unpack } from './unpack.ts';

/**
 * Reads tracks from bytes: of a file, a response, an upload. The format is recognised by the name and the content
 * (see {@link ReadOptions.format}); gzip is undone. Runs in browsers too.
 *
 * @param source the bytes, in pieces or whole; never held in memory whole, but for JSON
 * @param name the name of the file: its ending counts, and errors begin with it
 * @param options what goes before what the file says, and what to keep of it
 * @throws {@link ReadError} for a file that is not as it should be: one line with file, line and column
 * @throws {@link TracksError} for an option that no file could be read with
 *
 * @example
 * const { tracks, report } = await readTracksFrom(response.body, 'spots.csv', { dt: 0.03 });
 */
export async function readTracksFrom(
  source: ByteSource,
  name: string,
  options: ReadOptions = {},
): Promise<{ tracks: Tracks; report: FileReport }> {
  checkOptions('readTracksFrom', options, READ_OPTIONS);
  checkReadOptions(options);
  const file = await peek(chunks(source), HEAD);
  try {
    if (file.head.length === 0) throw new ReadError('the file is empty', { source: name });
    const gzipped = file.head[0] === 0x1f && file.head[1] === 0x8b;
    if (/\.gz$/i.test(name) !== gzipped) {
      throw new ReadError(
        gzipped
          ? 'the file is gzip data: expected its name to end in .gz'
          : 'the file is not gzip data: expected that from its name',
        { source: name },
      );
    }
    if (!gzipped) return await readPlain(file, name, options);
    const unzipped = await peek(unpack(file.whole, name, options.maxUnpacked), HEAD);
    try {
      return await readPlain(unzipped, name, options);
    } finally {
      await unzipped.close();
    }
  } finally {
    await file.close();
  }
}

/** So many bytes tell what a file is. */
const HEAD = 4096;

async function readPlain({ head, whole }: Peeked, name: string, options: ReadOptions) {
  if (head.length === 0) throw new ReadError('the file is empty', { source: name });
  const format = options.format ?? recogniseFormat(head, name, options);
  const read = await readFormat(format, whole, head, name, options).catch((error) => {
    throw tooLarge(error, name);
  });
  const tracks = applyOptions(read.tracks, name, options);
  const report: FileReport = {
    file: name,
    format,
    tracks: tracks.count,
    points: tracks.pointCount,
    spotsOutsideTracks: 0,
    hiddenTracks: 0,
    cuts: 0,
    duplicates: 0,
    ...read.found,
  };
  return { tracks, report };
}

function recogniseFormat(head: Uint8Array, name: string, options: ReadOptions): TrackFormat {
  const ending = /\.(csv|tsv|txt|xml|json|npy)(\.gz)?$/i.exec(name)?.[1].toLowerCase();
  const fail = (message: string): never => {
    throw new ReadError(message, { source: name });
  };
  if (head[0] === 0x93 && String.fromCharCode(...head.subarray(1, 6)) === 'NUMPY') {
    if (ending !== undefined && ending !== 'npy') fail(`the file is npy data: expected .${ending}`);
    return 'npy';
  }
  if (ending === 'npy') fail('the file does not begin as npy data does: expected \\x93NUMPY');
  const encoding = encodingOf(head);
  const text = new TextDecoder(encoding).decode(head, { stream: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what no text has
  if (/[\x00-\x08\x0e-\x1f]/.test(text)) fail('the file holds binary data: expected text');
  const first = text.trimStart()[0];
  const content = first === '<' ? 'trackmate' : first === '{' || first === '[' ? 'json' : 'table';
  const expected = { xml: 'trackmate', json: 'json', csv: 'table', tsv: 'table', txt: 'table' };
  const named = expected[ending as keyof typeof expected];
  if (named !== undefined && named !== content) {
    const looks = { trackmate: 'XML', json: 'JSON', table: 'a table' };
    const expectedText = looks[named as keyof typeof looks];
    fail(
      content === 'table'
        ? `the file is not ${expectedText}: expected that from its name`
        : `the file is ${looks[content]}: expected ${expectedText} from its name`,
    );
  }
  if (content !== 'table') return content;
  // A table begins with a header, or else with the columns that the caller tells.
  const andi = /^\s*[123](\.0*)?;/.test(text) && options.columns === undefined;
  if (!andi || ending === 'csv' || ending === 'tsv') return 'csv';
  if (/(^|[\\/])ref\d[^\\/]*$/i.test(name)) {
    throw new NotTracksError('the name says labels (ref…): expected task….txt', { source: name });
  }
  return 'andi';
}

function readFormat(
  format: TrackFormat,
  bytes: AsyncIterable<Uint8Array>,
  head: Uint8Array,
  name: string,
  options: ReadOptions,
): Promise<FormatResult> {
  if (format === 'npy') return readNpy(bytes, name);
  const binary = encodingOf(head) === 'utf-8' && head.includes(0);
  if (binary) throw new ReadError('the file holds binary data: expected text', { source: name });
  const text = decodeText(bytes, name);
  if (format === 'andi') return readAndi(text, name);
  if (format === 'json') return readJson(text, name);
  return format === 'trackmate' ? readTrackmate(text, name, options) : readCsv(text, name, options);
}

/** What V8, SpiderMonkey and JavaScriptCore say of an array, a buffer, a string or a map that would be too large. */
const TOO_LARGE =
  /allocation failed|out of memory|invalid (typed )?array (buffer )?length|string length|map maximum size/i;

function tooLarge(error: unknown, name: string): unknown {
  if (!(error instanceof RangeError && TOO_LARGE.test(error.message))) return error;
  return new ReadError(
    'the file holds more points or tracks than fit in memory: expected less, in several files',
    { source: name },
    { cause: error },
  );
}

function applyOptions(read: Tracks, name: string, options: ReadOptions): Tracks {
  let tracks = read;
  if (options.dt !== undefined) {
    tracks = new Tracks({ ...tracks.data, dt: options.dt, timeUnit: 's' });
  }
  tracks = inUnits(tracks, name, options);
  if (options.frames) tracks = sliceFrames(tracks, options.frames);
  if (options.splitGaps !== undefined) tracks = splitGaps(tracks, options.splitGaps);
  const { minLength = 0 } = options;
  return minLength > 0 ? filterTracks(tracks, (track) => track.length >= minLength) : tracks;
}

function inUnits(tracks: Tracks, name: string, options: ReadOptions): Tracks {
  const chosen = options.positionUnit === undefined ? undefined : normalUnit(options.positionUnit);
  const { pixelSize } = options;
  if (pixelSize === undefined) {
    return chosen === undefined ? tracks : new Tracks({ ...tracks.data, positionUnit: chosen });
  }
  if (tracks.positionUnit !== '' && tracks.positionUnit !== 'pixel' && chosen !== 'pixel') {
    throw new ReadError(
      `positions are in ${tracks.positionUnit}, and pixelSize is for pixels: leave it out, or say that the unit is pixel`,
      { source: name },
    );
  }
  return new Tracks({
    ...tracks.data,
    positions: tracks.positions.map((x) => x * pixelSize),
    pointColumns: options.errors
      ? scaledErrors(tracks.pointColumns, pixelSize)
      : tracks.pointColumns,
    positionUnit: chosen === undefined || chosen === 'pixel' ? 'µm' : chosen,
  });
}

/** Columns of points with those of localisation errors in other units. */
function scaledErrors(columns: Columns, factor: number): Columns {
  const scaled: Record<string, Column> = { ...columns };
  for (const name of ERROR_COLUMNS) {
    const column = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (column && !isTextColumn(column))
      scaled[name] = Float64Array.from(column, (e) => e * factor);
  }
  return scaled;
}
