import { TracksError } from '../errors.ts';
import type { OptionNames } from '../names/check-options.ts';

const FORMATS = [
  'csv',
  'trackmate',
  'andi',
  'json',
  'npy',
  'icy',
  'mosaic',
  'mat',
  'parquet',
  'arrow',
  'geff',
] as const;

/** The kinds of files that hold tracks; each may be gzipped as well. */
export type TrackFormat = (typeof FORMATS)[number];

/** What a column of a table can be for. */
export type ColumnRole = 'track' | 'frame' | 'x' | 'y' | 'z' | 't';

/**
 * How to read; what is given here goes before what the file says. Duplicates are settled first, then `frames`,
 * `splitGaps` and `minLength` are applied, in this order.
 */
export interface ReadOptions {
  /** What the file is; by its name and content when left out. */
  format?: TrackFormat;
  /**
   * Names of the columns of a table (other formats have no choice), for those that are not recognised or not wanted: `{ track: 'cell', x: 'cx' }`.
   * A table without a header has the names '1', '2', …; '' says that there is no such column (`{ z: '' }`).
   */
  columns?: Partial<Record<ColumnRole, string>>;
  /**
   * Further columns to keep: true for all of them, or their names. Numbers become a Float64Array (an empty field is
   * NaN), anything else a TextColumn.
   */
  keep?: boolean | readonly string[];
  /**
   * Keep the localisation error of each point where a table has a column of it for every axis, or one for x and y: as the
   * pointColumns `x_err`, `y_err`, `z_err`, standard deviations in the unit of the positions, with which `pixelSize`
   * multiplies them. Known are `x_err`, `x_std`, `uncertainty_x`, `lpx` (Picasso) and the like for an axis;
   * `uncertainty_xy`, `uncertainty` (ThunderSTORM), `precision` (swift), `loc_precision`, `ep` (trackpy) for both;
   * u-track's standard deviations.
   */
  errors?: boolean;
  /** Columns that have one value per track (label, alpha): kept as trackColumns. */
  perTrack?: readonly string[];
  /** Seconds between two frames. A time column is then not looked at. */
  dt?: number;
  /** Unit of the positions, or of what they become by `pixelSize`. */
  positionUnit?: string;
  /** Width of a pixel: positions in pixels are multiplied by it, and are in µm then, or in `positionUnit`. */
  pixelSize?: number;
  /** What to do with two points of a track in one frame: refuse (the default), take the first, or their mean. */
  duplicates?: 'error' | 'first' | 'mean';
  /** Only these frames, both bounds included. */
  frames?: { from?: number; to?: number };
  /** Cut tracks where more than so many frames are missing. */
  splitGaps?: number;
  /** Leave out tracks with fewer points. */
  minLength?: number;
  /**
   * The most bytes that a gzipped file is unpacked to, or an array of a file that packs its arrays. When left out, 64 times the bytes of the file, at least 16 MiB and
   * at most 4 GiB: tracks become 3 to 20 times smaller by gzip, and what is made to fill the memory a thousand times.
   */
  maxUnpacked?: number;
}

/** Columns of the localisation error of points along x, y and z. */
export const ERROR_COLUMNS = ['x_err', 'y_err', 'z_err'] as const;

/** Names of the {@link ReadOptions}. */
export const READ_OPTIONS: OptionNames<ReadOptions> = {
  format: true,
  columns: true,
  keep: true,
  errors: true,
  perTrack: true,
  dt: true,
  positionUnit: true,
  pixelSize: true,
  duplicates: true,
  frames: true,
  splitGaps: true,
  maxUnpacked: true,
  minLength: true,
};

/** What was found in one file. */
export interface FileReport {
  file: string;
  format: TrackFormat;
  /** Tracks and points in the set that was made of it, so after `frames`, `splitGaps` and `minLength`. */
  tracks: number;
  points: number;
  /** TrackMate, Imaris, GEFF: spots that belong to no track. */
  spotsOutsideTracks: number;
  /** TrackMate session: tracks that its track filters hide. */
  hiddenTracks: number;
  /** Icy: points that the tracker supposed where it found nothing, which are left out: there the track has a gap. */
  supposed: number;
  /** TrackMate session, GEFF, Icy, u-track: links cut where a track splits or merges. */
  cuts: number;
  /** Points merged into another, or dropped, by `duplicates`. */
  duplicates: number;
}

/** Throws a {@link TracksError} for an option that no file could be read with. */
export function checkReadOptions(options: ReadOptions): void {
  for (const name of ['dt', 'pixelSize'] as const) {
    const value = options[name];
    if (value !== undefined && !(value > 0 && Number.isFinite(value))) {
      throw new TracksError(`${name} is ${value}: expected a positive number`);
    }
  }
  for (const name of ['splitGaps', 'minLength', 'maxUnpacked'] as const) {
    const value = options[name];
    if (value !== undefined && !(Number.isInteger(value) && value >= 0)) {
      throw new TracksError(`${name} is ${value}: expected an integer from 0`);
    }
  }
  const { duplicates = 'error', format = 'csv' } = options;
  if (!['error', 'first', 'mean'].includes(duplicates)) {
    throw new TracksError(`duplicates is '${duplicates}': expected error, first or mean`);
  }
  if (!FORMATS.includes(format)) {
    throw new TracksError(`format is '${format}': expected one of ${FORMATS.join(', ')}`);
  }
  for (const role of Object.keys(options.columns ?? {})) {
    if (!['track', 'frame', 'x', 'y', 'z', 't'].includes(role)) {
      throw new TracksError(`columns.${role} is unknown: expected track, frame, x, y, z or t`);
    }
  }
}
