import * as tf from '@tensorflow/tfjs-core';
import { lstm } from '../lstm.ts';
import { rectifiedSum } from '../rectified-sum.ts';
import { useBackend } from '../use-backend.ts';

type Op = (inputs: tf.Tensor[]) => tf.Tensor;

/** Numbers of mixed sign, the same on both backends. */
const values = (shape: number[], salt: number) =>
  Float32Array.from({ length: tf.util.sizeFromShape(shape) }, (_, i) => Math.sin(i * 1.3 + salt));

/** Value and gradients on a backend, as plain numbers. */
async function evaluate(backend: 'wasm' | 'cpu', op: Op, shapes: number[][]) {
  await useBackend(backend);
  return tf.tidy(() => {
    const inputs = shapes.map((shape, i) => tf.tensor(values(shape, i), shape));
    const y = op(inputs);
    const loss = (...given: tf.Tensor[]) => {
      const y = op(given);
      return tf.sum(tf.mul(y, tf.tensor(values(y.shape, 9), y.shape)));
    };
    return [y, ...tf.grads(loss)(inputs)].map((tensor) => tensor.dataSync());
  });
}

/** Sizes that take several groups, chunks and blocks of every loop in the kernels. */
const large: [string, Op, number[][]][] = [
  [
    'convolution of many samples',
    ([x, w]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [1, 1], 'same'),
    [
      [24, 1, 75, 24],
      [1, 5, 24, 12],
    ],
  ],
  [
    'strided convolution of long samples',
    ([x, w]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [1, 2], 'same'),
    [
      [3, 1, 701, 9],
      [1, 3, 9, 17],
    ],
  ],
  [
    'convolution of images',
    ([x, w]) => tf.conv2d(x as tf.Tensor4D, w as tf.Tensor4D, [2, 2], 'same'),
    [
      [5, 28, 28, 3],
      [3, 3, 3, 33],
    ],
  ],
  [
    'product of many rows',
    ([a, b]) => tf.matMul(a as tf.Tensor2D, b as tf.Tensor2D),
    [
      [333, 66],
      [66, 45],
    ],
  ],
  [
    'normalisation of many rows',
    ([x, offset, scale]) =>
      tf.batchNorm(
        x as tf.Tensor3D,
        offset as tf.Tensor1D,
        tf.square(scale) as tf.Tensor1D,
        offset as tf.Tensor1D,
        scale as tf.Tensor1D,
      ),
    [[40, 75, 33], [33], [33]],
  ],
  ['sum of many numbers', ([x]) => tf.sum(x), [[70_001]]],
  ['mean of many rows', ([x]) => tf.mean(x, 0), [[3000, 37]]],
];

it.each(large)('%s agrees with the reference backend', async (_, op, shapes) => {
  const expected = await evaluate('cpu', op, shapes);
  const found = await evaluate('wasm', op, shapes);
  for (const [i, numbers] of expected.entries()) {
    let [scale, error] = [0, 0];
    for (const [j, value] of numbers.entries()) {
      scale = Math.max(scale, Math.abs(value));
      error = Math.max(error, Math.abs(value - found[i][j]));
    }
    expect(error / scale).toBeLessThan(1e-4);
  }
});

describe('on wasm', () => {
  beforeAll(() => useBackend('wasm'));

  it('keeps not-a-number visible', () => {
    const x = tf.tensor1d([Number.NaN, -1, 2, -3, 4]);
    expect([...tf.relu(x).dataSync()]).toEqual([Number.NaN, 0, 2, 0, 4]);
    expect(tf.sigmoid(x).dataSync()[0]).toBeNaN();
    expect(tf.tanh(x).dataSync()[0]).toBeNaN();
    const lost = tf.fill([1, 3, 2], Number.NaN) as tf.Tensor3D;
    const kernel = tf.ones([2, 8]) as tf.Tensor2D;
    const gradient = tf.grad((x) =>
      tf.sum(lstm(x as tf.Tensor3D, { kernel, recurrentKernel: kernel })),
    );
    expect(gradient(lost).dataSync().every(Number.isNaN)).toBe(true);
  });

  it('saturates where the exponential overflows', () => {
    const x = tf.tensor1d([-1e4, -100, 100, 1e4, 0]);
    expect([...tf.sigmoid(x).dataSync()].map((v) => Math.round(v * 1e6) / 1e6)).toEqual([
      0, 0, 1, 1, 0.5,
    ]);
    expect([...tf.tanh(x).dataSync()]).toEqual([-1, -1, 1, 1, 0]);
  });

  it('leaves integers and truth values to tfjs', () => {
    expect([
      ...tf.add(tf.tensor1d([1, 2], 'int32'), tf.tensor1d([3, 4], 'int32')).dataSync(),
    ]).toEqual([4, 6]);
    const whole = tf.tensor1d([1, -5, 3], 'int32');
    const sum = rectifiedSum(whole, tf.tensor1d([2, 1, 4], 'int32'));
    expect([sum.dtype, ...sum.dataSync()]).toEqual(['int32', 3, 0, 7]);
    for (const mixed of [
      [whole, tf.tensor1d([0.5, 1, 4])],
      [tf.tensor1d([0.5, 1, 4]), whole],
    ]) {
      const [a, b] = mixed;
      expect([...rectifiedSum(a, b).dataSync()]).toEqual([1.5, 0, 7]);
    }
    expect(tf.sum(tf.tensor1d([true, false, true], 'bool')).dataSync()[0]).toBe(2);
    expect(tf.cast(tf.tensor1d([1.7]), 'int32').dataSync()[0]).toBe(1);
  });

  it('takes empty tensors', () => {
    expect(tf.add(tf.zeros([0, 3]), tf.zeros([3])).shape).toEqual([0, 3]);
    expect(tf.relu(tf.zeros([0])).shape).toEqual([0]);
    const [empty, right] = [tf.zeros([0, 3]), tf.zeros([3, 2])] as tf.Tensor2D[];
    expect(tf.matMul(empty, right).shape).toEqual([0, 2]);
    const [none, taps] = [tf.zeros([0, 5, 2]), tf.zeros([3, 2, 4])] as tf.Tensor3D[];
    expect(tf.conv1d(none, taps, 1, 'same').shape).toEqual([0, 5, 4]);
  });
});
