import { useBackend } from '@diffusion/backends';
import { explainTracks } from '@diffusion/eval/explain';
import { dataSet } from '@diffusion/simulate';
import { loadPretrained } from '@diffusion/weights';
import * as tf from '@tensorflow/tfjs-core';

await useBackend('wasm');
const model = await loadPretrained('motion-2d');
const tracks = dataSet({ preset: 'motion', dim: 2, count: 1000, seed: 1 }).generate();
console.error(tracks.pointCount, 'points');
const before = tf.memory();
for (const options of [{ method: 'lrp' }, { method: 'gradient-input' }]) {
  const start = performance.now();
  const { reasons } = await explainTracks(tracks, model, options);
  console.error(
    options.method,
    (performance.now() - start) / 1000,
    's',
    reasons.filter((r) => !r).length,
  );
}
console.error(tf.memory().numTensors - before.numTensors, tf.memory().numBytes - before.numBytes);
