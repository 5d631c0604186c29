import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { partLstm } from './lstm.ts';

beforeAll(() => useBackend('wasm'));

interface Case {
  readonly epsilon: number;
  readonly kernel: number[][];
  readonly recurrent: number[][];
  readonly bias: number[];
  readonly x: number[][][];
  readonly relevance: number[][][];
  readonly map: number[][][];
}

/** Written by lstm.fixture.py. */
const cases: Case[] = JSON.parse(
  readFileSync(new URL('./lstm.fixture.json', import.meta.url), 'utf8'),
);

describe('relevance through an LSTM', () => {
  it.each(cases)('is that of numpy, ε = $epsilon', ({ epsilon, map, ...given }) => {
    tf.tidy(() => {
      const weights = {
        kernel: tf.tensor2d(given.kernel),
        recurrent_kernel: tf.tensor2d(given.recurrent),
        bias: tf.tensor1d(given.bias),
      };
      const relevance = tf.tensor3d(given.relevance);
      const { inputs, absorbed } = partLstm(tf.tensor3d(given.x), weights, relevance, epsilon);
      const expected = tf.tensor3d(map);
      const largest = tf.max(tf.abs(expected)).dataSync()[0];
      const difference = tf.max(tf.abs(tf.sub(inputs[0] as tf.Tensor, expected))).dataSync()[0];
      expect(difference).toBeLessThan(1e-4 * largest);

      const whole = tf.sum(relevance, [1, 2]).dataSync();
      const passed = tf.sum(expected, [1, 2]).dataSync();
      const left = (absorbed as tf.Tensor).dataSync();
      for (const [i, sum] of whole.entries()) expect(passed[i] + left[i]).toBeCloseTo(sum, 3);
    });
  });
});
