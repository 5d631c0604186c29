import * as tf from '@tensorflow/tfjs-core';
import { dilatedConv1D, fusedBatchNormalization, fusedLSTM } from '@diffusion/backends/layers';
import { input, layers, model } from '@tensorflow/tfjs-layers';

/** The layers of this project in place of tfjs' own. */
export const ours = {
  ...layers,
  conv1d: dilatedConv1D,
  batchNormalization: fusedBatchNormalization,
  lstm: fusedLSTM,
};

/**
 * The 1D XResNet of Gajowczyk & Szwabinski (2021): depth 3, kernel 5, x0 = 32, four classes. With one channel it has
 * 399,556 parameters.
 */
export function xresnet(shape, make = layers, { filters: x0 = 32, kernelSize = 5, classes = 4 } = {}) {
  const relu = (x) => layers.reLU().apply(x);
  const convolution = (x, filters, size, strides = 1) =>
    make
      .batchNormalization()
      .apply(make.conv1d({ filters, kernelSize: size, strides, padding: 'same' }).apply(x));
  const block = (x, filters, strides) => {
    const inner = convolution(
      relu(convolution(x, filters, kernelSize, strides)),
      filters,
      kernelSize,
    );
    let identity = x;
    if (strides > 1) {
      identity = layers.averagePooling1d({ poolSize: 2, strides: 2, padding: 'same' }).apply(identity);
    }
    if (x.shape[2] !== filters) identity = convolution(identity, filters, 1);
    return relu(layers.add().apply([inner, identity]));
  };
  const x = input({ shape });
  let y = relu(convolution(x, (x0 / 8) * (shape[1] + 1), kernelSize, 2));
  y = relu(convolution(y, x0, kernelSize));
  y = relu(convolution(y, x0, kernelSize));
  y = layers.maxPooling1d({ poolSize: 3, strides: 2, padding: 'same' }).apply(y);
  for (let stage = 0; stage < 3; stage++) {
    y = block(y, x0 << stage, stage ? 2 : 1);
    y = block(y, x0 << stage, 1);
  }
  y = layers.globalAveragePooling1d({}).apply(y);
  return model({ inputs: x, outputs: layers.dense({ units: classes, activation: 'softmax' }).apply(y) });
}

/** Three stacked LSTM(64), the last step, five classes. */
export function lstms(shape, make = layers, { units = 64, classes = 5 } = {}) {
  const x = input({ shape });
  let y = x;
  for (let i = 0; i < 3; i++) {
    y = make.lstm({
      units,
      returnSequences: i < 2,
      recurrentActivation: 'sigmoid',
      recurrentInitializer: 'glorotNormal',
    }).apply(y);
  }
  return model({ inputs: x, outputs: layers.dense({ units: classes, activation: 'softmax' }).apply(y) });
}

export const batchOf = (shape, classes, size) => ({
  x: tf.tidy(() => tf.randomNormal([size, ...shape], 0, 1, 'float32', 1)),
  y: tf.tidy(() => tf.cast(tf.oneHot(Array.from({ length: size }, (_, i) => i % classes), classes), 'float32')),
});
