import { simulate } from '@diffusion/simulate';
import { selectTracks, Tracks } from '@diffusion/tracks';
import { looksLikeNoise } from './looks-like-noise.ts';

const share = (tracks: Tracks) =>
  Array.from(tracks, looksLikeNoise).filter(Boolean).length / tracks.count;
const still = (length: number, dim: 1 | 2 | 3) =>
  simulate({ model: 'immobile', count: 2000, length, dim, seed: 1, sigma: 0.1 });
const moving = (q: number) =>
  simulate({ model: 'brownian', count: 500, length: 100, dim: 2, seed: 1, D: 0.5, sigma: 1 / q });

describe('looksLikeNoise', () => {
  it.each([
    [20, 2],
    [100, 1],
    [100, 3],
    [1000, 2],
  ] as const)(
    'says so of what stands still (N = %i, %iD), but for one tail of the law',
    (n, dim) => {
      // P(z < 2) = 0.977 of a normal law; short tracks have a somewhat longer tail.
      expect(share(still(n, dim))).toBeGreaterThan(0.955);
      expect(share(still(n, dim))).toBeLessThan(0.99);
    },
  );

  it('says so of the slowest, and not of what moves well', () => {
    expect(share(moving(0.1))).toBeGreaterThan(0.9);
    expect(share(moving(3))).toBe(0);
  });

  it('does not depend on units, and takes successive frames alone', () => {
    const tracks = moving(0.5);
    const scaled = new Tracks({
      ...tracks.data,
      positions: tracks.positions.map((x) => 4096 * x),
    });
    expect(Array.from(scaled, looksLikeNoise)).toEqual(Array.from(tracks, looksLikeNoise));
    // Steps of 1, 1 and 1, and one of 100 over a gap, which would hide their correlation.
    const one = new Tracks({
      positions: Float64Array.of(0, 1, 2, 3, -97, -96, -95, -94),
      offsets: Uint32Array.of(0, 8),
      dim: 1,
      frames: Int32Array.of(0, 1, 2, 3, 9, 10, 11, 12),
    });
    expect(share(one)).toBe(0);
  });

  it('says so where there is nothing to compare', () => {
    const few = new Tracks({
      positions: Float64Array.of(0, 1, 2, 2, 2, 2),
      offsets: Uint32Array.of(0, 1, 3, 6),
      dim: 1,
    });
    expect(Array.from(few, looksLikeNoise)).toEqual([true, true, true]);
    expect(share(selectTracks(few, Uint32Array.of()))).toBeNaN();
  });
});
