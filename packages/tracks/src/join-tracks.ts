import {
  type Column,
  type Columns,
  columnLength,
  isTextColumn,
  type NumericArray,
  type TextColumn,
} from './column.ts';
import { difference } from './difference.ts';
import { TracksError } from './errors.ts';
import { framesOf } from './frames-of.ts';
import { Tracks } from './tracks.ts';

/**
 * One set after the other. Every column is kept, so every set must have the same columns, of the same types; the
 * sets must agree in dim, dt (to one part in a million, as much as a recorded interval is worth) and units.
 *
 * @param list at least one set
 * @param names what the error calls the sets; 'set 0', 'set 1', … when left out
 * @throws {@link TracksError} naming the two sets and what differs
 *
 * @example
 * joinTracks([monday, tuesday], ['monday.csv', 'tuesday.csv'])
 */
export function joinTracks(
  list: readonly Tracks[],
  names: readonly string[] = list.map((_, i) => `set ${i}`),
): Tracks {
  if (list.length === 0)
    throw new TracksError('list is empty: expected at least one set of tracks');
  const [first] = list;
  list.forEach((set, i) => {
    const differs = difference(first, set);
    if (differs) throw new TracksError(`${names[i]}: ${differs} as in ${names[0]}`);
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
  return new Tracks({
    ...first.data,
    positions: concatenate(list.map((set) => set.positions)),
    offsets,
    ...(framed && { frames: concatenate(list.map(framesOf)) }),
    pointColumns: joinColumns(list.map((set) => set.pointColumns)),
    trackColumns: joinColumns(list.map((set) => set.trackColumns)),
  });
}

function joinColumns(list: readonly Columns[]): Columns {
  return Object.fromEntries(
    Object.keys(list[0]).map((name) => [name, joinColumn(list.map((columns) => columns[name]))]),
  );
}

function joinColumn(list: readonly Column[]): Column {
  return isTextColumn(list[0])
    ? joinText(list as readonly TextColumn[])
    : concatenate(list as readonly NumericArray[]);
}

/** The first dictionary comes first and whole, so that classes keep their numbers where the sets agree on them. */
function joinText(list: readonly TextColumn[]): TextColumn {
  const index = new Map<string, number>();
  const codes = new Uint32Array(list.reduce((n, column) => n + columnLength(column), 0));
  let row = 0;
  for (const column of list) {
    const renumbered = column.dictionary.map((word) => {
      if (!index.has(word)) index.set(word, index.size);
      return index.get(word)!;
    });
    for (const code of column.codes) codes[row++] = renumbered[code];
  }
  return { codes, dictionary: [...index.keys()] };
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
