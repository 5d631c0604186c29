import { binRows } from './bin-rows.ts';

describe('binRows', () => {
  it('puts a value on an edge above it, and closes the last bin', () => {
    const bins = binRows([10, 49, 50, 200, 9, 201, Number.NaN], [10, 50, 200]);
    expect(bins.map(({ from, to, rows }) => [from, to, ...rows])).toEqual([
      [10, 50, 0, 1],
      [50, 200, 2, 3],
    ]);
  });

  it('refuses fewer than two edges, or edges out of order', () => {
    expect(() => binRows([1], [0])).toThrow('edges has 1 numbers: expected at least 2');
    expect(() => binRows([1], [0, 1, 1])).toThrow('edges[2] is 1: expected more than edges[1] = 1');
  });
});
