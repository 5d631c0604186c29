/**
 * Networks whose relevance is compared with that of captum and zennit on the same weights, and what they are fed: the
 * networks as they are by default but smaller, and for the grid every stack and every kernel.
 */
import { cnn, cnnGrid, multiscale, wadnet, xresnet } from '@diffusion/models';
import { keyedRandom } from '@diffusion/random';
import * as tf from '@tensorflow/tfjs-core';
import { layers, model } from '@tensorflow/tfjs-layers';

const classes = 4;

/** WADNet up to its recurrent part, which no peer has a rule for: means over time and a dense layer in its place. */
function convolutionsOfWadnet(options) {
  const whole = wadnet({ dim: 2, units: 4, seed: 4, ...options });
  const pooled = layers
    .globalAveragePooling1d({ name: 'mean' })
    .apply(whole.getLayer('norm').output);
  const answer = layers
    .dense({ name: 'class', units: classes, activation: 'softmax' })
    .apply(pooled);
  return model({ inputs: whole.inputs, outputs: answer, name: 'wadnet' });
}

const grid = () =>
  cnnGrid(64)
    .filter(({ death }) => !death)
    .map(({ layers, kernelSize }) => ({
      name: `cnn-${layers}-${kernelSize}`,
      kind: 'cnn',
      stack: layers,
      kernelSize,
      build: () =>
        cnn({ layers, kernelSize, length: 64, channels: 2, units: 12, classes, seed: 3 }),
      inputs: [[64, 2]],
    }));

/** Every network; of the grid those that tracks of 64 points leave alive. */
export const cases = () => [
  {
    name: 'xresnet',
    kind: 'xresnet',
    build: () => xresnet({ filters: 16, channels: 2, features: 3, classes, seed: 1 }),
    inputs: [[75, 2], [3]],
  },
  {
    name: 'xresnet-max',
    kind: 'xresnet',
    pooling: 'both',
    build: () => xresnet({ filters: 16, channels: 2, depth: 2, pooling: 'both', classes, seed: 2 }),
    inputs: [[50, 2]],
  },
  {
    name: 'wadnet',
    kind: 'wadnet',
    build: () => convolutionsOfWadnet({ filters: 16, depth: 7 }),
    inputs: [[60, 2]],
  },
  {
    name: 'multiscale',
    kind: 'multiscale',
    widths: [16, 24, 24, 32],
    build: () =>
      multiscale({ dim: 2, widths: [16, 24, 24, 32], units: 32, task: 'class', classes, seed: 5 }),
    inputs: [[45, 8], [3]],
  },
  ...grid(),
];

/** Small ones, whose maps are kept for the tests of `@diffusion/eval`. */
export const goldenCases = () => [
  {
    name: 'xresnet',
    kind: 'xresnet',
    build: () => xresnet({ filters: 8, depth: 2, channels: 2, features: 2, classes, seed: 1 }),
    inputs: [[30, 2], [2]],
  },
  {
    name: 'wadnet',
    kind: 'wadnet',
    build: () => convolutionsOfWadnet({ filters: 5, depth: 5 }),
    inputs: [[20, 2]],
  },
  {
    name: 'multiscale',
    kind: 'multiscale',
    widths: [6, 8, 8],
    build: () =>
      multiscale({ dim: 2, widths: [6, 8, 8], units: 8, task: 'class', classes, seed: 5 }),
    inputs: [[13, 8], [3]],
  },
  ...['123132', '132'].map((stack) => ({
    name: `cnn-${stack}`,
    kind: 'cnn',
    stack,
    build: () =>
      cnn({ layers: stack, filters: 6, length: 24, channels: 2, units: 5, classes, seed: 3 }),
    inputs: [[24, 2]],
  })),
];

/** Weights as a training leaves them: normalisations away from 0 and 1, biases away from 0. */
export function shake(network) {
  const random = keyedRandom(7);
  for (const layer of network.layers) {
    const values = layer.getWeights();
    const shaken = layer.weights.map(({ originalName }, i) => {
      const part = originalName.replace(/^.*\//, '');
      if (part.endsWith('kernel') || part === 'scale') return values[i];
      const numbers = Float32Array.from(values[i].dataSync(), (value) =>
        part === 'moving_variance' ? 0.5 + random.uniform() : value + 0.3 * random.normal(),
      );
      return tf.tensor(numbers, values[i].shape);
    });
    if (shaken.length > 0) layer.setWeights(shaken);
  }
}

/** Seeded inputs of a case. */
export const inputsOf = ({ inputs }, rows) =>
  inputs.map((shape, i) => {
    const random = keyedRandom(11, i);
    const size = shape.reduce((product, n) => product * n, rows);
    return tf.tensor(
      Float32Array.from({ length: size }, () => random.normal()),
      [rows, ...shape],
    );
  });
