import { ReadError } from '../errors.ts';
import { checkOptions } from '../names/check-options.ts';
import type { Tracks } from '../tracks.ts';
import { type ByteSource, chunks, type Peeked, peek } from './bytes.ts';
import { decodeText, encodingOf } from './decode-text.ts';
import { finishRead } from './finish-read.ts';
import type { FormatResult } from './format-result.ts';
import { NotTracksError } from './not-tracks-error.ts';
import { readAndi } from './read-andi.ts';
import { readCsv } from './read-csv.ts';
import { readIcy } from './read-icy.ts';
import { readJson } from './read-json.ts';
import { readMosaic } from './read-mosaic.ts';
import { readNpy } from './read-npy.ts';
import {
  checkReadOptions,
  type FileReport,
  READ_OPTIONS,
  type ReadOptions,
  type TrackFormat,
} from './read-options.ts';
import { readTrackmate } from './read-trackmate.ts';
import { ENDING } from './track-endings.ts';
import { unpack } from './unpack.ts';
import { wholeBytes } from './whole-bytes.ts';

/**
 * Reads tracks from bytes: of a file, a response, an upload. The format is recognised by the name and the content
 * (see {@link ReadOptions.format}); gzip is undone. Runs in browsers too.
 *
 * @param source the bytes, in pieces or whole; never held in memory whole, but for JSON and the formats whose
 *   parts point at each other (Parquet, Arrow, MATLAB, a zip archive)
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

function readPlain(
  { head, whole }: Peeked,
  name: string,
  options: ReadOptions,
): Promise<{ tracks: Tracks; report: FileReport }> {
  if (head.length === 0) throw new ReadError('the file is empty', { source: name });
  const format = options.format ?? recogniseFormat(head, name, options);
  return finishRead(readFormat(format, whole, head, name, options), format, name, options);
}

/** How a format that is no text begins, the endings of its names, and how both are told. */
const BINARY: readonly {
  format: TrackFormat;
  begins: readonly string[];
  endings: readonly string[];
  what: string;
  expected: string;
}[] = [
  {
    format: 'npy',
    begins: ['\x93NUMPY'],
    endings: ['npy'],
    what: 'npy data',
    expected: '\\x93NUMPY',
  },
  {
    format: 'parquet',
    begins: ['PAR1'],
    endings: ['parquet'],
    what: 'Parquet data',
    expected: 'PAR1',
  },
  {
    format: 'arrow',
    // A file; version 1 of Feather, which the reader refuses; a stream.
    begins: ['ARROW1', 'FEA1', '\xff\xff\xff\xff'],
    endings: ['arrow', 'feather', 'arrows'],
    what: 'Arrow data',
    expected: 'ARROW1',
  },
  {
    format: 'mat',
    begins: ['MATLAB 5.0 MAT', 'MATLAB 7'],
    endings: ['mat'],
    what: 'a MATLAB file',
    expected: 'MATLAB 5.0 MAT-file',
  },
  {
    format: 'geff',
    begins: ['PK\x03\x04'],
    endings: ['zip', 'geff'],
    what: 'a zip archive',
    expected: 'PK',
  },
];

function recogniseFormat(head: Uint8Array, name: string, options: ReadOptions): TrackFormat {
  const ending = ENDING.exec(name)?.[1].toLowerCase() ?? '';
  const fail = (message: string): never => {
    throw new ReadError(message, { source: name });
  };
  const begin = String.fromCharCode(...head.subarray(0, 16));
  for (const { format, begins, endings, what, expected } of BINARY) {
    const found = begins.some((magic) => begin.startsWith(magic));
    if (found && ending !== '' && !endings.includes(ending)) {
      fail(`the file is ${what}: expected .${ending}`);
    }
    if (found) return format;
    if (endings.includes(ending)) {
      fail(`the file does not begin as ${what} does: expected ${expected}`);
    }
  }
  // They begin with `%`, as the report of MOSAIC does.
  const document = /^%(PDF-|!PS)/.exec(begin)?.[1];
  if (document !== undefined) {
    fail(`the file is a ${document === '!PS' ? 'PostScript' : 'PDF'} document: expected tracks`);
  }
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
  if (content === 'trackmate') return /<root[\s>]/.test(text) ? 'icy' : content;
  if (content === 'json') return content;
  if (first === '%' && (ending === 'txt' || ending === '')) return 'mosaic';
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
  if (format === 'parquet' || format === 'arrow' || format === 'mat' || format === 'geff') {
    return readBinary(format, bytes, name, options);
  }
  const binary = encodingOf(head) === 'utf-8' && head.includes(0);
  if (binary) throw new ReadError('the file holds binary data: expected text', { source: name });
  const text = decodeText(bytes, name);
  if (format === 'andi') return readAndi(text, name);
  if (format === 'json') return readJson(text, name);
  if (format === 'icy') return readIcy(text, name, options);
  if (format === 'mosaic') return readMosaic(text, name, options);
  return format === 'trackmate' ? readTrackmate(text, name, options) : readCsv(text, name, options);
}

/** The readers that few files need are loaded when one is there. */
async function readBinary(
  format: 'parquet' | 'arrow' | 'mat' | 'geff',
  bytes: AsyncIterable<Uint8Array>,
  name: string,
  options: ReadOptions,
): Promise<FormatResult> {
  if (format === 'parquet') {
    return (await import('./read-parquet.ts')).readParquet(bytes, name, options);
  }
  if (format === 'arrow') return (await import('./read-arrow.ts')).readArrow(bytes, name, options);
  if (format === 'mat') return (await import('./read-mat.ts')).readMat(bytes, name, options);
  const { zipEntries } = await import('./zip-entries.ts');
  const { readGeff } = await import('./read-geff.ts');
  const files = await zipEntries(await wholeBytes(bytes), name, options.maxUnpacked);
  return readGeff(files, name, options);
}
