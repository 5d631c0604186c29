import type { Making } from './making.ts';
import type { Pool } from './pool.ts';

/** Fewest tracks of the pool in a cell. */
const LEAST = 50;

/** Numbers by which a cell is parted, one after the other. */
const NUMBERS: readonly ((making: Making) => number)[] = [
  ({ q }) => q,
  ({ alpha, R, relaxation }) => [R, relaxation, alpha].find((x) => !Number.isNaN(x)) ?? 0,
];

/** Parts of the classes whose tracks are made alike: of one law, and between two values of Q and of its parameter. */
export interface Cells {
  /** Tracks of the pool in each. */
  readonly members: readonly Int32Array[];
  readonly classOf: Int32Array;
}

/** Cuts the pool into cells, each law at the medians of its numbers for as long as there are enough tracks on both sides. */
export function cellsOf(
  { makings, classes }: Pool & { readonly classes: Int32Array },
  classCount: number,
): Cells {
  const members: Int32Array[] = [];
  const classOf: number[] = [];
  for (let c = 0; c < classCount; c++) {
    const laws = new Map<string, number[]>();
    classes.forEach((of, j) => {
      if (of !== c) return;
      const list = laws.get(makings[j].law);
      if (list) list.push(j);
      else laws.set(makings[j].law, [j]);
    });
    for (const list of laws.values()) {
      for (const cell of parted(list, makings, 0)) {
        members.push(Int32Array.from(cell));
        classOf.push(c);
      }
    }
  }
  return { members, classOf: Int32Array.from(classOf) };
}

function parted(
  list: readonly number[],
  makings: readonly Making[],
  depth: number,
): (readonly number[])[] {
  if (list.length < 2 * LEAST) return [list];
  for (let k = 0; k < NUMBERS.length; k++) {
    const number = NUMBERS[(depth + k) % NUMBERS.length];
    const sorted = list.toSorted((a, b) => number(makings[a]) - number(makings[b]) || a - b);
    const middle = number(makings[sorted[sorted.length >> 1]]);
    const low = sorted.filter((j) => number(makings[j]) < middle);
    if (low.length < LEAST) continue;
    const high = sorted.filter((j) => !(number(makings[j]) < middle));
    return [low, high].flatMap((half) => parted(half, makings, depth + k + 1));
  }
  return [list];
}
