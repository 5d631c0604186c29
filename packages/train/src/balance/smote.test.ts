import { readFileSync } from 'node:fs';
import { smote } from './smote.ts';

const reference: {
  rows: number[][];
  codes: number[];
  own: number[];
  nearest: number[][];
  counts: number[];
  made: number[][];
} = JSON.parse(readFileSync(new URL('../fixtures/smote-values.json', import.meta.url), 'utf8'));
const { rows, codes, own, nearest } = reference;

/** The lines between a row and a neighbour on which a point lies, with its share of the way. */
function linesThrough(point: readonly number[]): { line: string; share: number }[] {
  return own.flatMap((from, i) =>
    nearest[i].flatMap((to) => {
      const way = rows[to].map((value, k) => value - rows[from][k]);
      const square = way.reduce((sum, step) => sum + step * step, 0);
      const share =
        way.reduce((sum, step, k) => sum + step * (point[k] - rows[from][k]), 0) / square;
      const off = point.map((value, k) => value - rows[from][k] - share * way[k]);
      return Math.hypot(...off) < 1e-7 && share >= -1e-9 && share <= 1 + 1e-9
        ? [{ line: `${from}-${to}`, share }]
        : [];
    }),
  );
}

describe('SMOTE, beside imbalanced-learn', () => {
  it('leaves the rows as they are and makes the classes as large as each other', () => {
    const found = smote(rows, codes, { neighbours: 3, seed: 1 });
    expect(found.rows.slice(0, rows.length)).toEqual(rows);
    expect([...found.codes.slice(0, rows.length)]).toEqual(codes);
    const counts = [0, 1].map((code) => found.codes.filter((each) => each === code).length);
    expect(counts).toEqual(reference.counts);
  });

  it('makes rows on lines to the neighbours that it has, as imbalanced-learn’s own rows are', () => {
    for (const point of reference.made) expect(linesThrough(point)).not.toHaveLength(0);
    const { rows: found } = smote(rows, codes, { neighbours: 3, seed: 1 });
    for (const point of found.slice(rows.length)) expect(linesThrough(point)).not.toHaveLength(0);
  });

  it('chooses lines and places on them uniformly', () => {
    const shares: number[] = [];
    const lines = new Map<string, number>();
    for (let seed = 0; seed < 120; seed++) {
      const { rows: found } = smote(rows, codes, { neighbours: 3, seed });
      for (const point of found.slice(rows.length)) {
        const [{ line, share }, ...others] = linesThrough(point);
        // On a line that is one in both directions the share is one or the other.
        if (others.length === 0) shares.push(share);
        lines.set(line, (lines.get(line) ?? 0) + 1 / (1 + others.length));
        for (const other of others) {
          lines.set(other.line, (lines.get(other.line) ?? 0) + 1 / (1 + others.length));
        }
      }
    }
    // 120 × 31 rows over 27 lines: 138 each, ± 5 σ.
    expect(lines.size).toBe(27);
    for (const often of lines.values()) expect(Math.abs(often - 137.8)).toBeLessThan(60);
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    const square = shares.reduce((sum, share) => sum + share * share, 0) / shares.length;
    expect(shares.length).toBeGreaterThan(500);
    expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 / Math.sqrt(12 * shares.length));
    expect(Math.abs(square - 1 / 3)).toBeLessThan(5 / Math.sqrt(11 * shares.length));
  });

  it('is a function of its seed', () => {
    const of = (seed: number) => smote(rows, codes, { seed }).rows;
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it.each<[string, () => unknown, string]>([
    [
      'few rows',
      () => smote([[1], [2], [3]], [0, 0, 1], { seed: 1 }),
      'class 1 has 1 rows: expected more than neighbours, 5',
    ],
    [
      'a hole',
      () => smote([[1], [Number.NaN]], [0, 1], { seed: 1 }),
      'rows[1][0] is NaN: expected a finite number',
    ],
    [
      'a short row',
      () => smote([[1, 2], [3]], [0, 1], { seed: 1 }),
      'rows[1] has 1 numbers: expected 2',
    ],
    ['a missing code', () => smote([[1], [2]], [0], { seed: 1 }), 'there are 2 rows and 1 codes'],
    ['no neighbours', () => smote(rows, codes, { neighbours: 0, seed: 1 }), 'neighbours is 0'],
    ['no seed', () => smote(rows, codes, {} as never), 'seed is undefined'],
    ['a name', () => smote(rows, codes, { k: 3, seed: 1 } as never), 'k is 3: unknown option'],
  ])('refuses %s', (_, call, message) => {
    expect(call).toThrow(message);
  });
});
