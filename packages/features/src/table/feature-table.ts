import { type Column, columnLength, columnValue, type Tracks } from '@diffusion/tracks';
import { showAs, tableViews } from '@diffusion/tracks/display';
import { checkOptions } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';

/** A table with a row per track: named columns of equal length. */
export type FeatureTable = ReadonlyMap<string, Column>;

/**
 * A table of features with the tracks they belong to: `track` first (the track column of that name, or the place in the
 * set), then the other track columns asked for, then the features.
 *
 * Throws {@link FeaturesError} when a column does not have a row per track, or when a track column asked for does not exist.
 *
 * @example
 * const table = featureTable(tracks, features(tracks), { trackColumns: ['label'] });
 * for (const chunk of csvChunks(table)) process.stdout.write(chunk);
 */
export function featureTable(
  tracks: Tracks,
  columns: Readonly<Record<string, Float64Array>>,
  options: { readonly trackColumns?: readonly string[] } = {},
): FeatureTable {
  checkOptions<typeof options>('featureTable', options, { trackColumns: true }, FeaturesError);
  const { trackColumns = [] } = options;
  const ids = tracks.trackColumns.track ?? Uint32Array.from({ length: tracks.count }, (_, i) => i);
  const table = new Map<string, Column>([['track', ids]]);
  for (const name of trackColumns) {
    if (!Object.hasOwn(tracks.trackColumns, name)) {
      const known = Object.keys(tracks.trackColumns).join(', ') || 'none';
      throw new FeaturesError(`track column '${name}' does not exist: there are ${known}`);
    }
    table.set(name, tracks.trackColumns[name]);
  }
  for (const [name, column] of Object.entries(columns)) {
    if (table.has(name)) {
      throw new FeaturesError(
        `feature '${name}' has the name of a track column: rename one of them`,
      );
    }
    table.set(name, column);
  }
  for (const [name, column] of table) {
    if (columnLength(column) !== tracks.count) {
      throw new FeaturesError(
        `column '${name}' has ${columnLength(column)} rows: expected one per track, ${tracks.count}`,
      );
    }
  }
  return showAs(table, (shown) => {
    const all = [...shown];
    return tableViews({
      title: `${all.length - 1} column${all.length === 2 ? '' : 's'} of ${tracks.count} tracks`,
      names: all.map(([name]) => name),
      count: tracks.count,
      row: (i) => all.map(([, column]) => columnValue(column, i)),
    });
  });
}
