import { useBackend } from '@diffusion/backends';
import { defineEncoder, encoder, networkByName } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { nodeWorker } from '@diffusion/workers';
import { noAugmentation } from '../augment/augment.ts';
import { type ExampleSource, examplesOf } from '../examples.ts';
import { freshTracks } from '../fresh-tracks.ts';
import { repeatedTracks } from '../repeated-tracks.ts';
import type { TrackSource } from '../source.ts';
import { train } from '../train.ts';
import { cutBatch } from './cut-batch.ts';
import { examplesAhead } from './examples-ahead.ts';

const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] } as const;
const fresh = () => freshTracks(gajowczyk2021({ count: 96, seed: 1 }), 24);
const repeated = () => repeatedTracks(gajowczyk2021({ count: 24, seed: 2 }).generate(), 3);
const augmentation = { ...noAugmentation, rotate: true, cutShare: 0.5 };
const motion = encoder({ kind: 'motion', dim: 2, length: 600 });
const edges = [0, 10, 20, 24];

const sourceOf = (source: TrackSource, encode = motion): ExampleSource => ({
  source,
  encoder: encode,
  output,
  recipe: { augmentation, seed: 4 },
});

/** A worker of the built package. */
const createWorker = () =>
  nodeWorker(
    './dist/parallel/train-worker.js',
    new URL('../../package.json', import.meta.url).href,
  )!;

/** Waits for so long as the tests of a machine with much to do allow. */
const whenStarted = () => new Promise((resolve) => setTimeout(resolve, 3000));

describe('examplesAhead', () => {
  it.each<[string, () => TrackSource, number, number]>([
    ['simulated tracks in a worker', fresh, 1, 1],
    ['simulated tracks in shards', fresh, 2, 3],
    ['tracks in memory', repeated, 1, 2],
    ['tracks on this thread', fresh, 0, 2],
  ])('gives the examples of %s, each once, the same bits', async (_, make, count, shards) => {
    const given = sourceOf(make());
    const ahead = examplesAhead({
      ...given,
      workers: { count, createWorker },
      shards,
      epochs: 4,
      edgesOf: () => edges,
    });
    try {
      for (let epoch = 0; epoch < 4; epoch++) {
        for (let b = 0; b < 3; b++) {
          // The first batches are made here, the others by workers that have started meanwhile.
          if (count > 0 && epoch === 1 && b === 0) await whenStarted();
          await ahead.prepare(epoch, edges[b], edges[b + 1]);
          for (const { from, to } of cutBatch(edges[b], edges[b + 1], shards)) {
            expect(ahead.take(epoch, from, to)).toEqual(examplesOf(given, epoch, from, to));
            expect(ahead.take(epoch, from, to)).toBeUndefined();
          }
        }
      }
    } finally {
      await ahead.close();
    }
  });

  it('leaves a worker the memory of what it has made', async () => {
    const module = new URL('./remembering.fixture.mjs', import.meta.url).href;
    const { remembering } = await import(module);
    const source = { module, export: 'remembering' };
    const own = defineEncoder({ ...remembering, source });
    const given = sourceOf(fresh(), encoder({ kind: 'remembering', dim: 2, length: 600 }, [own]));
    const ahead = examplesAhead({
      ...given,
      workers: { count: 1, createWorker },
      shards: 1,
      epochs: 4,
      edgesOf: () => edges,
    });
    try {
      let made = 0;
      for (let epoch = 0; epoch < 4; epoch++) {
        if (epoch === 1) await whenStarted();
        for (let b = 0; b < 3; b++) {
          await ahead.prepare(epoch, edges[b], edges[b + 1]);
          const { inputs } = ahead.take(epoch, edges[b], edges[b + 1])!;
          expect(inputs).not.toContain(-1);
          // What this thread makes has 1 there.
          if (inputs.includes(2)) made++;
        }
      }
      expect(made).toBeGreaterThan(1);
    } finally {
      await ahead.close();
    }
  });

  it('makes them here where the encoder is a function that no worker can have', async () => {
    const own = defineEncoder({
      name: 'first',
      channels: () => 1,
      write: ({ positions }, out) => out.set(positions.subarray(0, 1)),
    });
    const given = sourceOf(fresh(), encoder({ kind: 'first', dim: 2, length: 600 }, [own]));
    const ahead = examplesAhead({
      ...given,
      workers: { count: 2 },
      shards: 1,
      epochs: 1,
      edgesOf: () => edges,
    });
    await ahead.prepare(0, 0, 10);
    expect(ahead.take(0, 0, 10)).toEqual(examplesOf(given, 0, 0, 10));
    await ahead.close();
  });

  it('says what went wrong in a worker', async () => {
    const ahead = examplesAhead({
      ...sourceOf(fresh()),
      workers: {
        count: 1,
        createWorker: () => {
          throw new Error('no worker today');
        },
      },
      shards: 1,
      epochs: 1,
      edgesOf: () => edges,
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(ahead.prepare(0, 0, 10)).rejects.toThrow('no worker today');
    await ahead.close();
  });
});

describe('train with workers for its data', () => {
  beforeAll(() => useBackend('wasm'));

  it.each([
    ['this thread', 0, 1, fresh],
    ['one worker', 1, 2, fresh],
    ['this thread on tracks in memory', 0, 1, repeated],
  ])(
    'ends with the same bits on %s, and says how long it waited',
    async (_, workers, shards, make) => {
      const weights: number[][][] = [];
      for (const dataWorkers of [0, 1]) {
        const network = networkByName('xresnet').build({
          depth: 1,
          filters: 8,
          channels: 6,
          features: 1,
          length: 600,
          classes: 4,
          seed: 1,
        });
        const times: { seconds: number; waited: number }[] = [];
        await train({
          network,
          encoder: motion,
          output,
          source: make(),
          recipe: { epochs: 4, batchSize: 10, learningRate: 0.01, seed: 4, augmentation, shards },
          workers: { count: workers, createWorker },
          dataWorkers: { count: dataWorkers, createWorker },
          onBatch: ({ time }) => void times.push(time),
        });
        weights.push(network.getWeights().map((weight) => [...weight.dataSync()]));
        network.dispose();
        expect(times).toHaveLength(12);
        const last = times[times.length - 1];
        expect(last.waited).toBeGreaterThan(0);
        expect(last.waited).toBeLessThan(last.seconds);
        for (const [k, { seconds }] of times.entries()) {
          expect(seconds).toBeGreaterThan(times[k - 1]?.seconds ?? 0);
        }
      }
      expect(weights[1]).toEqual(weights[0]);
    },
  );

  it('refuses half a worker', async () => {
    const network = networkByName('xresnet').build({
      channels: 6,
      features: 1,
      length: 600,
      depth: 1,
      filters: 8,
    });
    const recipe = { epochs: 1, batchSize: 10, learningRate: 0.01, seed: 4 };
    const wrong = { network, encoder: motion, output, source: fresh(), recipe, dataWorkers: 0.5 };
    await expect(train(wrong)).rejects.toThrow('dataWorkers is 0.5: expected an integer');
    network.dispose();
  });
});
