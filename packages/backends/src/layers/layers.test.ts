import * as tf from '@tensorflow/tfjs-core';
import { layers, models, sequential } from '@tensorflow/tfjs-layers';
import { useBackend } from '../use-backend.ts';
import {
  dilatedConv1D,
  fusedBatchNormalization,
  fusedLSTM,
  rectifiedSum,
  registerLayers,
} from './index.ts';

type Layer = InstanceType<typeof layers.Layer>;

const wave = (shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * i)),
    shape,
  );

/** Both layers with the same weights, each in a model of its own. */
function twins(ours: Layer, stock: Layer, inputShape: number[]) {
  const [a, b] = [ours, stock].map((layer) => {
    const model = sequential({ layers: [layers.inputLayer({ inputShape }), layer] });
    return model;
  });
  b.setWeights(a.getWeights());
  return { a, b };
}

function difference(x: tf.Tensor, y: tf.Tensor): number {
  expect(x.shape).toEqual(y.shape);
  return tf.tidy(() => tf.max(tf.abs(tf.sub(x, y))).dataSync()[0]);
}

const pairs: [string, () => Layer, () => Layer, number[]][] = [
  [
    'DilatedConv1D',
    () => dilatedConv1D({ filters: 5, kernelSize: 3, dilationRate: 2, activation: 'relu' }),
    () => layers.conv1d({ filters: 5, kernelSize: 3, dilationRate: 2, activation: 'relu' }),
    [11, 3],
  ],
  [
    'DilatedConv1D with a stride, without a bias',
    () => dilatedConv1D({ filters: 4, kernelSize: 5, strides: 2, padding: 'same', useBias: false }),
    () => layers.conv1d({ filters: 4, kernelSize: 5, strides: 2, padding: 'same', useBias: false }),
    [12, 2],
  ],
  [
    'FusedLSTM',
    () => fusedLSTM({ units: 6 }),
    () =>
      layers.lstm({
        units: 6,
        recurrentActivation: 'sigmoid',
        recurrentInitializer: 'glorotNormal',
      }),
    [7, 3],
  ],
  [
    'FusedLSTM with sequences, without a bias',
    () => fusedLSTM({ units: 5, returnSequences: true, useBias: false }),
    () =>
      layers.lstm({
        units: 5,
        returnSequences: true,
        useBias: false,
        recurrentActivation: 'sigmoid',
        recurrentInitializer: 'glorotNormal',
      }),
    [4, 2],
  ],
  [
    'FusedLSTM backwards, which the stock layer does',
    () => fusedLSTM({ units: 3, goBackwards: true }),
    () =>
      layers.lstm({
        units: 3,
        goBackwards: true,
        recurrentActivation: 'sigmoid',
        recurrentInitializer: 'glorotNormal',
      }),
    [4, 2],
  ],
  [
    'FusedBatchNormalization',
    () => fusedBatchNormalization({ momentum: 0.5 }),
    () => layers.batchNormalization({ momentum: 0.5 }),
    [6, 5],
  ],
];

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(pairs)('%s predicts and trains like the stock layer', (_, ours, stock, inputShape) => {
    const { a, b } = twins(ours(), stock(), inputShape);
    const x = wave([3, ...inputShape]);
    const gradients = [a, b].map((model) => {
      const loss = () =>
        tf.sum(tf.square(model.apply(x, { training: true }) as tf.Tensor)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss);
      const names = model.trainableWeights.map((weight) => (weight.read() as tf.Variable).name);
      return names.map((name) => grads[name]);
    });
    for (const [i, gradient] of gradients[0].entries()) {
      const scale = tf.max(tf.abs(gradients[1][i])).dataSync()[0];
      expect(difference(gradient, gradients[1][i]) / scale).toBeLessThan(1e-4);
    }
    // After a step in training mode, so that moving statistics have moved.
    const [p, q] = [a, b].map((model) => model.predict(x) as tf.Tensor);
    expect(difference(p, q)).toBeLessThan(1e-5);
  });
});

it('is saved and loaded with its options, once the layers are registered', async () => {
  await useBackend('wasm');
  registerLayers();
  const model = sequential({
    layers: [
      layers.inputLayer({ inputShape: [9, 2] }),
      dilatedConv1D({ filters: 4, kernelSize: 3, dilationRate: 2, padding: 'causal' }),
      fusedBatchNormalization({ activation: 'relu' }),
      fusedLSTM({ units: 3 }),
    ],
  });
  let saved: tf.io.ModelArtifacts | undefined;
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  const loaded = await models.modelFromJSON(saved!.modelTopology as never);
  loaded.setWeights(model.getWeights());
  const x = wave([2, 9, 2]);
  expect(difference(loaded.predict(x) as tf.Tensor, model.predict(x) as tf.Tensor)).toBe(0);
});

