// A worker that computes the gradient of one shard of a batch; the same module serves Node and a page.
import { useBackend } from '@diffusion/backends';
import { dilatedConv1D, fusedBatchNormalization } from '@diffusion/backends/layers';
import { assignFlat, countNumbers, flatten } from '@diffusion/backends/parallel';
import { servePool } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import { initializers, layers, sequential } from '@tensorflow/tfjs-layers';

const wave = (shape, from) => {
  const size = tf.util.sizeFromShape(shape);
  return tf.tensor(
    Float32Array.from({ length: size }, (_, i) => Math.sin((from + i) ** 2)),
    shape,
  );
};

function network() {
  const kernelInitializer = initializers.heNormal({ seed: 7 });
  return sequential({
    layers: [
      layers.inputLayer({ inputShape: [20, 2] }),
      dilatedConv1D({ filters: 8, kernelSize: 5, padding: 'same', kernelInitializer }),
      fusedBatchNormalization(),
      layers.reLU(),
      layers.globalAveragePooling1d({}),
      layers.dense({ units: 1, kernelInitializer }),
    ],
  });
}

servePool('train.fixture', async ({ wasmPaths, trouble }, shared) => {
  if (trouble === 'setup') throw new Error('no such model');
  await useBackend('wasm', { wasmPaths });
  const net = network();
  const variables = net.trainableWeights.map((weight) => weight.read());
  return async ({ shard, samples, command }) => {
    if (command === 'count') return countNumbers(variables);
    if (command === 'show') {
      flatten(variables, shared.parameters);
      return 0;
    }
    if (trouble === 'throw' && shard === 1) throw new Error('a bad shard');
    if (trouble === 'exit' && shard === 1) {
      close();
      return new Promise(() => {});
    }
    assignFlat(variables, shared.parameters);
    return tf.tidy(() => {
      const x = wave([samples, 20, 2], shard * 1000);
      const y = wave([samples, 1], shard * 77);
      const loss = () => tf.losses.meanSquaredError(y, net.apply(x, { training: true }));
      const { value, grads } = tf.variableGrads(loss, variables);
      const size = shared.parameters.length;
      const slot = shared.gradients.subarray(shard * size, (shard + 1) * size);
      flatten(
        variables.map(({ name }) => grads[name]),
        slot,
      );
      return value.dataSync()[0];
    });
  };
});
