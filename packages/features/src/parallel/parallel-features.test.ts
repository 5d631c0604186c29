import { Worker } from 'node:worker_threads';
// The built package: its worker script is a file of its own.
import { features, parallelFeatures } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { buffersOf } from './message.ts';

const tracks = simulate({
  model: 'brownian',
  count: 40,
  length: { min: 5, max: 60 },
  dim: 2,
  seed: 3,
  missed: 0.05,
});

const plain = (columns: Record<string, Float64Array>) =>
  Object.entries(columns).map(([name, column]) => [name, Array.from(column)]);

describe('parallelFeatures', () => {
  it.each([
    [1, 10_000],
    [2, 100],
    [3, 1],
  ])('gives the same bits with %i workers and runs of %i points', async (workers, points) => {
    expect(plain(await parallelFeatures(tracks, { workers, points }))).toEqual(
      plain(features(tracks)),
    );
  });

  it('leaves the tracks as they are, and shares them where they can be shared', async () => {
    const shared = new Float64Array(new SharedArrayBuffer(tracks.positions.byteLength));
    shared.set(tracks.positions);
    const of = new Tracks({ ...tracks.data, positions: shared });
    const names = ['alpha', 'straightness'];
    const columns = await parallelFeatures(of, { names, workers: 2, points: 200 });
    expect(plain(columns)).toEqual(plain(features(tracks, { names })));
    expect(tracks.positions.length).toBe(tracks.pointCount * 2);
    expect(buffersOf([shared, undefined, new Int32Array(2)])).toHaveLength(1);
  });

  it('names the track that is wrong as features does', async () => {
    const positions = tracks.positions.slice();
    positions[tracks.offsets[30] * 2 + 3] = Number.NaN;
    const wrong = new Tracks({ ...tracks.data, positions });
    const message = 'track 30, point 1: coordinate y is NaN';
    expect(() => features(wrong)).toThrow(message);
    await expect(parallelFeatures(wrong, { workers: 2, points: 100 })).rejects.toThrow(message);
  });

  it('says so when a worker dies, instead of waiting', async () => {
    const createWorker = () => new Worker('process.exit(3)', { eval: true });
    await expect(parallelFeatures(tracks, { workers: 2, createWorker })).rejects.toThrow(
      /^worker \d of \d did not start: exit code 3: expected the script @diffusion\/features\/worker/,
    );
    const throwing = () => new Worker('throw new Error("broken script")', { eval: true });
    await expect(parallelFeatures(tracks, { createWorker: throwing })).rejects.toThrow(
      'broken script',
    );
  });

  it('has nothing to do for no tracks, and takes no fewer than one worker', async () => {
    const none = new Tracks({
      positions: new Float64Array(0),
      offsets: Uint32Array.of(0),
      dim: 1,
    });
    expect((await parallelFeatures(none, { names: ['alpha'] })).alpha).toHaveLength(0);
    await expect(parallelFeatures(tracks, { workers: 0 })).rejects.toThrow('workers is 0');
    await expect(parallelFeatures(tracks, { names: ['speed'] })).rejects.toThrow("'speed'");
  });
});