it('pads a causal convolution on the left only', async () => {
  await useBackend('wasm');
  const layer = dilatedConv1D({
    filters: 1,
    kernelSize: 2,
    dilationRate: 2,
    padding: 'causal',
    kernelInitializer: 'ones',
  });
  const x = tf.tensor3d([1, 2, 3, 4, 5], [1, 5, 1]);
  const y = layer.apply(x) as tf.Tensor;
  expect([...y.dataSync()]).toEqual([1, 2, 4, 6, 8]);
  expect(layer.computeOutputShape([null, 5, 1])).toEqual([null, 5, 1]);
});

it('normalises without scale or center', async () => {
  await useBackend('wasm');
  const layer = fusedBatchNormalization({ scale: false, center: false });
  const x = wave([4, 3]);
  const gradient = tf.grad((x) =>
    tf.sum(tf.mul(layer.apply(x, { training: true }) as tf.Tensor, wave([4, 3]))),
  )(x);
  expect(gradient.shape).toEqual([4, 3]);
});

describe('moving averages', () => {
  const trained = (layer: Layer) => {
    tf.tidy(() => layer.apply(wave([6, 3]), { training: true }) as tf.Tensor);
    return layer.getWeights().slice(2);
  };

  it('follow what ops would make of them', async () => {
    await useBackend('wasm');
    const layer = fusedBatchNormalization({ momentum: 0.9 });
    trained(layer);
    const before = layer.getWeights().slice(2);
    const old = before.map((weight) => weight.dataSync().slice());
    const { mean, variance } = tf.moments(wave([6, 3]), 0);
    const wanted = old.map((numbers, i) => {
      const was = tf.tensor1d(numbers as Float32Array);
      return tf.sub(was, tf.mul(tf.sub(was, [mean, variance][i]), 1 - 0.9));
    });
    const after = trained(layer);
    for (const [i, weight] of after.entries()) {
      expect(difference(weight, wanted[i])).toBeLessThan(1e-7);
      expect(weight.dataSync()).not.toEqual(old[i]);
    }
  });

  it('leave what shares a memory with them as it was', async () => {
    await useBackend('wasm');
    const layer = fusedBatchNormalization();
    const kept = trained(layer).map((weight) => weight.clone());
    const numbers = kept.map((weight) => weight.dataSync().slice());
    trained(layer);
    expect(kept.map((weight) => weight.dataSync())).toEqual(numbers);
    expect(layer.getWeights().slice(2)[0].dataSync()).not.toEqual(numbers[0]);
  });
});

describe('rectifiedSum', () => {
  it('trains a residual block as two layers of tfjs do, an input on both paths, and leaves nothing behind', async () => {
    await useBackend('wasm');
    const gradientOf = (end: (a: tf.Tensor, b: tf.Tensor) => tf.Tensor) =>
      tf.grad((x) => tf.sum(tf.mul(end(tf.tanh(x), x), wave([2, 5, 3]))))(wave([2, 5, 3]));
    const layer = rectifiedSum();
    const end = (a: tf.Tensor, b: tf.Tensor) => layer.apply([a, b]) as tf.Tensor;
    const wanted = gradientOf((a, b) => tf.relu(tf.add(a, b)));
    expect(gradientOf(end).dataSync()).toEqual(wanted.dataSync());
    const before = tf.memory().numTensors;
    tf.tidy(() => void gradientOf(end));
    expect(tf.memory().numTensors).toBe(before);
    expect(
      layer.computeOutputShape([
        [null, 5, 3],
        [null, null, 3],
      ]),
    ).toEqual([null, 5, 3]);
  });

  it('refuses anything but two inputs of one shape', async () => {
    await useBackend('wasm');
    expect(() => rectifiedSum().apply([wave([2, 3]), wave([2, 4])])).toThrow(
      'rectifiedSum: inputs = [2, 3] and [2, 4], expected two of one shape',
    );
    expect(() => rectifiedSum().apply(wave([2, 3]))).toThrow('expected two of one shape');
  });
});
