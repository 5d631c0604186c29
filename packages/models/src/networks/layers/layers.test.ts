import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { noise } from '../conformance.fixture.ts';
import { CeilAveragePooling } from './ceil-average-pooling.ts';
import { FeatureNormalization } from './feature-normalization.ts';
import { KeyedDropout } from './keyed-dropout.ts';
import { PaddedConv1D } from './padded-conv.ts';
import { PaddedMaxPooling } from './padded-max-pooling.ts';
import { TimeStatistics } from './time-statistics.ts';

beforeAll(() => useBackend('wasm'));

const column = (...values: number[]) => tf.tensor3d(values, [1, values.length, 1]);
const valuesOf = (x: unknown) => [...(x as tf.Tensor).dataSync()];

/** Largest difference between a gradient and central differences, relative to the gradient's largest element. */
function gradientError(f: (x: tf.Tensor) => tf.Tensor, x: tf.Tensor): number {
  const weights = noise(f(x).shape, 99);
  const g = tf
    .grad((x) => tf.sum(tf.mul(f(x), weights)))(x)
    .dataSync();
  const values = x.dataSync();
  const h = 1e-2;
  let error = 0;
  for (let i = 0; i < values.length; i++) {
    const at = (step: number) =>
      tf.tidy(() => {
        const moved = values.slice();
        moved[i] += step;
        return tf.sum(tf.mul(f(tf.tensor(moved, x.shape)), weights)).dataSync()[0];
      });
    error = Math.max(error, Math.abs((at(h) - at(-h)) / (2 * h) - g[i]));
  }
  return error / Math.max(...g.map(Math.abs));
}

describe('PaddedMaxPooling', () => {
  it('pads both sides with −∞, also for even lengths', () => {
    const pool = new PaddedMaxPooling({});
    expect(valuesOf(pool.apply(column(-5, -1, -2, -9)))).toEqual([-1, -1]);
    expect(valuesOf(pool.apply(column(-5, -1, -2, -9, -3)))).toEqual([-1, -1, -3]);
    expect(valuesOf(pool.apply(column(-5)))).toEqual([-5]);
  });
});

describe('CeilAveragePooling', () => {
  it('leaves a lone last point as it is', () => {
    const pool = new CeilAveragePooling({});
    expect(valuesOf(pool.apply(column(1, 3, 5, 7)))).toEqual([2, 6]);
    expect(valuesOf(pool.apply(column(1, 3, 5)))).toEqual([2, 5]);
    expect(valuesOf(pool.apply(column(4)))).toEqual([4]);
    expect(valuesOf(pool.apply(tf.tensor4d([1, 2, 3, 5, 6, 7], [1, 2, 3, 1])))).toEqual([3.5, 5]);
  });

  it.each([[4], [5], [1]])('has the right gradient at length %i', (length) => {
    const pool = new CeilAveragePooling({});
    const f = (x: tf.Tensor) => pool.apply(x) as tf.Tensor;
    expect(gradientError(f, noise([2, length, 3], 1))).toBeLessThan(1e-3);
    expect(gradientError(f, noise([2, length, 3, 2], 1))).toBeLessThan(1e-3);
  });
});

describe('PaddedConv1D', () => {
  it('strides from the first point, padded on both sides', () => {
    const conv = new PaddedConv1D({ filters: 1, kernelSize: 3, strides: 2 });
    conv.build([null, null, 1]);
    conv.setWeights([tf.tensor3d([100, 10, 1], [3, 1, 1]), tf.tensor1d([0.5])]);
    expect(valuesOf(conv.apply(column(1, 2, 3, 4)))).toEqual([12.5, 234.5]);
    expect(valuesOf(conv.apply(column(1, 2, 3, 4, 5)))).toEqual([12.5, 234.5, 450.5]);
  });

  it.each([
    [7, 5, 1],
    [8, 5, 2],
    [8, 4, 1],
    [9, 1, 2],
  ])('has the right gradients: length %i, kernel %i, stride %i', (length, kernelSize, strides) => {
    const conv = new PaddedConv1D({ filters: 2, kernelSize, strides, scale: 0.3, seed: 1 });
    const x = noise([2, length, 3], 2);
    conv.build([null, null, 3]);
    expect((conv.apply(x) as tf.Tensor).shape).toEqual([
      2,
      ...conv.computeOutputShape([2, length, 3]).slice(1),
    ]);
    expect(gradientError((x) => conv.apply(x) as tf.Tensor, x)).toBeLessThan(2e-3);
    const [kernel, bias, scale] = conv.weights.map((w) => w.read());
    const withWeights = (k: tf.Tensor, b: tf.Tensor, s: tf.Tensor) => {
      const side = Math.floor(kernelSize / 2);
      const padded = tf.pad(x, [
        [0, 0],
        [side, side],
        [0, 0],
      ]) as tf.Tensor3D;
      const y = tf.conv1d(padded, k as tf.Tensor3D, strides, 'valid');
      return tf.mul(tf.add(y, b), s);
    };
    const difference = tf.sub(conv.apply(x) as tf.Tensor, withWeights(kernel, bias, scale));
    expect(tf.max(tf.abs(difference)).dataSync()[0]).toBeLessThan(1e-5);
  });
});

