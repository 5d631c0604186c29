import * as tf from '@tensorflow/tfjs-core';
import {
  initializers,
  input,
  type LayersModel,
  layers,
  model,
  type SymbolicTensor,
} from '@tensorflow/tfjs-layers';
import { useBackend } from './use-backend.ts';

/** A small residual network with every layer that the models train. */
function network(): LayersModel {
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
    const y = layers
      .conv1d({
        filters,
        kernelSize,
        strides,
        dilationRate,
        padding: 'same',
        kernelInitializer: normal(),
      })
      .apply(x);
    return layers.batchNormalization().apply(y) as SymbolicTensor;
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

async function losses(backend: 'wasm' | 'cpu', steps: number): Promise<number[]> {
  await useBackend(backend);
  const net = network();
  net.compile({ optimizer: tf.train.adam(0.01), loss: 'categoricalCrossentropy' });
  const [xs, ys] = [wave([6, 37, 2]), tf.oneHot([0, 1, 2, 3, 0, 1], 4)];
  const found: number[] = [];
  for (let step = 0; step < steps; step++) {
    found.push((await net.trainOnBatch(xs, ys)) as number);
  }
  tf.dispose([xs, ys]);
  net.dispose();
  return found;
}

it('trains on wasm as on the reference backend', async () => {
  const expected = await losses('cpu', 4);
  const found = await losses('wasm', 4);
  for (const [i, loss] of expected.entries()) expect(found[i]).toBeCloseTo(loss, 3);
  expect(found[3]).toBeLessThan(found[0]);
});
