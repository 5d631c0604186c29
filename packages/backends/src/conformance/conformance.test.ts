import * as tf from '@tensorflow/tfjs-core';
import { useBackend } from '../use-backend.ts';
import { checkConformance, conformanceCases, runCase } from './index.ts';

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it('every op and its gradients agree with float64, and leave no tensor behind', async () => {
    const before = tf.memory().numTensors;
    const results = await checkConformance();
    expect(results).toHaveLength(conformanceCases.length);
    expect(results.filter(({ problem }) => problem)).toEqual([]);
    expect(tf.memory().numTensors).toBe(before);
  });
});

it('sees an error in a result and in a gradient', async () => {
  await useBackend('cpu');
  const right = {
    name: 'x²',
    shapes: [[5]],
    run: tf.square,
    reference: (x: Float64Array) => x.map((v) => v * v),
  };
  expect((await runCase(right)).problem).toBeUndefined();
  const offset = { ...right, run: (x: tf.Tensor) => tf.add(tf.square(x), 1e-3) };
  expect((await runCase(offset)).problem).toMatch(/^result is off by/);
  const stopped = tf.customGrad((x) => ({
    value: tf.square(x as tf.Tensor),
    gradFunc: (dy: tf.Tensor) => dy,
  }));
  const gradient = { ...right, run: (x: tf.Tensor) => stopped(x) };
  expect((await runCase(gradient)).problem).toMatch(/^gradient by input 0 is off by/);
  const broken = {
    ...right,
    run: () => {
      throw new Error('no kernel');
    },
  };
  expect((await runCase(broken)).problem).toBe('Error: no kernel');
});