describe('TimeStatistics', () => {
  it('is mean, maximum and standard deviation', () => {
    const y = new TimeStatistics({}).apply(column(1, 2, 6));
    const [mean, max, std] = valuesOf(y);
    expect([mean, max]).toEqual([3, 6]);
    expect(std).toBeCloseTo(Math.sqrt(14 / 3), 5);
  });

  it('has the right gradient', () => {
    const layer = new TimeStatistics({});
    expect(gradientError((x) => layer.apply(x) as tf.Tensor, noise([2, 9, 3], 7))).toBeLessThan(
      1e-2,
    );
  });

  it('shares the gradient of a maximum that is reached twice, and has one for a constant channel', () => {
    const layer = new TimeStatistics({});
    const maximum = (x: tf.Tensor) => tf.slice(layer.apply(x) as tf.Tensor, [0, 1], [1, 1]);
    expect(valuesOf(tf.grad((x) => tf.sum(maximum(x)))(column(2, 1, 2)))).toEqual([0.5, 0, 0.5]);
    const all = valuesOf(tf.grad((x) => tf.sum(layer.apply(x) as tf.Tensor))(column(2, 2)));
    expect(all.every(Number.isFinite)).toBe(true);
  });
});

describe('FeatureNormalization', () => {
  it('gives every row mean 0 and variance 1, then γ and β', () => {
    const layer = new FeatureNormalization({});
    layer.build([null, 4]);
    layer.setWeights([tf.tensor1d([1, 1, 2, 1]), tf.tensor1d([0, 0, 0, 5])]);
    const y = valuesOf(
      layer.apply(
        tf.tensor2d([
          [1, 2, 3, 6],
          [7, 7, 7, 7],
        ]),
      ),
    );
    const s = Math.sqrt(3.5);
    [-2 / s, -1 / s, 0, 5 + 3 / s, 0, 0, 0, 5].forEach((v, i) => {
      expect(y[i]).toBeCloseTo(v, 4);
    });
  });

  it('has the right gradient', () => {
    const layer = new FeatureNormalization({});
    expect(gradientError((x) => layer.apply(x) as tf.Tensor, noise([3, 6], 7))).toBeLessThan(1e-2);
  });
});

describe('KeyedDropout', () => {
  let x: tf.Tensor;
  beforeAll(() => {
    x = tf.ones([40, 50]);
  });
  const train = (layer: KeyedDropout, input = x) =>
    layer.apply(input, { training: true }) as tf.Tensor;

  it('drops the stated share, keeps the mean, and drops nothing in inference', () => {
    const layer = new KeyedDropout({ rate: 0.25, seed: 3 });
    const values = valuesOf(train(layer));
    const dropped = values.filter((v) => v === 0).length;
    // 2,000 units: 500 ± 19.4; 5 deviations pass but once in 1.7 million seeds.
    expect(Math.abs(dropped - 500)).toBeLessThan(97);
    expect(new Set(values)).toEqual(new Set([0, Math.fround(4 / 3)]));
    expect(valuesOf(layer.apply(x))).toEqual(valuesOf(x));
  });

  it('draws another mask at every step, and the same again for the same step', () => {
    const layer = new KeyedDropout({ rate: 0.5, seed: 3 });
    const [first, second] = [valuesOf(train(layer)), valuesOf(train(layer))];
    expect(first).not.toEqual(second);
    layer.step = 0;
    expect(valuesOf(train(layer))).toEqual(first);
    expect(valuesOf(train(new KeyedDropout({ rate: 0.5, seed: 4 })))).not.toEqual(first);
  });

  it('gives a row the same mask in whatever part of the batch it comes', () => {
    const whole = train(new KeyedDropout({ rate: 0.5, seed: 3 }));
    const part = new KeyedDropout({ rate: 0.5, seed: 3 });
    part.sample = 30;
    expect(valuesOf(train(part, tf.ones([10, 50])))).toEqual(valuesOf(tf.slice(whole, [30, 0])));
  });

  it('passes the gradient through what stays', () => {
    const layer = new KeyedDropout({ rate: 0.5, seed: 3 });
    const g = tf.grad((x) => {
      layer.step = 0;
      return tf.sum(train(layer, x));
    })(x);
    layer.step = 0;
    expect(valuesOf(g)).toEqual(valuesOf(train(layer)));
  });
});
