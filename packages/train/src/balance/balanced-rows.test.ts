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
