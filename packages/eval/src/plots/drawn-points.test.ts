import { Tracks } from '@diffusion/tracks';
import { drawnPoints } from './drawn-points.ts';

const track = (frames: number[]) =>
  new Tracks({
    positions: new Float64Array(frames.length),
    offsets: Uint32Array.of(0, frames.length),
    dim: 1,
    frames: Int32Array.from(frames),
  }).at(0);

describe('drawnPoints', () => {
  it('begins a stretch after every gap and marks what no line shows', () => {
    expect(drawnPoints(track([0, 1, 4, 9, 10]), 1)).toEqual([
      { point: 0, run: 0, alone: false },
      { point: 1, run: 0, alone: false },
      { point: 2, run: 1, alone: true },
      { point: 3, run: 2, alone: false },
      { point: 4, run: 2, alone: false },
    ]);
  });

  it('takes every step-th point and the last, and gaps also between those left out', () => {
    expect(drawnPoints(track([0, 1, 5, 6, 7, 8]), 4).map(({ point, run }) => [point, run])).toEqual(
      [
        [0, 0],
        [4, 1],
        [5, 1],
      ],
    );
  });
});
