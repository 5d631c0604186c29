import { TracksError } from '../errors.ts';
import { checkOptions } from '../names/check-options.ts';
import { through } from '../read/bytes.ts';
import type { Tracks } from '../tracks.ts';
import { andiText } from './andi-text.ts';
import { checkFinite, checkTracksShown } from './check-holds.ts';
import { csvText } from './csv-text.ts';
import { jsonText } from './json-text.ts';
import { npyBytes } from './npy-bytes.ts';
import { textBlocks } from './text-blocks.ts';
import { trackmateText } from './trackmate-text.ts';

/** What to write beside the tracks themselves. */
export interface WriteOptions {
  /**
   * Further columns of a table (.csv, .parquet, .arrow) or of the nodes of a graph (.geff): all of them, or their names.
   * JSON has all of them always, the other formats none.
   */
  columns?: boolean | readonly string[];
  /**
   * Units and interval in the header of a table, `x [µm]`, `frame [0.03 s]`, which the reader understands; without it
   * the header is `track,frame,x,y,z`, which every script understands. JSON, XML, Parquet, Arrow and GEFF carry them always.
   */
  units?: boolean;
}

/**
 * Tracks as the bytes of a file, in pieces, in the format that the ending of its name says: `.csv`, `.json`, `.npy`,
 * `.txt` (AnDi), `.xml` (TrackMate's simple export), each also `.gz`; `.parquet`, `.arrow` or
 * `.feather`, `.geff.zip` (a GEFF graph in a zip archive).
 *
 * @throws {@link TracksError} for another ending, a column that is not there, and what the format cannot hold: a gap
 *   (npy, AnDi), tracks of different lengths (npy), a track without points (all but JSON), a position that is not finite
 *
 * @example
 * new Blob(await Array.fromAsync(encodeTracks(tracks, 'tracks.csv.gz')))
 */
export async function* encodeTracks(
  tracks: Tracks,
  name: string,
  options: WriteOptions = {},
): AsyncGenerator<Uint8Array> {
  checkOptions('encodeTracks', options, { columns: true, units: true });
  const { format, gzip, folder } = formatOf(name);
  if (folder) {
    throw new TracksError(`${name}: is a folder: expected .geff.zip, where it is one file`);
  }
  checkFinite(tracks);
  if (format !== 'json' && !(format === 'csv' && tracks.count === 0)) {
    checkTracksShown(tracks, `.${format === 'csv' ? 'csv' : format}`);
  }
  const bytes = encode(tracks, format, options);
  if (gzip) yield* through(bytes, new CompressionStream('gzip'));
  else yield* bytes;
}

/** What can be written, by the ending of the name. */
const FORMATS = {
  csv: 'csv',
  json: 'json',
  npy: 'npy',
  txt: 'andi',
  xml: 'trackmate',
  parquet: 'parquet',
  arrow: 'arrow',
  feather: 'arrow',
  'geff.zip': 'geff',
  geff: 'geff',
} as const;

/** The format that a file name stands for when writing; `.geff` is a folder, which `writeTracks` of Node makes. */
export function formatOf(name: string): { format: WrittenFormat; gzip: boolean; folder: boolean } {
  const [, ending, gz] =
    /\.(csv|json|npy|txt|xml)(\.gz)?$/i.exec(name) ??
    /\.(parquet|arrow|feather|geff\.zip|geff)$/i.exec(name) ??
    [];
  const lower = ending?.toLowerCase();
  const format = FORMATS[lower as keyof typeof FORMATS];
  if (!format) {
    throw new TracksError(
      `${name}: expected a name in .csv, .json, .npy, .txt or .xml, or these with .gz; or .parquet, .arrow, .feather, .geff or .geff.zip`,
    );
  }
  return { format, gzip: gz !== undefined, folder: lower === 'geff' };
}

/** The formats that are written. */
export type WrittenFormat = (typeof FORMATS)[keyof typeof FORMATS];

async function* encode(
  tracks: Tracks,
  format: WrittenFormat,
  options: WriteOptions,
): AsyncGenerator<Uint8Array> {
  const { columns = false } = options;
  if (format === 'npy') {
    yield* npyBytes(tracks);
    return;
  }
  if (format === 'parquet') {
    yield (await import('./parquet-bytes.ts')).parquetBytes(tracks, columns);
    return;
  }
  if (format === 'arrow') {
    yield* (await import('./arrow-bytes.ts')).arrowBytes(tracks, columns);
    return;
  }
  if (format === 'geff') {
    const { geffFiles } = await import('./geff-files.ts');
    const { zipSync } = await import('fflate');
    // The chunks are packed already.
    yield zipSync(Object.fromEntries(await geffFiles(tracks, columns)), { level: 0 });
    return;
  }
  const texts = {
    csv: () => csvText(tracks, options),
    json: () => jsonText(tracks),
    andi: () => andiText(tracks),
    trackmate: () => trackmateText(tracks),
  };
  const encoder = new TextEncoder();
  for (const block of textBlocks(texts[format]())) yield encoder.encode(block);
}
