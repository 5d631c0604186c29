import fc from 'fast-check';
import { andi2Oracle } from './andi2.fixture.ts';
import { assignment } from './assignment.ts';

/** The least total by trying every pairing. */
function least(costs: number[][], row = 0, free = costs[0].map((_, j) => j)): number {
  if (row === costs.length) return 0;
  return Math.min(
    ...free.map(
      (j) =>
        costs[row][j] +
        least(
          costs,
          row + 1,
          free.filter((k) => k !== j),
        ),
    ),
  );
}

describe('assignment', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 0, max: 2 }));
  const matrix = sizes.chain(([rows, more]) =>
    fc.array(
      fc.array(fc.integer({ min: -20, max: 20 }), {
        minLength: rows + more,
        maxLength: rows + more,
      }),
      { minLength: rows, maxLength: rows },
    ),
  );

  it('costs as little as the best of all pairings, wide or tall', () => {
    fc.assert(
      fc.property(matrix, (costs) => {
        const wide = assignment(costs.length, costs[0].length, (i, j) => costs[i][j]);
        expect(new Set(wide).size).toBe(costs.length);
        expect(wide.reduce((sum, j, i) => sum + costs[i][j], 0)).toBe(least(costs));
        const tall = assignment(costs[0].length, costs.length, (i, j) => costs[j][i]);
        expect(tall.reduce((sum, j, i) => sum + (j < 0 ? 0 : costs[j][i]), 0)).toBe(least(costs));
        expect(tall.filter((j) => j >= 0)).toHaveLength(costs.length);
      }),
    );
  });

  it('chooses as SciPy does where several cost as little', () => {
    for (const { costs, pairs } of andi2Oracle.assignments) {
      const found = assignment(costs.length, costs[0].length, (i, j) => costs[i][j]);
      expect([...found.entries()].filter(([, j]) => j >= 0)).toEqual(pairs);
    }
  });

  it('refuses costs that are no numbers', () => {
    expect(() => assignment(1, 2, () => Number.NaN)).toThrow('expected finite costs');
  });

  it('pairs nothing with nothing', () => {
    expect(assignment(0, 3, () => 1)).toHaveLength(0);
    expect(Array.from(assignment(2, 0, () => 1))).toEqual([-1, -1]);
  });
});
