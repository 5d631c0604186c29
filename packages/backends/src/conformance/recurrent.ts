import type * as tf from '@tensorflow/tfjs-core';
import { composedLstm, lstm } from '../lstm.ts';
import type { Case } from './case.ts';

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));

function reference(batch: number, steps: number, inputs: number, units: number) {
  return (x: Float64Array, kernel: Float64Array, recurrent: Float64Array, bias: Float64Array) => {
    const out = new Float64Array(batch * steps * units);
    for (let b = 0; b < batch; b++) {
      let h = new Float64Array(units);
      const c = new Float64Array(units);
      for (let t = 0; t < steps; t++) {
        const z = bias.map((start, column) => {
          let sum = start;
          for (let i = 0; i < inputs; i++)
            sum += x[(b * steps + t) * inputs + i] * kernel[i * 4 * units + column];
          for (let u = 0; u < units; u++) sum += h[u] * recurrent[u * 4 * units + column];
          return sum;
        });
        h = h.map((_, u) => {
          c[u] = sigmoid(z[units + u]) * c[u] + sigmoid(z[u]) * Math.tanh(z[2 * units + u]);
          return sigmoid(z[3 * units + u]) * Math.tanh(c[u]);
        });
        out.set(h, (b * steps + t) * units);
      }
    }
    return out;
  };
}

/** batch, T, inputs, units */
const sizes = [
  [1, 1, 1, 1],
  [1, 6, 2, 3],
  [3, 4, 3, 4],
  [2, 5, 1, 6],
  [17, 3, 2, 2],
];

export const recurrentCases: Case[] = sizes.flatMap(([batch, steps, inputs, units]) =>
  Object.entries({ lstm, composedLstm }).map(
    ([name, op]): Case => ({
      name: `${name} batch ${batch} T=${steps} ${inputs}→${units}`,
      shapes: [[batch, steps, inputs], [inputs, 4 * units], [units, 4 * units], [4 * units]],
      run: (x, kernel, recurrentKernel, bias) => {
        const weights = [kernel, recurrentKernel, bias] as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
        if (op === composedLstm) return composedLstm(x as tf.Tensor3D, ...weights);
        return lstm(x as tf.Tensor3D, {
          kernel: weights[0],
          recurrentKernel: weights[1],
          bias: weights[2],
        });
      },
      reference: reference(batch, steps, inputs, units),
    }),
  ),
);
