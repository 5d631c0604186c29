// LipNet-4 on wasm: a line of JSON in, the milliseconds of some training steps out.
import { createInterface } from 'node:readline';
import { adam, useBackend } from '@diffusion/backends';
import { networkByName } from '@diffusion/models';
import { registerLayers } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';

const wide = Number.parseInt(process.version.slice(1), 10) >= 24;
const { device } = await useBackend('wasm', { wide, warn() {} });
registerLayers();
const network = networkByName('lipnet').build({ variant: '4', classes: 3 });
const variables = network.trainableWeights.map((weight) => weight.read());
const optimizer = adam({ learningRate: 1e-3 });
const x = tf.randomNormal([32, 28, 28, 1], 0, 1, 'float32', 1);
const wanted = tf.tidy(() => {
  const hot = tf.oneHot(
    tf.tensor1d(
      Array.from({ length: 32 }, (_, i) => i % 3),
      'int32',
    ),
    3,
  );
  return tf.add(tf.mul(hot, 0.95), 0.05 / 3);
});
const step = () => {
  const p = network.apply(x, { training: true });
  return tf.neg(tf.mean(tf.sum(tf.mul(wanted, tf.log(tf.add(p, 1e-7))), 1)));
};
const parameters = network.countParams();
process.stdout.write(
  `${JSON.stringify({ device: `Node ${process.version}, ${device}`, parameters })}\n`,
);
for await (const line of createInterface({ input: process.stdin })) {
  const times = [];
  for (let i = 0; i < JSON.parse(line).steps; i++) {
    const began = performance.now();
    const loss = tf.tidy(() => optimizer.minimize(step, true, variables));
    await loss.data();
    loss.dispose();
    times.push(performance.now() - began);
  }
  process.stdout.write(`${JSON.stringify({ times })}\n`);
}
process.exit(0);
