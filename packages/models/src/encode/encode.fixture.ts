import { keyedRandom } from '@diffusion/random';
import { type Track, Tracks } from '@diffusion/tracks';
import fc from 'fast-check';

type Dim = 1 | 2 | 3;

/** What is tested of an encoder: how much it writes, and its function. */
export interface Written {
  channels(dim: number): number;
  features(dim: number): number;
  write(track: Track, out: Float32Array, features: Float32Array): void;
}

/** Encodes a track of one's own numbers; what is not written stays NaN. */
export const encodedBy =
  ({ channels, features: perTrack, write }: Written) =>
  (positions: ArrayLike<number>, dim: Dim, frames?: number[]) => {
    const track = new Tracks({
      positions: Float64Array.from(positions),
      offsets: Uint32Array.of(0, positions.length / dim),
      dim,
      ...(frames && { frames: Int32Array.from(frames) }),
    }).at(0);
    const out = new Float32Array(track.length * channels(dim)).fill(Number.NaN);
    const features = new Float32Array(perTrack(dim)).fill(Number.NaN);
    write(track, out, features);
    return { out: [...out], features: [...features] };
  };

/** Positions of a Brownian walk with steps of deviation 1. */
export function walk(points: number, dim: number, seed: number): Float64Array {
  const random = keyedRandom(seed);
  const positions = new Float64Array(points * dim);
  for (let i = dim; i < positions.length; i++) positions[i] = positions[i - dim] + random.normal();
  return positions;
}

/** Throws unless every number is within `by`, relative to 1 and its size, of the one that is wanted. */
export function closeTo(found: number[], wanted: number[], by: number): void {
  expect(found.length).toBe(wanted.length);
  const far = found.findIndex(
    (value, i) => !(Math.abs(value - wanted[i]) <= by * (1 + Math.abs(wanted[i]))),
  );
  if (far >= 0) throw new Error(`number ${far} is ${found[far]}: expected ${wanted[far]}`);
}

/** Encodes positions, as {@link encodedBy} gives it. */
type Encode = ReturnType<typeof encodedBy>;

/** Expects finite numbers, those per track within ±5, of tracks of any positions and gaps. */
export function expectFinite(encode: Encode, dim: Dim): void {
  const number = fc.oneof(
    fc.constantFrom(0, 1, -1, 1e150, -1e150, 1e-300),
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  );
  fc.assert(
    fc.property(
      fc.array(fc.array(number, { minLength: dim, maxLength: dim }), {
        minLength: 1,
        maxLength: 40,
      }),
      fc.array(fc.integer({ min: 1, max: 2 ** 20 }), { minLength: 40, maxLength: 40 }),
      fc.boolean(),
      (points, gaps, hasGaps) => {
        let frame = 0;
        const frames = points.map((_, t) => {
          frame += gaps[t];
          return frame;
        });
        const { out, features } = encode(points.flat(), dim, hasGaps ? frames : undefined);
        expect([...out, ...features].every(Number.isFinite)).toBe(true);
        expect(Math.max(...features.map(Math.abs))).toBeLessThanOrEqual(5);
      },
    ),
    { numRuns: 200, seed: 2 },
  );
}

/**
 * Expects that frames in a row change nothing, and that the last channel but one is ln of the frames of a displacement.
 *
 * @returns the numbers of a 2D track of 20 points over 24 frames.
 */
export function expectGapsTold(encode: Encode, channels: number): number[] {
  const positions = walk(20, 2, 5);
  const frames = Array.from({ length: 20 }, (_, t) => 7 + t);
  expect(encode(positions, 2, frames)).toEqual(encode(positions, 2));
  const late = frames.map((frame, t) => (t > 9 ? frame + 4 : frame));
  const { out, features } = encode(positions, 2, late);
  const gaps = Array.from({ length: 20 }, (_, t) => out[t * channels + channels - 2]);
  closeTo(
    gaps,
    Array.from({ length: 20 }, (_, t) => (t === 9 ? Math.log(5) : 0)),
    1e-6,
  );
  return features;
}
