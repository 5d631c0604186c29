import * as tf from '@tensorflow/tfjs-core';
import { layers, models, sequential } from '@tensorflow/tfjs-layers';
import { useBackend } from '../use-backend.ts';
import { dilatedConv1D, fusedBatchNormalization, fusedLSTM, registerLayers } from './index.ts';

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
