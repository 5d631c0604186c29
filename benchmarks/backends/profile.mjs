// Where the time of a training step goes: of every kernel of the backend, and what is left for JavaScript.
//   node benchmarks/backends/profile.mjs [wide]
//
// Every call of a kernel is timed by the clock, and what lies between two of them; of each the least of many steps counts, so
// that neither other programs nor the collection of garbage are in it. Fills the table of docs/performance.md.
import { adam, useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { fillPage, markdown } from './fill-page.mjs';
import { batchOf, lossOf, ours, workloads } from './networks.mjs';

const wide = process.argv[2] === 'wide';
const { device } = await useBackend('wasm', { wide });

const groups = [
  ['convolutions, forward', /^(Biased|Rectified)?Conv2D$/],
  ['convolutions, by the input', /^Conv2DBackpropInput$/],
  ['convolutions, by the filter', /^Conv2DBackpropFilter$/],
  ['LSTM, forward', /^LstmSequence$/],
  ['LSTM, backward', /^LstmSequenceGradient$/],
  ['batch normalisation, forward', /^(BatchNormTraining|MovingAverage)$/],
  ['batch normalisation, backward', /^BatchNormGradient$/],
  ['ReLU, residual sums and other functions', /^(Relu|RectifiedSum|Tanh|Sigmoid)(Gradient)?$/],
  ['sums of the biases and others', /^(Sum|Mean)$/],
  ['additions and products', /^(Add|AddN|Multiply|Sub|RealDiv|Square)$/],
  ['pooling, statistics over time', /Pool|TimeStatistics/],
  ['Adam', /^AdamStep$/],
  ['other kernels', /./],
];
/** What is between two kernels. */
const between = groups.length;
/** Milliseconds of the calls of a step and of what is between them, in their order, and the groups of both. */
let pieces = [];
let groupOf = [];
let since = 0;
/** Kernels may call others: only the outermost is counted. */
let inside = false;

const note = (group) => {
  const now = performance.now();
  pieces.push(now - since);
  groupOf.push(group);
  since = now;
};

for (const kernel of tf.getKernelsForBackend('wasm')) {
  const group = groups.findIndex(([, names]) => names.test(kernel.kernelName));
  tf.unregisterKernel(kernel.kernelName, 'wasm');
  tf.registerKernel({
    ...kernel,
    kernelFunc: (call) => {
      if (inside) return kernel.kernelFunc(call);
      inside = true;
      note(between);
      const result = kernel.kernelFunc(call);
      note(group);
      inside = false;
      return result;
    },
  });
}

/** Milliseconds of each group in a step, and of what is between the kernels. */
async function profile(workload) {
  const of = workloads[workload];
  const net = of.network(of.shape, ours, { classes: of.classes });
  const optimizer = adam({ learningRate: 1e-3 });
  const variables = net.trainableWeights.map((weight) => weight.read());
  const data = batchOf(of, 64);
  let least;
  for (let i = 0; i < 40; i++) {
    [pieces, groupOf, since] = [[], [], performance.now()];
    const loss = tf.tidy(() => optimizer.minimize(() => lossOf(of, net, data), true, variables));
    await loss.data();
    note(between);
    loss.dispose();
    // The first steps make the optimizer's moments.
    if (i === 2) least = pieces;
    if (i > 2) least = least.map((ms, k) => Math.min(ms, pieces[k]));
  }
  optimizer.dispose();
  const sums = new Float64Array(groups.length + 1);
  for (const [k, ms] of least.entries()) sums[groupOf[k]] += ms;
  return [...sums];
}

const found = [];
for (const workload of Object.keys(workloads)) found.push(await profile(workload));
const cell = (value) => (value < 0.05 ? '' : value.toFixed(1));
const rows = groups.map(([name], g) => [name, ...found.map((times) => cell(times[g]))]);
const table = markdown([
  [`${device}, Node ${process.versions.node}`, ...Object.keys(workloads)],
  ...rows.filter((cells) => cells.slice(1).some(Boolean)),
  ['JavaScript', ...found.map((times) => cell(times[between]))],
  ['a step', ...found.map((times) => cell(times.reduce((sum, ms) => sum + ms, 0)))],
]);
process.stdout.write(`${table}\n`);
fillPage(wide ? 'profile wide' : 'profile', table);
process.exit(0);
