import {
  type Column,
  type Columns,
  isTextColumn,
  type NumericArray,
  type TextColumn,
} from './column.ts';
import { columnDifference, difference } from './difference.ts';
import { TracksError } from './errors.ts';
import { framesOf } from './frames-of.ts';
import { checkOptions } from './names/check-options.ts';
import { Tracks } from './tracks.ts';

/** Options of {@link joinTracks}. */
export interface JoinOptions {
  /**
   * What becomes of columns that not all sets have: 'same' (the default) refuses them; 'common' keeps the columns that
   * all sets have; 'fill' keeps all of them, with NaN for a missing number and '' for a missing text. With both,
   * numbers of different types become a Float64Array.
   */
  readonly columns?: 'same' | 'common' | 'fill';
  /** What an error calls the sets; 'set 0', 'set 1', … unless told. */
  readonly names?: readonly string[];
}

/**
 * One set after the other, with their columns. The sets must agree in dim, dt (to one part in a million, as much as a
 * recorded interval is worth) and units.
 *
 * @param list at least one set
 * @param options what becomes of columns that not all sets have
 * @throws {@link TracksError} naming the two sets and what differs
 *
 * @example
 * joinTracks([measured, simulated], { columns: 'fill' })
 */
export function joinTracks(list: readonly Tracks[], options: JoinOptions = {}): Tracks {
  checkOptions('joinTracks', options, { columns: true, names: true });
  const { columns = 'same', names = list.map((_, i) => `set ${i}`) } = options;
  if (!['same', 'common', 'fill'].includes(columns)) {
    throw new TracksError(`columns is '${columns}': expected same, common or fill`);
  }
  if (list.length === 0)
    throw new TracksError('list is empty: expected at least one set of tracks');
  const [first] = list;
  list.forEach((set, i) => {
    const differs = difference(first, set);
    if (differs) throw new TracksError(`${names[i]}: ${differs} as in ${names[0]}`);
    const other = columns === 'same' && columnDifference(first, set);
    if (other) {
      throw new TracksError(
        `${names[i]}: ${other} as in ${names[0]} (or columns: 'common', those that all sets have, or 'fill')`,
      );
    }
  });
  if (list.length === 1) return first;
  const offsets = new Uint32Array(list.reduce((n, set) => n + set.count, 1));
  let track = 1;
  let points = 0;
  for (const set of list) {
    for (let i = 1; i <= set.count; i++) offsets[track++] = points + set.offsets[i];
    points += set.pointCount;
  }
  const framed = list.some((set) => set.frames !== undefined);
  const join = (where: 'pointColumns' | 'trackColumns', rows: readonly number[]): Columns =>
    joinColumns(
      where,
      list.map((set) => set[where]),
      rows,
      columns === 'fill',
      names,
    );
  return new Tracks({
    ...first.data,
    positions: concatenate(list.map((set) => set.positions)),
    offsets,
    ...(framed && { frames: concatenate(list.map(framesOf)) }),
    pointColumns: join(
      'pointColumns',
      list.map((set) => set.pointCount),
    ),
    trackColumns: join(
      'trackColumns',
      list.map((set) => set.count),
    ),
  });
}

function joinColumns(
  where: string,
  list: readonly Columns[],
  rows: readonly number[],
  fill: boolean,
  sets: readonly string[],
): Columns {
  const all = [...new Set(list.flatMap((columns) => Object.keys(columns)))];
  const kept = fill
    ? all
    : all.filter((name) => list.every((columns) => Object.hasOwn(columns, name)));
  const joined = kept.map((name): [string, Column] => {
    const parts = list.map((columns) => (Object.hasOwn(columns, name) ? columns[name] : undefined));
    const text = parts.findIndex((part) => part && isTextColumn(part));
    const numbers = parts.findIndex((part) => part && !isTextColumn(part));
    if (text >= 0 && numbers >= 0) {
      throw new TracksError(
        `${sets[numbers]}: ${where}.${name} has numbers: expected text as in ${sets[text]}`,
      );
    }
    const column =
      text >= 0
        ? joinText(parts as readonly (TextColumn | undefined)[], rows)
        : joinNumbers(parts as readonly (NumericArray | undefined)[], rows);
    return [name, column];
  });
  return Object.fromEntries(joined);
}

/** The first dictionary comes first and whole, so that classes keep their numbers where the sets agree on them. */
function joinText(list: readonly (TextColumn | undefined)[], rows: readonly number[]): TextColumn {
  const index = new Map<string, number>();
  const codeOf = (word: string): number => {
    if (!index.has(word)) index.set(word, index.size);
    return index.get(word)!;
  };
  const renumbered = list.map((column) => column?.dictionary.map(codeOf));
  const codes = new Uint32Array(rows.reduce((n, count) => n + count, 0));
  let row = 0;
  for (const [k, column] of list.entries()) {
    if (column) for (const code of column.codes) codes[row++] = renumbered[k]![code];
    else if (rows[k] > 0) {
      codes.fill(codeOf(''), row, row + rows[k]);
      row += rows[k];
    }
  }
  return { codes, dictionary: [...index.keys()] };
}

function joinNumbers(
  list: readonly (NumericArray | undefined)[],
  rows: readonly number[],
): NumericArray {
  const present = list.filter((part) => part !== undefined);
  const type = present[0].constructor;
  const missing = present.length < list.length;
  const float = /^Float/.test(type.name);
  const one = present.every((part) => part.constructor.name === type.name);
  if (one && !missing) return concatenate(present);
  const Type = (one && float ? type : Float64Array) as new (n: number) => NumericArray;
  const whole = new Type(rows.reduce((n, count) => n + count, 0)).fill(Number.NaN);
  let row = 0;
  for (const [k, part] of list.entries()) {
    if (part) whole.set(part, row);
    row += rows[k];
  }
  return whole;
}

function concatenate<A extends NumericArray>(list: readonly A[]): A {
  const length = list.reduce((n, part) => n + part.length, 0);
  const whole = new (list[0].constructor as new (n: number) => A)(length);
  let at = 0;
  for (const part of list) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
