import { keyedRandom } from '@diffusion/random';
import { pickChanges } from './pick-changes.ts';

/** Zeros but at some points. */
const at = (count: number, values: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: count }, (_, t) => values[t] ?? 0);

describe('pickChanges', () => {
  it('takes a change that is spread over points for one, at its median', () => {
    expect(pickChanges(at(20, { 9: 0.2, 10: 0.3, 11: 0.3, 12: 0.1 }))).toEqual([10]);
    expect(pickChanges(at(20, { 9: 0.15, 10: 0.15 }))).toEqual([]);
    expect(pickChanges(at(20, { 9: 0.15, 10: 0.15 }), { threshold: 0.2 })).toEqual([9]);
  });

  it('parts changes that are near each other by the probability that each needs', () => {
    expect(pickChanges(at(30, { 10: 0.95, 14: 0.9, 18: 0.97 }))).toEqual([10, 14, 18]);
    // Not more than one where there is probability for one alone.
    expect(pickChanges(at(30, { 10: 0.5, 14: 0.5 })).length).toBe(1);
  });

  it('takes none at all where the likeliest is less likely than the first has to be', () => {
    const two = at(30, { 8: 0.95, 22: 0.5 });
    expect(pickChanges(two, { threshold: 0.4, first: 0.9 })).toEqual([8, 22]);
    expect(pickChanges(two, { threshold: 0.4, first: 0.96 })).toEqual([]);
    expect(pickChanges(two, { threshold: 0.96 })).toEqual([]);
  });

  it('leaves segments of at least three points, whatever it is given', () => {
    const random = keyedRandom(1);
    for (let trial = 0; trial < 200; trial++) {
      const count = 2 + random.integerBelow(40);
      const found = pickChanges(Array.from({ length: count }, () => random.uniform()));
      const edges = [0, ...found, count];
      if (found.length === 0) continue;
      const sizes = edges.slice(1).map((to, k) => to - edges[k]);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(3);
    }
  });

  it('finds about as many changes as their probabilities sum to', () => {
    const random = keyedRandom(2);
    // 20 changes 30 points apart, each known to within two points.
    const values: Record<number, number> = {};
    const truth = Array.from({ length: 20 }, (_, k) => 15 + 30 * k);
    for (const place of truth) {
      const off = random.integerBelow(3) - 1;
      for (const t of [-1, 0, 1]) values[place + off + t] = 0.3;
    }
    const found = pickChanges(at(620, values));
    expect(found.length).toBe(20);
    expect(found.every((place, k) => Math.abs(place - truth[k]) <= 2)).toBe(true);
  });
});
