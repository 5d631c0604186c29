// Measures one backend of tfjs: a line of JSON in, { workload, mode, steps, batch }, a line of JSON out.
//   node benchmarks/backends/contestant.mjs BACKEND
import { createInterface } from 'node:readline';
import { adam, useBackend } from '@diffusion/backends';
import { foldBatchNormalization } from '@diffusion/backends/layers';
import * as tf from '@tensorflow/tfjs-core';
import { batchOf, operations, ours, workloads } from './networks.mjs';

const name = process.argv[2];
const report = await useBackend(name, { wide: true, warn: () => {} });
if (report.name !== name) {
  process.stdout.write(`${JSON.stringify({ error: report.reason })}\n`);
  process.exit(0);
}
process.stdout.write(`${JSON.stringify({ device: report.device })}\n`);

const networks = new Map();

/** A network with what it needs to be trained and to predict, there without batch normalisations of its own. */
async function prepare(workload, batch, length) {
  const key = `${workload} ${batch} ${length}`;
  if (!networks.has(key)) {
    const { network, shape, classes } = workloads[workload];
    const size = length ? [length, shape[1]] : shape;
    const net = network(size, ours, { classes });
    const optimizer = adam({ learningRate: 1e-3 });
    const variables = net.trainableWeights.map((weight) => weight.read());
    const folded = await foldBatchNormalization(net);
    networks.set(key, { net, folded, optimizer, variables, ...batchOf(size, classes, batch) });
  }
  return networks.get(key);
}

async function measure({ workload, mode, steps, batch = 64, length }) {
  const { net, folded, optimizer, variables, x, y } = await prepare(workload, batch, length);
  const run = {
    step: () =>
      tf.tidy(() =>
        optimizer.minimize(
          () => tf.losses.softmaxCrossEntropy(y, net.apply(x, { training: true })),
          true,
          variables,
        ),
      ),
    predict: () => folded.predictOnBatch(x),
  }[mode];
  const times = [];
  for (let i = 0; i < steps; i++) {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const result = run();
    await result.data();
    const { user, system } = process.cpuUsage(cpu);
    times.push({ wall: performance.now() - wall, cpu: (user + system) / 1000 });
    result.dispose();
  }
  return { times, operations: operations(net)[mode] * batch };
}

/** GFLOP/s of the backend's own product of matrices that stay in the caches, at its best. */
async function peak() {
  const [a, b] = [tf.randomNormal([128, 256]), tf.randomNormal([256, 64])];
  let best = 0;
  for (let i = 0; i < 200; i++) {
    const from = performance.now();
    const products = Array.from({ length: 8 }, () => tf.matMul(a, b));
    await products[7].data();
    best = Math.max(best, (8 * 2 * 128 * 256 * 64) / (performance.now() - from) / 1e6);
    tf.dispose(products);
  }
  tf.dispose([a, b]);
  return { peak: best };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = request.mode === 'peak' ? await peak() : await measure(request);
  const { heap } = { heap: tf.backend().wasm?.HEAPU8.buffer.byteLength };
  process.stdout.write(`${JSON.stringify({ ...answer, heap })}\n`);
}
process.exit(0);
