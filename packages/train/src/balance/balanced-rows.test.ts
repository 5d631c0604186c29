import { imageFeatureRows } from '@diffusion/features';
import { liposomes } from '@diffusion/simulate';
import { balancedRows } from './balanced-rows.ts';

const rows = [
  [0, 100],
  [1, 200],
  [2, 300],
  [3, 400],
  [10, Number.NaN],
  [12, 500],
];
const codes = Int32Array.of(0, 0, 0, 0, 1, 1);
const names = ['many', 'few'];

it('repeats and leaves out rows as tracks are', () => {
  const over = balancedRows({ rows, codes }, { kind: 'oversample' }, 1, names);
  expect([...over.codes].sort()).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
  expect(over.rows.filter((row) => row[0] === 12)).toHaveLength(2);
  const under = balancedRows({ rows, codes }, { kind: 'undersample' }, 1, names);
  expect([...under.codes]).toEqual([0, 0, 1, 1]);
  const share = balancedRows({ rows, codes }, { kind: 'undersample', share: 0.25 }, 1, names);
  expect([...share.codes]).toEqual([0, 0, 0, 1, 1]);
});

it('puts rows between those of a class, with undefined features where they are undefined', () => {
  const made = balancedRows({ rows, codes }, { kind: 'smote', neighbours: 1 }, 1, names);
  expect(made.rows.slice(0, 6)).toEqual(rows);
  expect([...made.codes]).toEqual([...codes, 1, 1]);
  for (const row of made.rows.slice(6)) {
    const [x, y] = Array.from(row);
    expect(x).toBeGreaterThan(10);
    expect(x).toBeLessThan(12);
    // From the row without it to the other, or the other way: never between.
    expect([Number.NaN, 500]).toContainEqual(y);
  }
  expect(() => balancedRows({ rows, codes }, { kind: 'smote' }, 1, names)).toThrow(
    'balance.neighbours is 5: expected fewer than the 2 tracks of few',
  );
});

it('puts rows between those of liposomes of a class, undefined layers and all', () => {
  const shares = { full: 20, uncertain: 8, empty: 7 };
  const set = liposomes({ problem: 'encapsulation', count: 35, seed: 2, shares, ambiguity: 0.3 });
  const images = set.generate();
  const features = imageFeatureRows(images, { names: ['area', 'mu20', 'edge'] }).rows;
  expect(features.some((row) => row.some(Number.isNaN))).toBe(true);
  const given = { rows: features, codes: Int32Array.from(images.labels!.codes) };
  const made = balancedRows(given, { kind: 'smote' }, 1, set.classes);
  const times = new Int32Array(3);
  for (const code of made.codes) times[code]++;
  expect([...times]).toEqual([20, 20, 20]);
  for (const [i, row] of made.rows.entries()) {
    const own = features.filter((_, k) => given.codes[k] === made.codes[i]);
    for (const column of [0, 1]) {
      const values = own.map((one) => one[column]);
      expect(row[column]).toBeGreaterThanOrEqual(Math.min(...values));
      expect(row[column]).toBeLessThanOrEqual(Math.max(...values));
    }
  }
});
