import * as tf from '@tensorflow/tfjs-core';
import { batchNormTraining } from '../batch-norm.ts';
import type { Case } from './case.ts';

const EPSILON = 1e-3;
const shapes: number[][] = [
  [6, 1],
  [1, 5, 4],
  [3, 7, 5],
  [2, 3, 2, 9],
];

const given = shapes.map((shape): Case => {
  const channels = shape[shape.length - 1];
  const one = [channels];
  return {
    name: `batchNorm [${shape}]`,
    shapes: [shape, one, one, one, one],
    map: (value) => value + 2,
    run: (x, mean, variance, offset, scale) =>
      tf.batchNorm(
        x as tf.Tensor4D,
        mean as tf.Tensor1D,
        variance as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
        EPSILON,
      ),
    reference: (x, mean, variance, offset, scale) =>
      x.map((value, i) => {
        const c = i % channels;
        const deviation = Math.sqrt(variance[c] + EPSILON);
        return ((value - mean[c]) / deviation) * scale[c] + offset[c];
      }),
  };
});

const ofTheBatch =
  (activation: 'linear' | 'relu') =>
  (shape: number[]): Case => {
    const channels = shape[shape.length - 1];
    return {
      name: `batchNormTraining ${activation} [${shape}]`,
      shapes: [shape, [channels], [channels]],
      run: (x, scale, offset) =>
        batchNormTraining(x, scale as tf.Tensor1D, offset as tf.Tensor1D, EPSILON, activation)[0],
      reference: (x, scale, offset) => {
        const rows = x.length / channels;
        const mean = new Float64Array(channels);
        const variance = new Float64Array(channels);
        for (let i = 0; i < x.length; i++) mean[i % channels] += x[i] / rows;
        for (let i = 0; i < x.length; i++) {
          variance[i % channels] += (x[i] - mean[i % channels]) ** 2 / rows;
        }
        return x.map((value, i) => {
          const c = i % channels;
          const deviation = Math.sqrt(variance[c] + EPSILON);
          const y = ((value - mean[c]) / deviation) * scale[c] + offset[c];
          return activation === 'relu' ? Math.max(0, y) : y;
        });
      },
    };
  };

const crossEntropy: Case = {
  name: 'softmaxCrossEntropy [5, 4]',
  shapes: [[5, 4]],
  run: (logits) => {
    const labels = tf.oneHot(tf.tensor1d([0, 1, 2, 3, 1], 'int32'), 4);
    return tf.losses.softmaxCrossEntropy(labels, logits);
  },
  reference: (logits) => {
    let sum = 0;
    for (const [row, label] of [0, 1, 2, 3, 1].entries()) {
      const values = logits.subarray(row * 4, row * 4 + 4);
      sum += Math.log(values.reduce((a, b) => a + Math.exp(b), 0)) - values[label];
    }
    return [sum / 5];
  },
};

export const normalisationCases: Case[] = [
  ...given,
  ...shapes.slice(1).map(ofTheBatch('linear')),
  ...shapes.slice(1).map(ofTheBatch('relu')),
  crossEntropy,
];
