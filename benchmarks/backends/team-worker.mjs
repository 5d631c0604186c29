// One of the workers that share a batch: the gradient of a shard, or its prediction.
import { useBackend } from '@diffusion/backends';
import { assignFlat, flatten } from '@diffusion/backends/parallel';
import { servePool } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import { batchOf, ours, workloads } from './networks.mjs';

servePool('team-worker', async ({ workload, samples }, shared) => {
  await useBackend('wasm', { wide: true });
  const { network, shape, classes } = workloads[workload];
  const net = network(shape, ours, { classes });
  const variables = net.trainableWeights.map((weight) => weight.read());
  const { x, y } = batchOf(shape, classes, samples);
  return async ({ mode, shard }) =>
    tf.tidy(() => {
      if (mode === 'predict') return net.predictOnBatch(x).dataSync()[0];
      assignFlat(variables, shared.parameters);
      const loss = () => tf.losses.softmaxCrossEntropy(y, net.apply(x, { training: true }));
      const { value, grads } = tf.variableGrads(loss, variables);
      const size = shared.parameters.length;
      const slot = shared.gradients.subarray(shard * size, (shard + 1) * size);
      flatten(
        variables.map(({ name }) => grads[name]),
        slot,
      );
      return value.dataSync()[0];
    });
});
