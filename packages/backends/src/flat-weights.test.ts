import * as tf from '@tensorflow/tfjs-core';
import { assignFlat, countNumbers, flatten } from './flat-weights.ts';
import { useBackend } from './use-backend.ts';

it('writes variables to one array and back', async () => {
  await useBackend('wasm');
  const variables = [
    tf.variable(
      tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
    ),
    tf.variable(tf.scalar(5)),
  ];
  const before = tf.memory().numTensors;
  expect(countNumbers(variables)).toBe(5);
  const flat = flatten(variables, new Float32Array(new SharedArrayBuffer(20)));
  expect([...flat]).toEqual([1, 2, 3, 4, 5]);
  flat[4] = 7;
  assignFlat(variables, flat);
  flat[0] = 100;
  expect([...variables[0].dataSync(), ...variables[1].dataSync()]).toEqual([1, 2, 3, 4, 7]);
  expect(tf.memory().numTensors).toBe(before);
  expect(() => flatten(variables, new Float32Array(4))).toThrow(
    'flat weights: length = 4, expected 5',
  );
});
