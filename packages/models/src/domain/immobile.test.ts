import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { movesBeyondNoise } from './immobile.ts';

const track = (positions: Float64Array, dim: 1 | 2 | 3, frames?: Int32Array) =>
  new Tracks({
    positions,
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
    ...(frames && { frames }),
  }).at(0);

/** z-scores of many tracks: noise alone (Q = 0) or a Brownian path with √(DΔt)/σ = Q. */
function scores(count: number, points: number, dim: 1 | 2 | 3, q: number): Float64Array {
  const random = keyedRandom(11, points, dim, q);
  return Float64Array.from({ length: count }, () => {
    const positions = new Float64Array(points * dim);
    const path = new Float64Array(dim);
    for (let i = 0; i < positions.length; i++) {
      path[i % dim] += Math.SQRT2 * q * random.normal();
      positions[i] = path[i % dim] + random.normal();
    }
    return movesBeyondNoise(track(positions, dim));
  });
}

const share = (values: Float64Array, above: number) =>
  values.filter((z) => z > above).length / values.length;

describe('movesBeyondNoise', () => {
  // Binomial share 0.01 of 5,000: standard deviation 0.0014. The statistic is not quite normal on short tracks.
  it.each([
    [10, 2],
    [30, 1],
    [100, 2],
    [300, 3],
  ] as const)(
    'passes about one in a hundred particles that stand still (N = %i, %iD)',
    (points, dim) => {
      expect(share(scores(5000, points, dim, 0), 2.33)).toBeGreaterThan(0.002);
      expect(share(scores(5000, points, dim, 0), 2.33)).toBeLessThan(0.016);
    },
  );

  it('sees nearly every particle of the training set that diffuses', () => {
    expect(share(scores(2000, 30, 2, 1), 2.33)).toBeGreaterThan(0.99);
    // Ten points are few: a share of 0.81 was found.
    expect(share(scores(2000, 10, 2, 3), 2.33)).toBeGreaterThan(0.75);
  });

  it('does not take a particle that never moves for a moving one', () => {
    expect(movesBeyondNoise(track(new Float64Array(40).fill(3e6), 2))).toBe(
      Number.NEGATIVE_INFINITY,
    );
  });

  it('is undefined for fewer than three points', () => {
    expect(movesBeyondNoise(track(Float64Array.of(0, 1), 1))).toBeNaN();
  });

  it('counts only steps between consecutive frames', () => {
    const z = movesBeyondNoise(
      track(Float64Array.of(0, 5, 1, 4, 0, 9), 1, Int32Array.of(0, 1, 2, 3, 4, 90)),
    );
    expect(z).toBeLessThan(2.33);
    expect(z).not.toBeNaN();
  });
});
