import { meanFromFirst } from './mean-from-first.ts';

describe('meanFromFirst', () => {
  it('weighs the parts', () => {
    const out = new Float32Array(2);
    meanFromFirst(Float32Array.of(1, 2, 5, 6), [1, 3], out);
    expect([...out]).toEqual([4, 5]);
  });

  it('leaves to the bit what all parts agree on, and a single part', () => {
    const out = new Float32Array(1);
    for (const x of [0.1, 1 / 3, -7.3e-20, 1e30]) {
      meanFromFirst(Float32Array.of(x, x, x), [3, 7, 1], out);
      expect(out[0]).toBe(Math.fround(x));
      meanFromFirst(Float32Array.of(x), [5], out);
      expect(out[0]).toBe(Math.fround(x));
    }
  });
});
