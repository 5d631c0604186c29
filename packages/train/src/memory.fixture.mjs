// A program: what tensors and memory a training and predictions hold after 20 batches and after 120, as JSON.
//   node --expose-gc memory.fixture.mjs WORKERS [leak|wide]
import { Worker } from 'node:worker_threads';
import { useBackend } from '@diffusion/backends';
import { networkByName, trackModel } from '@diffusion/models';
import { gajowczyk2021 } from '@diffusion/simulate';
import { selectTracks } from '@diffusion/tracks';
import { repeatedTracks, train } from '@diffusion/train';
import * as tf from '@tensorflow/tfjs-core';

const [count, how] = process.argv.slice(2);
const leak = how === 'leak';
const shards = Math.max(1, Number(count));
// Where every worker notes the size of its heap.
const heaps = new Int32Array(new SharedArrayBuffer(4 * Number(count)));
let started = 0;
const createWorker = () =>
  new Worker(new URL('./memory-worker.fixture.mjs', import.meta.url), {
    workerData: heaps.subarray(started++),
  });
const [LENGTH, BATCH, FILTERS] = [64, 64, 16];
const { device } = await useBackend('wasm', { wide: how === 'wide' });
if (device.includes('256 bits') !== (how === 'wide')) throw new Error(device);

const samples = {};
/** Notes what is held at the 20th and the 120th batch; with `leak`, keeps four activations at each. */
function watch(what, batch) {
  if (leak) tf.keep(tf.zeros([4 * BATCH, LENGTH, FILTERS]));
  if (batch !== 20 && batch !== 120) return;
  globalThis.gc();
  const { rss, arrayBuffers } = process.memoryUsage();
  const heap = [tf.backend().wasm.HEAPU8.buffer.byteLength, ...heaps];
  samples[what] ??= [];
  samples[what].push({ tensors: tf.memory().numTensors, heap, rss, arrayBuffers });
}

/** The first points of a track as displacements from its start. */
const encoder = {
  specification: { kind: 'own', dim: 2, length: LENGTH },
  channels: 2,
  features: 0,
  encode(tracks, indices = Uint32Array.from({ length: tracks.count }, (_, i) => i)) {
    const inputs = new Float32Array(indices.length * LENGTH * 2);
    for (const [row, index] of indices.entries()) {
      const { positions } = tracks.at(index);
      for (let i = 0; i < Math.min(2 * LENGTH, positions.length); i++) {
        inputs[row * LENGTH * 2 + i] = positions[i] - positions[i % 2];
      }
    }
    return { count: indices.length, length: LENGTH, inputs, features: new Float32Array(0) };
  },
};

// Dilated convolutions, batch normalisation, dropout and three LSTMs.
const options = { dim: 2, classes: 4, length: LENGTH, depth: 3, filters: FILTERS, units: 8 };
const network = networkByName('wadnet').build({ ...options, dropout: 0.1, seed: 1 });
const output = { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] };
const tracks = gajowczyk2021({ count: 512, seed: 1 }).generate();
const recipe = {
  epochs: 15,
  batchSize: BATCH,
  learningRate: 1e-3,
  seed: 1,
  augmentation: { rotate: true, cutShare: 0, minLength: 10, gapShare: 0, maxMissing: 0 },
  shards,
};
let batches = 0;
const onBatch = () => watch('training', ++batches);
const source = repeatedTracks(tracks, 1);
const workers = { count: Number(count), createWorker };
await train({ network, encoder, output, source, recipe, workers, onBatch });

const range = { from: 0, to: 1e6, low: {}, high: {} };
const model = trackModel(
  network,
  {
    format: 'diffusion-model',
    version: 1,
    network: { name: 'wadnet', options },
    output,
    encoder: encoder.specification,
    domain: {
      dim: 2,
      minLength: 1,
      maxLength: 1e6,
      maxMissing: 1,
      minMotion: null,
      ranges: [range],
    },
    recipe: {},
    metrics: {},
    versions: {},
  },
  encoder,
);
const some = selectTracks(
  tracks,
  Uint32Array.from({ length: 2 * BATCH }, (_, i) => i),
);
// The leak is looked for in the training alone.
const predictions = leak ? 0 : 120;
for (let i = 1; i <= predictions; i++) {
  const { reasons } = await model.predict(some, { batchSize: 2 * BATCH });
  if (reasons.some((reason) => reason)) throw new Error('a track was not judged');
  watch('prediction', i);
}
process.stdout.write(JSON.stringify(samples), () => process.exit(0));
