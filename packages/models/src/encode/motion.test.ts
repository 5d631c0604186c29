import { Tracks } from '@diffusion/tracks';
import fc from 'fast-check';
import { encodeMotion, motionChannels } from './motion.ts';

const encode = (positions: number[], dim: 1 | 2 | 3, frames?: number[]) => {
  const track = new Tracks({
    positions: Float64Array.from(positions),
    offsets: Uint32Array.of(0, positions.length / dim),
    dim,
    ...(frames && { frames: Int32Array.from(frames) }),
  }).at(0);
  const out = new Float32Array(track.length * motionChannels(dim));
  const features = new Float32Array(1);
  encodeMotion(track, out, features);
  return { out: [...out], features: [...features] };
};

const coordinates = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
  minLength: 4,
  maxLength: 40,
});

describe('encodeMotion', () => {
  it('gives displacements, positions from the start, presence and missing frames', () => {
    // Steps 3 and −4: s = √(25/2).
    const s = Math.sqrt(12.5);
    const { out, features } = encode([10, 13, 9], 1);
    const expected = [
      3 / s,
      0,
      1,
      0,
      -4 / s,
      3 / (s * Math.sqrt(3)),
      1,
      0,
      0,
      -1 / (s * Math.sqrt(3)),
      1,
      0,
    ];
    out.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 6);
    });
    expect(features[0]).toBeCloseTo((Math.log(3) - 5) / 1.3, 6);
  });

  it('scales a step over missing frames by the square root of the frames it took, and says how many', () => {
    const { out } = encode([0, 2, 4], 1, [0, 4, 5]);
    // 2²/4 and 2²/1: s² = 2.5
    const s = Math.sqrt(2.5);
    expect(out[0]).toBeCloseTo(2 / (s * 2), 6);
    expect(out[3]).toBeCloseTo(Math.log(4), 6);
    expect(out[4]).toBeCloseTo(2 / s, 6);
    expect(out[7]).toBe(0);
  });

  it('knows no units and no origin', () => {
    fc.assert(
      fc.property(
        coordinates,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (xs, scale, shift) => {
          fc.pre(Math.max(...xs) - Math.min(...xs) > 1e-3);
          const plain = encode(xs, 1).out;
          const moved = encode(
            xs.map((x) => scale * (x + shift)),
            1,
          ).out;
          plain.forEach((value, i) => {
            expect(Math.abs(value - moved[i])).toBeLessThan(1e-3);
          });
        },
      ),
    );
  });

  it('gives finite numbers for a particle that never moves', () => {
    const { out } = encode([7, 7, 7, 7], 2);
    expect(out).toEqual([0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0]);
  });
});
