import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { weightAverage } from './weight-average.ts';

beforeAll(() => useBackend('wasm'));

describe('weightAverage', () => {
  it('is a ← a + (1 − d)(w − a), d growing to the decay, and is exchanged with the weights', () => {
    const weight = tf.tidy(() => tf.variable(tf.tensor1d([4, 0])));
    const before = tf.memory().numTensors;
    const average = weightAverage([weight], 0.25);
    let expected = [4, 0];
    for (const [step, value] of [8, 0, -4].entries()) {
      tf.tidy(() => weight.assign(tf.tensor1d([value, 1])));
      average.update();
      const decay = Math.min(0.25, (2 + step) / (11 + step));
      expected = [value, 1].map((w, i) => expected[i] + (1 - decay) * (w - expected[i]));
    }
    const close = expected.map((a) => expect.closeTo(a, 5));
    expect([...average.tensors[0].dataSync()]).toEqual(close);
    average.exchange();
    expect([...weight.dataSync()]).toEqual(close);
    average.exchange();
    expect([...weight.dataSync()]).toEqual([-4, 1]);
    average.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });
});
