// A program: the weights after a training on vectors of 128 bits, on those of 256, and on those by two workers, as JSON.
import { createHash } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { useBackend } from '@diffusion/backends';
import { gajowczyk2021 } from '@diffusion/simulate';
import { fit, freshTracks } from '@diffusion/train';

const source = freshTracks(gajowczyk2021({ count: 68, seed: 1 }), 34);
const createWorker = () =>
  new Worker(new URL('../../dist/parallel/train-worker.js', import.meta.url));

async function trained(wide, count) {
  const { device } = await useBackend('wasm', { wide });
  const { model, history } = await fit({
    network: { name: 'xresnet', options: { filters: 8, depth: 1 } },
    encoder: { kind: 'motion', dim: 2, length: 600 },
    output: { kind: 'classes', classes: ['ND', 'DM', 'CD', 'FBM'] },
    source,
    recipe: { epochs: 2, batchSize: 16, learningRate: 0.01, seed: 4, shards: 2 },
    data: {},
    ...(count && { workers: { count, createWorker } }),
  });
  const hash = createHash('sha256');
  for (const weight of model.network.getWeights()) hash.update(weight.dataSync());
  return { device, loss: history.map(({ loss }) => loss), weights: hash.digest('hex') };
}

const found = [await trained(false), await trained(true), await trained(true, 2)];
process.stdout.write(JSON.stringify(found), () => process.exit(0));
