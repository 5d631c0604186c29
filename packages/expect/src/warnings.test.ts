import { keyedRandom } from '@diffusion/random';
import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { summaries } from './summaries.ts';
import { expectedSwaps, gridOf, inspectPositions, onALine } from './warnings.ts';

const walks = (sigma = 0) =>
  simulate({ model: 'brownian', count: 20, length: 60, dim: 2, seed: 2, D: 0.5, sigma });
const changed = (tracks: Tracks, change: (x: number, at: number) => number) =>
  new Tracks({ ...tracks.data, positions: tracks.positions.map(change) });
const kinds = (tracks: Tracks) =>
  inspectPositions(tracks, summaries(tracks).step).warnings.map(({ kind }) => kind);

describe('inspectPositions', () => {
  it('says nothing of tracks as they are, nor of six decimals', () => {
    const fine = changed(walks(0.1), (x) => Math.round(x * 1e6) / 1e6);
    expect(kinds(walks(0.1))).toEqual([]);
    expect(kinds(fine)).toEqual([]);
    expect(gridOf(walks())).toBe(0);
  });

  it('finds a grid, wherever it begins', () => {
    for (const side of [0.5, 0.3]) {
      const tracks = changed(walks(), (x) => 17.123 + side * Math.round(x / side));
      expect(gridOf(tracks)).toBeCloseTo(side, 6);
      const { pixel, warnings } = inspectPositions(tracks, summaries(tracks).step);
      expect(pixel).toBeCloseTo(side, 6);
      expect(warnings[0].text).toMatch(new RegExp(`^positions lie on a grid of ${side}`));
    }
  });

  it('finds points in the middle of their neighbours', () => {
    const random = keyedRandom(1);
    const tracks = walks();
    const positions = Float64Array.from(tracks.positions);
    let filled = 0;
    for (const { index, length } of tracks) {
      for (let p = 1; p + 1 < length; p += 2) {
        if (random.uniform() > 0.2) continue;
        filled++;
        const at = 2 * (tracks.offsets[index] + p);
        for (let d = 0; d < 2; d++) {
          positions[at + d] = (positions[at + d - 2] + positions[at + d + 2]) / 2;
        }
      }
    }
    const filledIn = new Tracks({ ...tracks.data, positions });
    expect(onALine(filledIn, 0)).toBeCloseTo(filled / (20 * 58), 2);
    expect(kinds(filledIn)).toEqual(['interpolated']);
    // A directed track without an error is no line of points that were put there: none without motion between either.
    expect(onALine(tracks, 0)).toBe(0);
  });
});

describe('expectedSwaps', () => {
  it('is 1 − exp(−density × area of a step) where points are anywhere', () => {
    // 50 tracks of two points in a square of side 100, each with a step of 3: 49 others over 10,000.
    const random = keyedRandom(3);
    const positions: number[] = [];
    const frames: number[] = [];
    for (let i = 0; i < 50; i++) {
      const [x, y] =
        i === 0 ? [0, 0] : i === 1 ? [100, 97] : [97 * random.uniform(), 97 * random.uniform()];
      positions.push(x, y, x, y + 3);
      frames.push(0, 1);
    }
    const offsets = Array.from({ length: 51 }, (_, i) => 2 * i);
    const tracks = new Tracks({ positions, offsets, frames, dim: 2 });
    expect(expectedSwaps(tracks)).toBeCloseTo(1 - Math.exp((-49 / 1e4) * Math.PI * 9), 3);
    expect(kinds(tracks)).toContain('swaps');
    // Without frames nobody knows who is there together.
    expect(expectedSwaps(new Tracks({ positions, offsets, dim: 2 }))).toBe(0);
  });
});
