import { motionEstimates, parallelMotionEstimates } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';

const walks = simulate({
  model: 'brownian',
  count: 12,
  length: { min: 3, max: 40 },
  dim: 2,
  seed: 3,
  missed: 0.05,
  sigma: 0.3,
});
const errors = new Float64Array(walks.pointCount).fill(0.3);
const tracks = new Tracks({ ...walks.data, pointColumns: { x_err: errors, y_err: errors } });

describe('parallelMotionEstimates', () => {
  it('gives the same bits as motionEstimates, and tells how far it is', async () => {
    const done: number[] = [];
    const found = await parallelMotionEstimates(tracks, {
      exposure: 0,
      workers: 2,
      points: 50,
      onProgress: (count) => done.push(count),
    });
    expect(found).toEqual(motionEstimates(tracks, { exposure: 0 }));
    expect(done.length).toBeGreaterThan(1);
    expect(done[done.length - 1]).toBe(12);
    expect(found.some(({ sigma }) => Math.abs(sigma.value - 0.3) < 1e-12)).toBe(true);
  });

  it('names what is wrong', async () => {
    const positions = tracks.positions.slice();
    positions[tracks.offsets[7] * 2] = Number.NaN;
    const wrong = new Tracks({ ...tracks.data, positions });
    await expect(parallelMotionEstimates(wrong, { points: 50 })).rejects.toThrow(
      'track 7, point 0: coordinate x is NaN',
    );
    await expect(parallelMotionEstimates(tracks, { exposure: -1 })).rejects.toThrow(
      'exposure is -1',
    );
    await expect(parallelMotionEstimates(tracks, { workers: 0 })).rejects.toThrow('workers is 0');
    const none = new Tracks({ positions: [], offsets: [0], dim: 1 });
    expect(await parallelMotionEstimates(none)).toEqual([]);
  });
});
