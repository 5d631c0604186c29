// A program: the bits that the kernels of one shape give, and what is wrong with them, as JSON.
//   node wide.fixture.mjs narrow|unfused|wide
import { createHash } from 'node:crypto';
import { adam, useBackend } from '@diffusion/backends';
import { checkConformance, conformanceCases } from '@diffusion/backends/conformance';
import { dilatedConv1D, fusedBatchNormalization, fusedLSTM } from '@diffusion/backends/layers';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';

const [shape] = process.argv.slice(2);
const { device } = await useBackend('wasm', { wide: shape === 'wide' });
/** Columns of a panel of the kernels that were put in place of those of `useBackend`, and how often those ran. */
let replaced;
if (shape === 'unfused') {
  // The wide kernels in an engine that leaves them in halves: of no use but to compare.
  const { createHost } = await import('../dist/kernels/host.js');
  const { registerKernels } = await import('../dist/kernels/install.js');
  const host = await createHost(tf.backend(), true);
  replaced = { columns: columnsOf(host), calls: 0 };
  const counted = ([name, run]) => [
    name,
    (...operands) => {
      replaced.calls++;
      return run(...operands);
    },
  ];
  registerKernels({ ...host, run: Object.fromEntries(Object.entries(host.run).map(counted)) });
}

/** Columns that lie side by side where a matrix is packed: the second row of a panel follows its first. */
function columnsOf(host) {
  return host.scratch(1024, (at) => {
    const floats = new Float32Array(host.backend.wasm.HEAPU8.buffer, at, 256).fill(-1);
    for (let i = 0; i < 64; i++) floats[i] = i;
    host.run.packPanels(at, 32, 1, 2, 32, 0, at + 256, 2, 0);
    const packed = floats.subarray(64);
    return packed.indexOf(33) - packed.indexOf(1);
  });
}

const digest = (tensors) => {
  const hash = createHash('sha256');
  for (const tensor of tensors) hash.update(tensor.dataSync());
  return hash.digest('hex').slice(0, 16);
};

/** Numbers that use all digits of a float. */
function values(shape, salt, map = (value) => value) {
  let state = (salt + 1) * 2654435761;
  const size = tf.util.sizeFromShape(shape);
  const numbers = Float32Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return map(state / 2147483648 - 1);
  });
  return tf.tensor(numbers, shape);
}

/** The result and the gradients of every case, and of sizes that take several tiles of every kind. */
function bits() {
  const products = [1, 5, 6, 7, 8, 13, 31, 98].flatMap((rows) =>
    [1, 7, 9, 16, 17, 24, 25, 40].map((columns) => ({
      name: `product ${rows} × 37 × ${columns}`,
      shapes: [
        [rows, 37],
        [37, columns],
      ],
      run: tf.matMul,
    })),
  );
  const convolutions = [1, 2, 3, 5, 7, 12, 20].map((channels, i) => ({
    name: `convolution of ${channels} channels`,
    shapes: [
      [9, 67, channels],
      [5, channels, 9 + 5 * i],
    ],
    run: (x, filter) => tf.conv1d(x, filter, 1 + (i % 2), 'same'),
  }));
  const found = {};
  for (const { name, shapes, run, map } of [...conformanceCases, ...products, ...convolutions]) {
    found[name] = tf.tidy(() => {
      const inputs = shapes.map((size, i) => values(size, i, map));
      const loss = (...given) => {
        const y = run(...given);
        return tf.sum(tf.mul(y, values(y.shape, 99)));
      };
      return digest([run(...inputs), ...tf.grads(loss)(inputs)]);
    });
  }
  return found;
}

/** The weights after some steps of a network with every layer. */
function training() {
  const x = input({ shape: [70, 2] });
  let y = x;
  for (const [i, strides] of [1, 2, 1].entries()) {
    const filters = [12, 32, 40][i];
    y = dilatedConv1D({
      filters,
      kernelSize: 5,
      strides,
      padding: 'same',
    }).apply(y);
    y = fusedBatchNormalization({ activation: 'relu' }).apply(y);
  }
  y = fusedLSTM({ units: 20 }).apply(y);
  y = layers.dense({ units: 5 }).apply(y);
  const net = model({ inputs: x, outputs: y });
  net.setWeights(net.getWeights().map(({ shape }, i) => values(shape, 50 + i, (v) => 0.2 * v)));
  const optimizer = adam({ learningRate: 1e-3, weightDecay: 0.01 });
  const variables = net.trainableWeights.map((weight) => weight.read());
  const before = tf.memory().numTensors;
  for (let step = 0; step < 12; step++) {
    tf.tidy(() => {
      const truth = values([33, 5], 200 + step);
      const loss = () =>
        tf.losses.meanSquaredError(truth, net.apply(values([33, 70, 2], step), { training: true }));
      optimizer.minimize(loss, false, variables);
    });
  }
  // Adam keeps two moments of every weight from its first step on.
  const left = tf.memory().numTensors - before - 2 * variables.length;
  return { weights: digest(net.getWeights()), left };
}

const problems = (await checkConformance()).filter(({ problem }) => problem);
const result = { device, replaced, problems, bits: bits(), training: training() };
process.stdout.write(JSON.stringify(result), () => process.exit(0));
