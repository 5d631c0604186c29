import {
  dilatedConv1D,
  fusedBatchNormalization,
  fusedLSTM,
  rectifiedSum,
} from '@diffusion/backends/layers';
import { networkByName } from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model } from '@tensorflow/tfjs-layers';

/** The layers of this project in place of tfjs' own. */
export const ours = {
  ...layers,
  conv1d: dilatedConv1D,
  batchNormalization: fusedBatchNormalization,
  rectifiedNormalization: () => fusedBatchNormalization({ activation: 'relu' }),
  rectifiedSum,
  lstm: fusedLSTM,
};

/**
 * The 1D XResNet of Gajowczyk & Szwabinski (2021): depth 3, kernel 5, x0 = 32, four classes. With one channel it has
 * 399,556 parameters.
 */
export function xresnet(
  shape,
  make = layers,
  { filters: x0 = 32, kernelSize = 5, classes = 4 } = {},
) {
  const relu = (x) => layers.reLU().apply(x);
  const plain = (x, filters, size, strides = 1) =>
    make.conv1d({ filters, kernelSize: size, strides, padding: 'same' }).apply(x);
  const convolution = (...of) => make.batchNormalization().apply(plain(...of));
  const rectified = (...of) =>
    make.rectifiedNormalization?.().apply(plain(...of)) ?? relu(convolution(...of));
  const block = (x, filters, strides) => {
    const inner = convolution(rectified(x, filters, kernelSize, strides), filters, kernelSize);
    let identity = x;
    if (strides > 1) {
      identity = layers
        .averagePooling1d({ poolSize: 2, strides: 2, padding: 'same' })
        .apply(identity);
    }
    if (x.shape[2] !== filters) identity = convolution(identity, filters, 1);
    return (
      make.rectifiedSum?.().apply([inner, identity]) ?? relu(layers.add().apply([inner, identity]))
    );
  };
  const x = input({ shape });
  let y = rectified(x, (x0 / 8) * (shape[1] + 1), kernelSize, 2);
  y = rectified(y, x0, kernelSize);
  y = rectified(y, x0, kernelSize);
  y = layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }).apply(y);
  for (let stage = 0; stage < 3; stage++) {
    y = block(y, x0 << stage, stage ? 2 : 1);
    y = block(y, x0 << stage, 1);
  }
  y = layers.globalAveragePooling1d({}).apply(y);
  return classifier(x, y, classes);
}

/** Three stacked LSTM(64), the last step, five classes. */
export function lstms(shape, make = layers, { classes = 5 } = {}) {
  const x = input({ shape });
  let y = x;
  for (let i = 0; i < 3; i++) {
    y = lstmOf(make, i < 2).apply(y);
  }
  return classifier(x, y, classes);
}

/** WADNet (Li, Yao & Huang 2021) without dropout, five classes; taps that lie outside every track are left out. */
export function wadnet(shape, make = layers, { filters = 32, depth = 16, classes = 5 } = {}) {
  const convolution = (x, dilationRate, activation) =>
    dilationRate < shape[0]
      ? make.conv1d({ filters, kernelSize: 3, dilationRate, activation, padding: 'same' }).apply(x)
      : make.conv1d({ filters, kernelSize: 1, activation }).apply(x);
  const x = input({ shape });
  const shared = make.conv1d({ filters, kernelSize: 1 });
  let y = convolution(x, 1);
  const all = [y];
  for (let layer = 0; layer < depth; layer++) {
    const gates = ['tanh', 'sigmoid'].map((activation) => convolution(y, 2 ** layer, activation));
    y = shared.apply(layers.multiply().apply(gates));
    all.push(y);
  }
  y = make.batchNormalization().apply(layers.add().apply(all));
  for (let i = 0; i < 3; i++) y = lstmOf(make, i < 2).apply(y);
  return classifier(x, y, classes);
}

const lstmOf = (make, returnSequences) =>
  make.lstm({
    units: 64,
    returnSequences,
    recurrentActivation: 'sigmoid',
    recurrentInitializer: 'glorotNormal',
  });

const classifier = (inputs, features, units) =>
  model({ inputs, outputs: layers.dense({ units, activation: 'softmax' }).apply(features) });

/** The network of this project for tracks of every length, for five classes and the exponent. */
const multiscale = () => networkByName('multiscale').build({ dropout: 0 });

/** What is measured: a network on a batch of 64. `features` are numbers beside the track; `both` asks for the exponent, too. */
export const workloads = {
  'xresnet-300x2': { network: xresnet, shape: [300, 2], classes: 4 },
  'wadnet-300': { network: wadnet, shape: [300, 1], classes: 5 },
  'multiscale-300': {
    network: multiscale,
    shape: [300, 4],
    classes: 5,
    features: 2,
    both: true,
  },
  'lstm-100': { network: lstms, shape: [100, 1], classes: 5 },
};

/** The loss of a network on a batch of {@link batchOf}, in training mode. */
export function lossOf({ both }, net, { x, y, alpha }) {
  const given = net.apply(x, { training: true });
  if (!both) return tf.losses.softmaxCrossEntropy(y, given);
  const [classes, exponent] = given;
  const entropy = tf.neg(tf.mean(tf.sum(tf.mul(y, tf.log(tf.add(classes, 1e-7))), 1)));
  return tf.add(entropy, tf.mul(1.5, tf.mean(tf.abs(tf.sub(exponent, alpha)))));
}

/**
 * Floating-point operations of a prediction and of a training step in convolutions and LSTMs, for one sample of `length`
 * points.
 */
export function operations(net, length) {
  // Where a network takes any length, the layers say what becomes of this one.
  const shapes = new Map(
    net.inputs.map(({ id, shape }) => [id, shape.map((n, i) => (i === 1 ? (n ?? length) : n))]),
  );
  let forward = 0;
  let first = 0;
  for (const layer of net.layers) {
    const [kernel, recurrent] = layer.getWeights();
    for (const { inputTensors, inputShapes, outputTensors, outputShapes } of layer.inboundNodes) {
      if (inputTensors.length === 0) continue;
      const given = inputTensors.map(({ id }, i) => shapes.get(id) ?? inputShapes[i]);
      const known = outputShapes[0].slice(1).every((n) => n !== null);
      const shape = known
        ? outputShapes[0]
        : layer.computeOutputShape(given.length === 1 ? given[0] : given);
      shapes.set(outputTensors[0].id, shape);
      let count = 0;
      if (/Conv1D/.test(layer.getClassName())) count = 2 * shape[1] * kernel.size;
      if (/LSTM/.test(layer.getClassName())) {
        count = 2 * given[0][1] * (kernel.size + recurrent.size);
      }
      if (count > 0 && first === 0) first = count;
      forward += count;
    }
  }
  return { predict: forward, step: 3 * forward - first };
}

/** Inputs and answers of a batch: the same numbers at every call. */
export function batchOf({ shape, classes, features }, size, length = shape[0]) {
  const track = tf.randomNormal([size, length, ...shape.slice(1)], 0, 1, 'float32', 1);
  return {
    x: features ? [track, tf.randomNormal([size, features], 0, 1, 'float32', 2)] : track,
    y: tf.tidy(() =>
      tf.cast(
        tf.oneHot(
          Array.from({ length: size }, (_, i) => i % classes),
          classes,
        ),
        'float32',
      ),
    ),
    alpha: tf.fill([size, 1], 0.7),
  };
}
