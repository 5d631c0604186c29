import { type Column, isTextColumn } from '../column.ts';
import { ReadError } from '../errors.ts';
import { quoteAll } from '../quote-value.ts';
import { findColumn, parseHeader, type TableColumns } from './csv-columns.ts';
import { ERROR_COLUMNS, type ReadOptions } from './read-options.ts';
import { TRACK_PREFIX } from './track-prefix.ts';
import { normalUnit } from './units.ts';

/** A further column of a table that is kept. */
export interface KeptPlace {
  /** Where it is in the table. */
  index: number;
  /** What it is called among the columns of the tracks. */
  name: string;
  /** Whether it has one value per track. */
  perTrack: boolean;
  /** What its numbers are multiplied with, to be in the unit of the positions. */
  factor: number;
}

/**
 * Which further columns of a table are kept, by the options `keep`, `perTrack` and `errors`, and as what.
 *
 * @throws {@link ReadError} for a name that is not there, and for two columns of one name
 */
export function keptPlaces(
  header: readonly string[],
  columns: TableColumns,
  { keep = false, perTrack = [], errors = false }: ReadOptions,
  source: string,
  line: number | undefined,
): KeptPlace[] {
  const used = new Set(Object.values(columns.roles));
  const wanted = new Map<number, string>();
  const single = new Set<string>();
  const plain = header.map((name) => name.replace(TRACK_PREFIX, ''));
  if (keep === true) {
    plain.forEach((name, i) => {
      if (!used.has(i)) wanted.set(i, name || `column ${i + 1}`);
    });
  }
  for (const name of [...(typeof keep === 'object' ? keep : []), ...perTrack]) {
    const index = findColumn(header, name) < 0 ? findColumn(plain, name) : findColumn(header, name);
    if (index < 0) {
      throw new ReadError(`there is no such column to keep: there are ${quoteAll(header)}`, {
        source,
        line,
        column: name,
      });
    }
    wanted.set(index, plain[index]);
    if (perTrack.includes(name)) single.add(plain[index]);
  }
  const names = new Set<string>();
  const places: KeptPlace[] = [];
  for (const [index, name] of wanted) {
    if (names.has(name)) {
      throw new ReadError('two columns have this name: expected one', {
        source,
        line,
        column: name,
      });
    }
    names.add(name);
    if (header[index].startsWith(TRACK_PREFIX)) single.add(name);
    places.push({ index, name, perTrack: single.has(name), factor: 1 });
  }
  const more = errors ? errorPlaces(header, columns) : [];
  return [...places, ...more.filter(({ name }) => !names.has(name))];
}

/** Names of columns of the localisation error along x, y and z, which the field's programs write. */
const PER_AXIS: readonly (readonly [string, string, string])[] = [
  ERROR_COLUMNS,
  ['x_std', 'y_std', 'z_std'],
  ['uncertainty_x', 'uncertainty_y', 'uncertainty_z'],
  ['x_uncertainty', 'y_uncertainty', 'z_uncertainty'],
  ['loc_precision_x', 'loc_precision_y', 'loc_precision_z'],
  ['precision_x', 'precision_y', 'precision_z'],
  ['lpx', 'lpy', 'lpz'],
];

/** Names of a column that holds the error along x and along y: ThunderSTORM, swift, SMAP, trackpy. */
const LATERAL = [
  'uncertainty_xy',
  'uncertainty',
  'loc_precision',
  'localization_precision',
  'localisation_precision',
  'loc_error',
  'localization_error',
  'localisation_error',
  'precision',
  'ep',
];

/** Sizes of the units that lengths are stated in, in metres. */
const METRES: Readonly<Record<string, number>> = { nm: 1e-9, µm: 1e-6, mm: 1e-3, m: 1 };

/** Where the errors along the axes are, all of which or (z alone may lack, and the tracks turn out flat) x and y. */
function errorPlaces(header: readonly string[], columns: TableColumns): KeptPlace[] {
  const { roles, positionUnit } = columns;
  const axes = (['x', 'y', 'z'] as const).filter((axis) => roles[axis] !== undefined).length;
  const cells = header.map(parseHeader);
  const lower = cells.map(({ name }) => name.trim().toLowerCase());
  const find = (names: readonly string[]): number[] => {
    const places = names.map((name) => lower.indexOf(name));
    return axes === 3 && places[2] < 0 ? places.slice(0, 2) : places;
  };
  const candidates = [
    ...PER_AXIS.map((names) => find(names.slice(0, axes))),
    ...LATERAL.map((name) => find([name, name, 'uncertainty_z'].slice(0, axes))),
  ];
  const places = candidates.find((found) => found.every((index) => index >= 0));
  if (!places) return [];
  const kept = places.map((index, axis) => {
    const unit = normalUnit(cells[index].unit);
    const same = unit === '' || unit === positionUnit;
    const factor = same ? 1 : METRES[unit] / METRES[positionUnit];
    return { index, name: ERROR_COLUMNS[axis], perTrack: false, factor: power(factor) };
  });
  // Nanometres beside pixels: how large those are is not known here.
  return kept.every(({ factor }) => Number.isFinite(factor)) ? kept : [];
}

/** 0.001 for 0.0009999999999999998. */
const power = (factor: number): number => Number(factor.toPrecision(12));

/** A column in another unit. */
export const scaledColumn = (column: Column, factor: number): Column =>
  factor === 1 || isTextColumn(column) ? column : Float64Array.from(column, (e) => e * factor);
