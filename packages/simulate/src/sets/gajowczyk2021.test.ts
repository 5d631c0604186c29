import { isTextColumn } from '@diffusion/tracks';
import { gajowczyk2021 } from './gajowczyk2021.ts';

const set = gajowczyk2021({ count: 400, seed: 7 });
const tracks = set.generate();
const column = (name: string) => tracks.trackColumns[name] as Float64Array;
const label = tracks.trackColumns.label;
const codes = isTextColumn(label) ? label.codes : [];

describe('gajowczyk2021', () => {
  it('has the four classes in equal numbers, in blocks of four', () => {
    expect(isTextColumn(label) && label.dictionary).toEqual(['ND', 'DM', 'CD', 'FBM']);
    for (let block = 0; block < 400; block += 4) {
      expect([...codes.slice(block, block + 4)].sort()).toEqual([0, 1, 2, 3]);
    }
  });

  it('keeps to Table 1', () => {
    const within = (name: string, from: number, to: number, classes: number[]) => {
      const values = [...column(name)].filter((_, i) => classes.includes(codes[i]));
      expect(Math.min(...values)).toBeGreaterThanOrEqual(from);
      expect(Math.max(...values)).toBeLessThanOrEqual(to);
      // Both ends of the range are reached within 5 %: misses with probability below 2·0.95^100 = 1.2 %, fixed seed.
      expect(Math.min(...values)).toBeLessThan(from + 0.05 * (to - from));
      expect(Math.max(...values)).toBeGreaterThan(to - 0.05 * (to - from));
    };
    within('D', 0.1, 20, [0, 1, 2, 3]);
    within('Q', 1, 9, [0, 1, 2, 3]);
    within('R', 1, 17, [1]);
    within('B', 1, 6, [2]);
    within('alpha', 0.3, 0.7, [3]);
    const lengths = Array.from({ length: 400 }, (_, i) => tracks.lengthOf(i));
    expect(Math.min(...lengths)).toBeGreaterThanOrEqual(30);
    expect(Math.max(...lengths)).toBeLessThanOrEqual(600);
    expect(tracks.dt).toBe(1 / 30);
    expect([tracks.positionUnit, tracks.timeUnit]).toEqual(['µm', 's']);
  });

  it('derives speed, radius and localisation error as the paper does', () => {
    for (let i = 0; i < 400; i++) {
      const D = column('D')[i];
      const duration = (tracks.lengthOf(i) - 1) / 30;
      const speed = column('speed')[i];
      if (codes[i] === 1) expect((speed ** 2 * duration) / (4 * D)).toBeCloseTo(column('R')[i], 9);
      else expect(speed).toBeNaN();
      if (codes[i] === 2) {
        expect((D * duration) / column('radius')[i] ** 2).toBeCloseTo(column('B')[i], 9);
      } else expect(column('radius')[i]).toBeNaN();
      const drift = codes[i] === 1 ? speed / 30 : 0;
      expect(Math.sqrt(D / 30 + drift ** 2) / column('sigma')[i]).toBeCloseTo(column('Q')[i], 9);
    }
  });

  it('makes the same track whatever the range, the batch and the size of the set', async () => {
    const other = gajowczyk2021({ count: 100_000, seed: 7 });
    expect(other.generate(37, 38).positions).toEqual(tracks.at(37).positions);
    const batches: Float64Array[] = [];
    for await (const batch of set.batches({ size: 33 })) batches.push(batch.positions);
    expect(batches).toHaveLength(13);
    expect(batches.flatMap((positions) => [...positions])).toEqual([...tracks.positions]);
  });

  it('refuses what is no count, seed or range, in one line', () => {
    expect(() => gajowczyk2021({ count: -1, seed: 0 })).toThrow(
      'count is -1: expected an integer from 0 to 4294967295',
    );
    expect(() => gajowczyk2021({ count: 1, seed: 0.5 })).toThrow(
      'seed is 0.5: expected an integer',
    );
    expect(() => set.generate(0, 401)).toThrow('to is 401: expected an integer from 0 to 400');
  });
});
