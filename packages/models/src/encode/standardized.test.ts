import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import fc from 'fast-check';
import { encodeStandardized } from './standardized.ts';

const encode = (positions: ArrayLike<number>, dim: 1 | 2 | 3): Float32Array => {
  const track = new Tracks({
    positions: Float64Array.from(positions),
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
  }).at(0);
  const out = new Float32Array(positions.length);
  encodeStandardized(track, out);
  return out;
};

const walk = (points: number, dim: number, seed: number) => {
  const random = keyedRandom(seed);
  const positions = new Float64Array(points * dim);
  for (let i = dim; i < positions.length; i++) positions[i] = positions[i - dim] + random.normal();
  return positions;
};

const dims = fc.constantFrom(1, 2, 3) as fc.Arbitrary<1 | 2 | 3>;
const seeds = fc.integer({ min: 0, max: 1000 });
const lengths = fc.integer({ min: 2, max: 300 });

describe('encodeStandardized', () => {
  it('gives the positions in deviations from their mean', () => {
    // Positions 0, 3, 2 from the first: mean 5/3, deviation √(14/9).
    const S = Math.sqrt(14 / 9);
    const [a, b, c] = encode([10, 13, 12], 1);
    expect(a).toBeCloseTo(-5 / 3 / S, 6);
    expect(b).toBeCloseTo(4 / 3 / S, 6);
    expect(c).toBeCloseTo(1 / 3 / S, 6);
  });

  it('gives every coordinate mean 0 and deviation 1', () => {
    fc.assert(
      fc.property(dims, seeds, lengths, (dim, seed, length) => {
        const out = encode(walk(length, dim, seed), dim);
        for (let axis = 0; axis < dim; axis++) {
          const column = out.filter((_, i) => i % dim === axis);
          const mean = column.reduce((sum, x) => sum + x, 0) / length;
          const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / length;
          expect(mean).toBeCloseTo(0, 5);
          expect(variance).toBeCloseTo(1, 4);
        }
      }),
    );
  });

  it('knows no units and no origin', () => {
    fc.assert(
      fc.property(
        dims,
        seeds,
        lengths,
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        (dim, seed, length, exponent, shift) => {
          const positions = walk(length, dim, seed);
          const moved = positions.map((x) => 10 ** exponent * (x + shift));
          const plain = encode(positions, dim);
          encode(moved, dim).forEach((x, i) => {
            expect(Math.abs(x - plain[i])).toBeLessThanOrEqual(1e-4 * (1 + Math.abs(plain[i])));
          });
        },
      ),
    );
  });

  it('gives 0 for a coordinate that never moves, beside one that does', () => {
    const out = encode([0.1, 7, 0.1, 8, 0.1, 9], 2);
    expect([out[0], out[2], out[4]]).toEqual([0, 0, 0]);
    expect(out[1]).toBeCloseTo(-Math.sqrt(1.5), 6);
    expect([...encode([3, 3], 2)]).toEqual([0, 0]);
  });

  it.each([
    ['a flight of 10¹⁶ among small steps', walk(200, 1, 1).map((x, t) => (t > 90 ? x + 1e16 : x))],
    ['steps of 10²⁰⁰', walk(50, 1, 2).map((x) => x * 1e200)],
    ['steps of 10⁻³⁰⁰', walk(50, 1, 2).map((x) => x * 1e-300)],
  ])('keeps its scale for %s', (_, positions) => {
    const out = encode(positions, 1);
    const squares = out.reduce((sum, x) => sum + x * x, 0);
    expect(squares / out.length).toBeCloseTo(1, 4);
  });
});
