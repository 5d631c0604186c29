import * as tf from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { adam } from './adam.ts';
import { dilatedConv1D, fusedBatchNormalization } from './layers/index.ts';
import { useBackend } from './use-backend.ts';

type Make = Pick<typeof layers, 'conv1d' | 'batchNormalization'>;

const fused: Make = { conv1d: dilatedConv1D, batchNormalization: fusedBatchNormalization };

/** A small residual network with every layer that the models train. */
function network(make: Make = layers): LayersModel {
  let seed = 1;
  const normal = () => initializers.heNormal({ seed: seed++ });
  const relu = (x: SymbolicTensor) => layers.reLU().apply(x) as SymbolicTensor;
  const convolution = (
    x: SymbolicTensor,
    filters: number,
    kernelSize: number,
    strides = 1,
    dilationRate = 1,
  ) => {
    const y = make
      .conv1d({
        filters,
        kernelSize,
        strides,
        dilationRate,
        padding: 'same',
        kernelInitializer: normal(),
      })
      .apply(x);
    return make.batchNormalization().apply(y) as SymbolicTensor;
  };
  const x = input({ shape: [37, 2] });
  let y = relu(convolution(x, 8, 5, 2));
  y = layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }).apply(y) as SymbolicTensor;
  const inner = convolution(relu(convolution(y, 16, 5, 2)), 16, 5, 1, 2);
  const pooled = layers.averagePooling1d({ poolSize: 2, strides: 2, padding: 'same' }).apply(y);
  const identity = convolution(pooled as SymbolicTensor, 16, 1);
  y = relu(layers.add().apply([inner, identity]) as SymbolicTensor);
  const mean = layers.globalAveragePooling1d({}).apply(y) as SymbolicTensor;
  const top = layers.globalMaxPooling1d({}).apply(y) as SymbolicTensor;
  const features = layers.concatenate().apply([mean, top]) as SymbolicTensor;
  const output = layers
    .dense({ units: 4, activation: 'softmax', kernelInitializer: normal() })
    .apply(features);
  return model({ inputs: x, outputs: output as SymbolicTensor });
}

const wave = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * i)),
    shape,
  );

const batch = () => [wave([6, 37, 2]), tf.oneHot([0, 1, 2, 3, 0, 1], 4)];

/** The losses of a few steps from the same beginning; `between` is called after each. */
async function losses(net: LayersModel, steps: number, between = (_step: number) => {}) {
  const optimizer = adam({ learningRate: 0.01 });
  net.compile({ optimizer, loss: 'categoricalCrossentropy' });
  const [xs, ys] = batch();
  const found: number[] = [];
  for (let step = 0; step < steps; step++) {
    found.push((await net.trainOnBatch(xs, ys)) as number);
    between(step);
  }
  tf.dispose([xs, ys]);
  net.dispose();
  optimizer.dispose();
  return found;
}

it.each([
  ['stock', layers],
  ['fused', fused],
])('trains %s layers on wasm as on the reference backend', async (_, make) => {
  await useBackend('cpu');
  const expected = await losses(network(make), 4);
  await useBackend('wasm');
  const found = await losses(network(make), 4);
  for (const [i, loss] of expected.entries()) expect(found[i]).toBeCloseTo(loss, 3);
  expect(found[3]).toBeLessThan(found[0]);
});

const heap = () => {
  const { wasm } = tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } };
  return wasm.HEAPU8.buffer.byteLength;
};

it('gives the same numbers when the heap grows in the middle of training', async () => {
  await useBackend('wasm');
  const expected = await losses(network(fused), 5);
  const before = heap();
  const ballast: tf.Tensor[] = [];
  const found = await losses(network(fused), 5, (step) => {
    // More than there is left: the backend has to grow its memory, and the old views of it are dead.
    if (step % 2 === 0) ballast.push(tf.zeros([heap() / 4]));
  });
  tf.dispose(ballast);
  expect(heap()).toBeGreaterThan(2 * before);
  expect(found).toEqual(expected);
});

it('leaves no tensor and no memory behind in a hundred steps and a hundred predictions', async () => {
  await useBackend('wasm');
  const net = network(fused);
  net.compile({ optimizer: adam({ learningRate: 1e-3 }), loss: 'categoricalCrossentropy' });
  const [xs, ys] = batch();
  const step = async () => {
    await net.trainOnBatch(xs, ys);
    tf.dispose(net.predict(xs));
  };
  await step();
  const [tensors, bytes] = [tf.memory().numTensors, heap()];
  for (let i = 0; i < 100; i++) await step();
  expect(tf.memory().numTensors).toBe(tensors);
  expect(heap()).toBe(bytes);
});
