import { Worker } from 'node:worker_threads';
// The built package: its worker script is a file of its own.
import { defineFeature, type Feature, features, parallelFeatures } from '@diffusion/features';
import { simulate } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';

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
    const names = ['alpha', 'straightness'] as const;
    const columns = await parallelFeatures(of, { names, workers: 2, points: 200 });
    expect(plain(columns)).toEqual(plain(features(tracks, { names })));
    expect(tracks.positions.length).toBe(tracks.pointCount * 2);
  });

  it('names the track that is wrong as features does', async () => {
    const positions = tracks.positions.slice();
    positions[tracks.offsets[30] * 2 + 3] = Number.NaN;
    const wrong = new Tracks({ ...tracks.data, positions });
    const message = 'track 30, point 1: coordinate y is NaN';
    expect(() => features(wrong)).toThrow(message);
    await expect(parallelFeatures(wrong, { workers: 2, points: 100 })).rejects.toThrow(message);
  });

  it('has features of ones own by their modules', async () => {
    const module = new URL('../own.fixture.mjs', import.meta.url);
    const { crossings, default: bend } = (await import(module.href)) as Record<string, Feature>;
    const names = ['alpha', { module, export: 'crossings' }, { module: module.href }] as const;
    const columns = await parallelFeatures(tracks, { names, workers: 2, points: 100 });
    expect(Object.keys(columns)).toEqual(['alpha', 'crossings', 'bend']);
    expect(plain(columns)).toEqual(plain(features(tracks, { names: ['alpha', crossings, bend] })));
  });

  it('says what is wrong with a feature of ones own', async () => {
    const module = new URL('../own.fixture.mjs', import.meta.url);
    const one = defineFeature({ name: 'one', meaning: 'One.', compute: () => 1 });
    const ask = (...names: unknown[]) => parallelFeatures(tracks, { names: names as Feature[] });
    await expect(ask(one)).rejects.toThrow(
      "names has your own feature 'one': a function cannot be sent to a worker; give { module:",
    );
    await expect(ask({ module: './own.mjs' })).rejects.toThrow(
      "module is './own.mjs': expected a whole",
    );
    await expect(ask({ module: new URL('./nothing.mjs', module) })).rejects.toThrow(
      /module 'file:.*nothing\.mjs' cannot be imported: /,
    );
    await expect(ask({ module, export: 'crossing' })).rejects.toThrow(
      'expected one of what it exports, crossings, default, failing, none',
    );
    await expect(ask({ module, export: 'none' })).rejects.toThrow(
      'expected what defineFeature gives',
    );
    await expect(ask({ module, export: 'failing' })).rejects.toThrow('no such thing as failing');
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
    await expect(parallelFeatures(tracks, { names: ['speed' as 'alpha'] })).rejects.toThrow(
      "'speed'",
    );
  });
});
