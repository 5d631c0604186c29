import { sortedRows } from './sorted-rows.ts';

const of = (values: readonly (string | number)[], down = false): number[] => [
  ...sortedRows(Uint32Array.from(values.keys()), (row) => values[row], down),
];

describe('sortedRows', () => {
  it('puts numbers in their order, those that are none last, and keeps the order of equal ones', () => {
    const values = [3, Number.NaN, -2, 0, 1e-9, -1e-9, 3, -Infinity, 1e30];
    expect(of(values)).toEqual([7, 2, 5, 3, 4, 0, 6, 8, 1]);
    expect(of(values, true)).toEqual([8, 0, 6, 4, 3, 5, 2, 7, 1]);
  });

  it('is the order of a comparison for many numbers of all sizes', () => {
    let state = 1;
    const values = Array.from({ length: 5000 }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return Math.fround((state / 2 ** 31 - 1) * 10 ** (((state >> 8) % 13) - 6));
    });
    const expected = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
    expect(of(values)).toEqual(expected);
  });

  it('has every row once of more than two million', () => {
    const count = 2 ** 21 + 5;
    const found = sortedRows(
      Uint32Array.from({ length: count }, (_, i) => i),
      (row) => row & 1,
      true,
    );
    expect(found.length).toBe(count);
    expect(
      found.findIndex((row, k) => row !== (k < 2 ** 20 + 2 ? 2 * k + 1 : 2 * (k - 2 ** 20 - 2))),
    ).toBe(-1);
  });

  it('puts texts in their order, and takes only the rows that it is given', () => {
    const names = ['free', 'confined', 'free', 'brownian'];
    expect(of(names)).toEqual([3, 1, 0, 2]);
    expect([...sortedRows(Uint32Array.of(2, 0, 1), (row) => names[row], true)]).toEqual([2, 0, 1]);
  });
});
