import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { useBackend } from '../use-backend.ts';
import { dilatedConv1D, foldBatchNormalization, fusedBatchNormalization } from './index.ts';

const names = (net: { layers: { getClassName(): string }[] }) =>
  net.layers.map((layer) => layer.getClassName());

/** Two that can be folded, with and without a bias, and two that cannot: after a ReLU, and of a result used twice. */
function network() {
  const x = input({ shape: [12, 2] });
  let y = dilatedConv1D({ filters: 4, kernelSize: 3, useBias: false }).apply(x) as SymbolicTensor;
  y = fusedBatchNormalization({ activation: 'relu' }).apply(y) as SymbolicTensor;
  y = fusedBatchNormalization().apply(y) as SymbolicTensor;
  const twice = layers.conv1d({ filters: 4, kernelSize: 1 }).apply(y) as SymbolicTensor;
  const normal = layers.batchNormalization({ scale: true }).apply(twice) as SymbolicTensor;
  y = layers.add().apply([twice, normal]) as SymbolicTensor;
  y = layers.globalAveragePooling1d({}).apply(y) as SymbolicTensor;
  y = layers.dense({ units: 3 }).apply(y) as SymbolicTensor;
  return model({ inputs: x, outputs: fusedBatchNormalization().apply(y) as SymbolicTensor });
}

it('predicts the same with fewer layers, and leaves the model as it was', async () => {
  await useBackend('wasm');
  const net = network();
  net.setWeights(
    net
      .getWeights()
      .map((weight, i) => tf.add(0.5, tf.abs(tf.randomNormal(weight.shape, 0, 1, 'float32', i)))),
  );
  const x = tf.randomNormal([5, 12, 2], 0, 1, 'float32', 3);
  const expected = (net.predict(x) as tf.Tensor).dataSync();
  const before = tf.memory().numTensors;
  const folded = await foldBatchNormalization(net);
  expect(names(net).filter((name) => name.includes('BatchNorm'))).toHaveLength(4);
  expect(names(folded).filter((name) => name.includes('BatchNorm'))).toHaveLength(2);
  const found = (folded.predict(x) as tf.Tensor).dataSync();
  for (const [i, value] of expected.entries()) expect(found[i] / value).toBeCloseTo(1, 4);
  const result = folded.predict(x) as tf.Tensor;
  result.dispose();
  folded.dispose();
  expect(tf.memory().numTensors).toBe(before + 1);
});
