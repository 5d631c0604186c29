import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { encoder } from './encoder.ts';
import { pointwiseChannels } from './pointwise.ts';

const pointwise = (dim: 1 | 2 | 3, unit: 'track' | 'one' = 'track') =>
  encoder({ kind: 'pointwise', dim, length: null, options: { unit } });

const moved = (tracks: Tracks, change: (x: number, y: number) => [number, number]) => {
  const positions = tracks.positions.slice();
  for (let at = 0; at < positions.length; at += 2) {
    [positions[at], positions[at + 1]] = change(positions[at], positions[at + 1]);
  }
  return new Tracks({ ...tracks.data, positions });
};

describe('the pointwise encoding', () => {
  it('writes what it says of a track that is known', () => {
    // Steps 1, −1, 2 over one, one and four frames: √(mean of 1, 1, 1) = 1.
    const track = new Tracks({
      positions: Float64Array.of(0, 1, 0, 2),
      offsets: Uint32Array.of(0, 4),
      frames: Int32Array.of(0, 1, 2, 6),
      dim: 1,
    });
    const encode = pointwise(1);
    expect(encode.unit?.(track.at(0))).toBe(1);
    const { inputs } = encode.encode(track);
    const row = (t: number) => [...inputs.subarray(t * 12, (t + 1) * 12)];
    expect(pointwiseChannels(1)).toBe(12);
    expect(row(2)[0]).toBeCloseTo(Math.asinh(1), 6);
    expect(row(2)[1]).toBeCloseTo(Math.log(1 + 1e-4) / 4, 6);
    expect(row(2)[2]).toBeCloseTo(Math.log(4), 6);
    expect(row(2).slice(3, 7)).toEqual([-1, 1, 0, 0]);
    // From point 1 to point 3, five frames later: (2 − 1)²/5.
    expect(row(2)[7]).toBeCloseTo(Math.log(1 / 5 + 1e-4) / 4, 6);
    expect(row(3).slice(0, 7)).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('knows neither place nor unit, and but for its steps no direction', () => {
    const tracks = simulate({ model: 'fbm', alpha: 0.6, count: 4, length: 50, dim: 2, seed: 1 });
    const encode = pointwise(2);
    const { inputs } = encode.encode(tracks);
    const shifted = encode.encode(moved(tracks, (x, y) => [3 * x + 7, 3 * y - 2])).inputs;
    expect(Math.max(...inputs.map((value, k) => Math.abs(value - shifted[k])))).toBeLessThan(1e-5);
    const turned = encode.encode(moved(tracks, (x, y) => [-y, x])).inputs;
    const others = inputs.map((value, k) => (k % 13 < 2 ? 0 : Math.abs(value - turned[k])));
    expect(Math.max(...others)).toBeLessThan(1e-5);
  });

  it('keeps the unit where it is told to', () => {
    const tracks = simulate({ model: 'brownian', count: 1, length: 20, dim: 2, seed: 1 });
    const encode = pointwise(2, 'one');
    expect(encode.unit?.(tracks.at(0))).toBe(1);
    const twice = encode.encode(moved(tracks, (x, y) => [2 * x, 2 * y])).inputs;
    const [once] = encode.encode(tracks).inputs;
    expect(Math.sinh(twice[0])).toBeCloseTo(2 * Math.sinh(once), 5);
  });

  it('is finite for a track at rest and for tracks of one and two points', () => {
    const rest = new Tracks({
      positions: new Float64Array(2 * 13),
      offsets: Uint32Array.of(0, 10, 12, 13),
      dim: 2,
    });
    for (const i of [0, 1, 2]) {
      expect(pointwise(2).encode(rest, [i]).inputs.every(Number.isFinite)).toBe(true);
    }
  });
});
