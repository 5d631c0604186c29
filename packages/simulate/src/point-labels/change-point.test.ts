import { ANDI_LABELS } from '@diffusion/tracks';
import { dataSetFrom } from '../data-set.ts';
import { changePoint } from './change-point.ts';

describe('changePoint', () => {
  const set = changePoint({ count: 80, seed: 2, length: { min: 100, max: 200 } });
  const tracks = set.generate();
  const state = tracks.pointColumns.state as Uint8Array;
  const change = tracks.trackColumns.change as Float64Array;

  it('changes in half of the tracks, once for each ordered pair of models', () => {
    for (const block of [0, 1]) {
      const pairs: string[] = [];
      const throughout = new Array(ANDI_LABELS.length).fill(0);
      for (let i = 40 * block; i < 40 * (block + 1); i++) {
        const [from, to] = [tracks.offsets[i], tracks.offsets[i + 1]];
        if (change[i] === 0) {
          expect(new Set(state.subarray(from, to)).size).toBe(1);
          throughout[state[from]]++;
        } else pairs.push(`${state[from]} ${state[to - 1]}`);
      }
      expect(new Set(pairs).size).toBe(20);
      expect(throughout).toEqual([4, 4, 4, 4, 4]);
    }
  });

  it('changes in the middle 60 per cent, where the point labels do', () => {
    for (let i = 0; i < tracks.count; i++) {
      if (change[i] === 0) continue;
      const length = tracks.lengthOf(i);
      expect(change[i]).toBeGreaterThanOrEqual(0.2 * length);
      expect(change[i]).toBeLessThan(0.8 * length + 1);
      const at = tracks.offsets[i] + change[i];
      expect(state[at]).not.toBe(state[at - 1]);
    }
  });

  it('goes on from where it is: steps about a change are as long as others', () => {
    const many = changePoint({ count: 2000, seed: 5, length: 100 }).generate();
    const at = many.trackColumns.change as Float64Array;
    const step = (i: number, t: number) =>
      Math.abs(many.positions[100 * i + t + 1] - many.positions[100 * i + t]);
    const changing = [...at.keys()].filter((i) => at[i] > 0);
    const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1];
    const across = median(changing.map((i) => step(i, at[i] - 1)));
    const elsewhere = median(changing.map((i) => step(i, 10)));
    expect(across / elsewhere).toBeGreaterThan(0.6);
    expect(across / elsewhere).toBeLessThan(1.6);
  });

  it('makes track i alone and from its specification', () => {
    const again = dataSetFrom(JSON.parse(JSON.stringify(set.specification))).generate(7, 8);
    const [from, to] = [tracks.offsets[7], tracks.offsets[8]];
    expect([...again.positions]).toEqual([...tracks.positions.subarray(from, to)]);
  });

  it.each([
    [{ length: 9 }, 'length is 9: expected an integer from 10 to 1000'],
    [{ sigma: -1 }, 'sigma is -1: expected a number ≥ 0'],
    [{ dim: 4 }, 'dim is 4'],
  ])('refuses %p', (options, message) => {
    expect(() => changePoint({ count: 1, seed: 1, ...options } as never)).toThrow(message);
  });
});
