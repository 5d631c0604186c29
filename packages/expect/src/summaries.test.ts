import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { msdOf, PLACES, SUMMARIES, summaries } from './summaries.ts';

const set = (sigma: number) =>
  simulate({ model: 'brownian', count: 200, length: 200, dim: 2, seed: 1, D: 0.5, sigma });
const mean = (tracks: Tracks, place: number): number => {
  const { values } = summaries(tracks);
  let sum = 0;
  for (let i = 0; i < tracks.count; i++) sum += values[i * SUMMARIES + place] / tracks.count;
  return sum;
};

describe('summaries', () => {
  it('are those of Brownian motion in closed form', () => {
    // Steps without memory; with an error, a correlation of −σ²/(2DΔt + 2σ²).
    expect(Math.abs(mean(set(0), PLACES.correlation))).toBeLessThan(0.02);
    expect(mean(set(1), PLACES.correlation)).toBeCloseTo(-1 / 3, 1.5);
    expect(mean(set(0), PLACES.msdShort)).toBeCloseTo(1, 1.5);
    // ⟨r⁴⟩/⟨r²⟩² = 2 in the plane.
    expect(mean(set(0), PLACES.steps)).toBeCloseTo(Math.LN2, 1);
  });

  it('do not depend on the unit, and steps do', () => {
    const tracks = set(0.3);
    const scaled = new Tracks({ ...tracks.data, positions: tracks.positions.map((x) => 100 * x) });
    const [a, b] = [summaries(tracks), summaries(scaled)];
    for (const [k, value] of a.values.entries()) expect(b.values[k]).toBeCloseTo(value, 8);
    expect(b.step[0] / a.step[0]).toBeCloseTo(100, 8);
  });

  it('know gaps, single points and what never moves', () => {
    const tracks = new Tracks({
      positions: [0, 1, 3, 7, 0, 5, 5, 5],
      offsets: [0, 4, 5, 8],
      frames: [0, 1, 3, 4, 0, 0, 1, 2],
      dim: 1,
    });
    const { values, step } = summaries(tracks);
    expect(step[0]).toBeCloseTo(Math.sqrt((1 + 16) / 2), 12);
    expect(step[1]).toBeNaN();
    expect(step[2]).toBe(0);
    expect(values.every(Number.isFinite)).toBe(true);
    expect(msdOf(tracks.at(0), 2)).toBe(4);
    expect(msdOf(tracks.at(0), 9)).toBeNaN();
  });
});
