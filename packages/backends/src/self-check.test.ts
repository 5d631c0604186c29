import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers';
import { checkValues, KNOWN, selfCheck } from './self-check.ts';
import { startCpu } from './start/cpu.ts';

const v = (size: number, salt: number) => Float64Array.from(checkValues(size, salt));
const weigh = (values: ArrayLike<number>) => {
  const weights = v(values.length, 5);
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] * weights[i];
  return sum;
};

function convolution() {
  const [x, w] = [v(2 * 9 * 8, 1), v(3 * 8 * 8, 2)];
  const y = new Float64Array(2 * 5 * 8);
  const [dx, dw, dy] = [new Float64Array(x.length), new Float64Array(w.length), v(y.length, 5)];
  for (let b = 0; b < 2; b++)
    for (let o = 0; o < 5; o++)
      for (let k = 0; k < 3; k++) {
        const t = 2 * o + k - 1;
        if (t < 0 || t >= 9) continue;
        for (let i = 0; i < 8; i++)
          for (let c = 0; c < 8; c++) {
            const [ix, iw, iy] = [(b * 9 + t) * 8 + i, (k * 8 + i) * 8 + c, (b * 5 + o) * 8 + c];
            y[iy] += x[ix] * w[iw];
            dx[ix] += dy[iy] * w[iw];
            dw[iw] += dy[iy] * x[ix];
          }
      }
  return [weigh(y), weigh(dx), weigh(dw)];
}

function lstmValue(kernel: Float64Array, state: Float64Array) {
  const [x, recurrent, bias, cell] = [v(6, 1), v(64, 4), v(16, 6), v(12, 7)];
  const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
  const h = new Float64Array(12);
  for (let n = 0; n < 3; n++)
    for (let u = 0; u < 4; u++) {
      const z = [0, 1, 2, 3].map((gate) => {
        const column = gate * 4 + u;
        let sum = bias[column];
        for (let i = 0; i < 2; i++) sum += x[n * 2 + i] * kernel[i * 16 + column];
        for (let i = 0; i < 4; i++) sum += state[n * 4 + i] * recurrent[i * 16 + column];
        return sum;
      });
      const c = sigmoid(z[1]) * cell[n * 4 + u] + sigmoid(z[0]) * Math.tanh(z[2]);
      h[n * 4 + u] = sigmoid(z[3]) * Math.tanh(c);
    }
  return weigh(h);
}

function numericalGradient(f: (p: Float64Array) => number, at: Float64Array) {
  return at.map((_, i) => {
    const [up, down] = [at.slice(), at.slice()];
    up[i] += 1e-5;
    down[i] -= 1e-5;
    return (f(up) - f(down)) / 2e-5;
  });
}

function lstm() {
  const [kernel, state] = [v(32, 3), v(12, 2)];
  return [
    lstmValue(kernel, state),
    weigh(numericalGradient((p) => lstmValue(p, state), kernel)),
    weigh(numericalGradient((p) => lstmValue(kernel, p), state)),
  ];
}

beforeAll(startCpu);

it('knows the numbers that float64 gives', () => {
  const expected = [...convolution(), ...lstm()];
  for (const [i, known] of Object.values(KNOWN).entries())
    expect(known).toBeCloseTo(expected[i], 6);
});

it('finds nothing wrong with the cpu backend and leaves no tensor', async () => {
  const before = tf.memory().numTensors;
  expect(await selfCheck()).toBeUndefined();
  expect(tf.memory().numTensors).toBe(before);
});

it('names what is wrong', async () => {
  const config = tf.getKernel('Tanh', 'cpu');
  tf.unregisterKernel('Tanh', 'cpu');
  tf.registerKernel({ ...config, kernelFunc: tf.getKernel('Sigmoid', 'cpu').kernelFunc });
  try {
    expect(await selfCheck()).toMatch(/^self-check lstm gave .*, expected /);
  } finally {
    tf.unregisterKernel('Tanh', 'cpu');
    tf.registerKernel(config);
  }
});
