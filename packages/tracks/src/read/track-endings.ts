/** Endings of the names of files that may hold tracks, each of which may be followed by `.gz`. */
export const TRACK_ENDINGS = [
  'csv',
  'tsv',
  'txt',
  'xml',
  'json',
  'npy',
  'parquet',
  'arrow',
  'feather',
  'arrows',
  'mat',
] as const;

/** Endings of a name that say what the file is; `.geff.zip` and `.zarr.zip` are archives of a store. */
export const ENDING = new RegExp(`\\.(${TRACK_ENDINGS.join('|')}|zip|geff)(\\.gz)?$`, 'i');

/**
 * Whether the name of a file in a folder says that it may hold tracks.
 *
 * @example
 * isTrackFile('cell 3.csv.gz') // true
 */
export const isTrackFile = (name: string): boolean =>
  new RegExp(`\\.(${TRACK_ENDINGS.join('|')})(\\.gz)?$|\\.(geff|zarr)\\.zip$`, 'i').test(name);

/**
 * Whether the name of a folder says that it is a Zarr store, which `readTracksFromFolder` reads.
 *
 * @example
 * isStoreName('tracks.geff') // true
 */
export const isStoreName = (name: string): boolean =>
  /\.(geff|zarr)$/i.test(name.replace(/[\\/]+$/, ''));
