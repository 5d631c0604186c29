import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runKernel } from './gradients.ts';

export interface LstmWeights {
  /** [inputs, 4·units], the gates in the order input, forget, cell, output, as in tfjs and Keras. */
  kernel: tf.Tensor2D;
  /** [units, 4·units] */
  recurrentKernel: tf.Tensor2D;
  /** [4·units]; none if left out. */
  bias?: tf.Tensor1D;
}

/**
 * The states of an LSTM (Hochreiter & Schmidhuber 1997, with a forget gate; sigmoid gates) at every step, from zero state.
 * On wasm it is one kernel, forward and backward; elsewhere ops, with the inputs of all steps multiplied at once.
 *
 * @param x [batch, T, inputs]
 * @returns [batch, T, units]
 */
export function lstm(x: tf.Tensor3D, { kernel, recurrentKernel, bias }: LstmWeights): tf.Tensor3D {
  return tf.tidy(() => {
    const offset = bias ?? tf.zeros<tf.Rank.R1>([kernel.shape[1]]);
    const run = hasKernel('LstmSequence') ? fusedLstm : composedLstm;
    return run(x, kernel, recurrentKernel, offset);
  });
}

function fusedLstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrent: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  const inputs = { x, kernel, recurrent, bias };
  if (!isTraining()) {
    return runKernel<tf.Tensor3D[]>('LstmSequence', inputs, { keep: false })[0];
  }
  return tf.customGrad((x, kernel, recurrent, bias, save) => {
    const given = { x, kernel, recurrent } as Record<string, tf.Tensor>;
    const out = runKernel<tf.Tensor3D[]>('LstmSequence', { ...given, bias } as typeof given, {
      keep: true,
    });
    (save as tf.GradSaveFunc)([...Object.values(given), ...out]);
    return {
      value: out[0],
      gradFunc: (dh: tf.Tensor, saved: tf.Tensor[]) => {
        const [x, kernel, recurrent, h, gates, cells] = saved;
        const all = { dh, x, kernel, recurrent, h, gates, cells };
        return runKernel<tf.Tensor[]>('LstmSequenceGradient', all);
      },
    };
  })(x, kernel, recurrent, bias) as tf.Tensor3D;
}

/** Whether tfjs records what it does for a gradient. */
const isTraining = () =>
  (tf.engine() as unknown as { state: { gradientDepth: number } }).state.gradientDepth > 0;

/** The same as ops that every backend has. */
export function composedLstm(
  x: tf.Tensor3D,
  kernel: tf.Tensor2D,
  recurrent: tf.Tensor2D,
  bias: tf.Tensor1D,
): tf.Tensor3D {
  return tf.tidy(() => {
    const [batch, steps, inputs] = x.shape;
    const units = recurrent.shape[0];
    const rows = tf.reshape(x, [batch * steps, inputs]);
    const projected = tf.add(tf.matMul(rows, kernel), bias);
    // The gradient of unstack does not know a single part.
    const entering =
      steps === 1 ? [projected] : tf.unstack(tf.reshape(projected, [batch, steps, 4 * units]), 1);
    let h: tf.Tensor = tf.zeros([batch, units]);
    let c: tf.Tensor = tf.zeros([batch, units]);
    const states = entering.map((z) => {
      const gates = tf.add(z, tf.matMul(h as tf.Tensor2D, recurrent));
      const [i, f, g, o] = tf.split(gates, 4, 1);
      c = tf.add(tf.mul(tf.sigmoid(f), c), tf.mul(tf.sigmoid(i), tf.tanh(g)));
      h = tf.mul(tf.sigmoid(o), tf.tanh(c));
      return h;
    });
    return tf.stack(states, 1) as tf.Tensor3D;
  });
}
