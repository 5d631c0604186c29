import { keyedRandom } from '@diffusion/random';
import { type Track, Tracks } from '@diffusion/tracks';

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
