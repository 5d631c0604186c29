// Measures one backend of tfjs: a line of JSON in, { workload, mode, steps, atMost, batch, length }, a line of JSON out.
//   node benchmarks/backends/contestant.mjs BACKEND [wide]
import { writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { adam, useBackend } from '@diffusion/backends';
import { foldBatchNormalization } from '@diffusion/backends/layers';
import { torchWeights, writeSafetensors } from '@diffusion/models/safetensors';
import { registerLayers } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import { batchOf, lossOf, operations, ours, workloads } from './networks.mjs';

const [name, width] = process.argv.slice(2);
const report = await useBackend(name, { wide: width === 'wide', warn: () => {} });
if (report.name !== name) {
  process.stdout.write(`${JSON.stringify({ error: report.reason })}\n`);
  process.exit(0);
}
process.stdout.write(`${JSON.stringify({ device: report.device, node: process.version })}\n`);
registerLayers();

const networks = new Map();

/** A network with what it needs to be trained and to predict, there without batch normalisations of its own. */
async function prepare(workload, batch, length) {
  const key = `${workload} ${batch} ${length}`;
  if (!networks.has(key)) {
    const of = workloads[workload];
    const size = length ? [length, of.shape[1]] : of.shape;
    const net = of.network(size, ours, { classes: of.classes });
    const optimizer = adam({ learningRate: 1e-3 });
    const variables = net.trainableWeights.map((weight) => weight.read());
    const folded = await foldBatchNormalization(net);
    networks.set(key, { of, net, folded, optimizer, variables, data: batchOf(of, batch, length) });
  }
  return networks.get(key);
}

const parametersOf = (net) =>
  net.trainableWeights.reduce((sum, weight) => sum + weight.read().size, 0);

/** @param atMost milliseconds after which no further step is begun, once there were two */
async function measure({ workload, mode, steps, atMost = Infinity, batch = 64, length }) {
  const { of, net, folded, optimizer, variables, data } = await prepare(workload, batch, length);
  const run = {
    step: () => tf.tidy(() => optimizer.minimize(() => lossOf(of, net, data), true, variables)),
    predict: () => folded.predictOnBatch(data.x),
  }[mode];
  const times = [];
  const begun = performance.now();
  for (let i = 0; i < steps && (i < 2 || performance.now() - begun < atMost); i++) {
    const [wall, cpu] = [performance.now(), process.cpuUsage()];
    const result = [run()].flat();
    for (const tensor of result) await tensor.data();
    const { user, system } = process.cpuUsage(cpu);
    times.push({ wall: performance.now() - wall, cpu: (user + system) / 1000 });
    tf.dispose(result);
  }
  return {
    times,
    operations: operations(net, length ?? of.shape[0])[mode] * batch,
    parameters: parametersOf(net),
  };
}

/** GFLOP/s of the backend's own product of matrices that stay in the caches, at its best. */
async function peak() {
  const [a, b] = [tf.randomNormal([128, 256]), tf.randomNormal([256, 64])];
  let best = 0;
  for (let i = 0; i < 300; i++) {
    const from = performance.now();
    const products = Array.from({ length: 8 }, () => tf.matMul(a, b));
    await products[7].data();
    best = Math.max(best, (8 * 2 * 128 * 256 * 64) / (performance.now() - from) / 1e6);
    tf.dispose(products);
  }
  tf.dispose([a, b]);
  return { peak: best };
}

/** Writes weights, inputs and answers under PyTorch's names, for PyTorch to answer the same. */
async function write({ workload, file }) {
  const { net, data } = await prepare(workload, 64);
  const tensors = Object.entries(torchWeights(net)).map(([key, value]) => [
    `weights.${key}`,
    value,
  ]);
  const [track, features] = data.x;
  const [classes, exponent] = net.predictOnBatch(data.x);
  for (const [key, tensor] of Object.entries({ track, features, class: classes, exponent })) {
    tensors.push([key, { values: await tensor.data(), shape: tensor.shape }]);
  }
  writeFileSync(file, writeSafetensors(Object.fromEntries(tensors)));
  return { file };
}

const modes = { peak, write };
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  const answer = await (modes[request.mode] ?? measure)(request);
  const heap = tf.backend().wasm?.HEAPU8.buffer.byteLength;
  process.stdout.write(`${JSON.stringify({ ...answer, heap })}\n`);
}
process.exit(0);
