// One of the workers that share a batch: the gradient of a shard, or its prediction.
import { useBackend } from '@diffusion/backends';
import { foldBatchNormalization } from '@diffusion/backends/layers';
import { assignFlat, flatten } from '@diffusion/backends/parallel';
import { servePool } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import { batchOf, lossOf, ours, workloads } from './networks.mjs';

servePool('team-worker', async ({ workload, samples, wide }, shared) => {
  await useBackend('wasm', { wide });
  const of = workloads[workload];
  const net = of.network(of.shape, ours, { classes: of.classes });
  const folded = await foldBatchNormalization(net);
  const variables = net.trainableWeights.map((weight) => weight.read());
  const data = batchOf(of, samples);
  return async ({ mode, shard }) =>
    tf.tidy(() => {
      if (mode === 'predict') return folded.predictOnBatch(data.x).dataSync()[0];
      assignFlat(variables, shared.parameters);
      const { value, grads } = tf.variableGrads(() => lossOf(of, net, data), variables);
      const size = shared.parameters.length;
      const slot = shared.gradients.subarray(shard * size, (shard + 1) * size);
      flatten(
        variables.map(({ name }) => grads[name]),
        slot,
      );
      return value.dataSync()[0];
    });
});
