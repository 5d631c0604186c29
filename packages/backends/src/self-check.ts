import * as tf from '@tensorflow/tfjs-core';

/**
 * What `selfCheck` has to find, computed in float64 from the definitions (self-check.test.ts does it again): each number
 * is the sum of a result's elements weighted by `checkValues(size, 5)`.
 */
export const KNOWN = {
  convolution: -4.837158203,
  convolutionByInput: -4.312255859,
  convolutionByFilter: 0.998291016,
  lstm: 0.053439681,
  lstmByKernel: 0.076387329,
  lstmByState: 0.027382065,
};

/** Numbers that float32 holds exactly, without a pattern that a wrong index could keep. */
export function checkValues(size: number, salt: number): Float32Array {
  return Float32Array.from({ length: size }, (_, i) => (((i * 37 + salt * 11) % 23) - 11) / 16);
}

const tensor = (shape: number[], salt: number) =>
  tf.tensor(checkValues(tf.util.sizeFromShape(shape), salt), shape);

const checksum = (t: tf.Tensor) => tf.sum(tf.mul(tf.reshape(t, [-1]), tensor([t.size], 5)));

function convolution() {
  const x = tensor([2, 9, 8], 1) as tf.Tensor3D;
  const filter = tensor([3, 8, 8], 2) as tf.Tensor3D;
  const run = (x: tf.Tensor, filter: tf.Tensor) =>
    tf.conv1d(x as tf.Tensor3D, filter as tf.Tensor3D, 2, 'same');
  const { value, grads } = tf.valueAndGrads((x, filter) => checksum(run(x, filter)))([x, filter]);
  return [value, checksum(grads[0]), checksum(grads[1])];
}

/** One LSTM step (gates i, f, g, o) of 4 units on 3 samples of 2 inputs, as ops. */
function lstm() {
  const [x, state] = [tensor([3, 2], 1), tensor([3, 4], 2)];
  const [kernel, recurrent] = [tensor([2, 16], 3), tensor([4, 16], 4)];
  const [bias, cell] = [tensor([16], 6), tensor([3, 4], 7)];
  const { value, grads } = tf.valueAndGrads((kernel, state) => {
    const z = tf.add(tf.add(tf.matMul(x, kernel), tf.matMul(state, recurrent)), bias);
    const [i, f, g, o] = tf.split(z, 4, 1);
    const kept = tf.mul(tf.sigmoid(f), cell);
    const next = tf.add(kept, tf.mul(tf.sigmoid(i), tf.tanh(g)));
    return checksum(tf.mul(tf.sigmoid(o), tf.tanh(next)));
  })([kernel, state]);
  return [value, checksum(grads[0]), checksum(grads[1])];
}

/**
 * Runs a strided convolution and an LSTM step with their gradients on the current backend and compares them with known
 * numbers, within 0.1 % and 1e-4.
 *
 * @returns what is wrong, in words; `undefined` if nothing is.
 */
export async function selfCheck(): Promise<string | undefined> {
  const results = tf.tidy(() => tf.stack([...convolution(), ...lstm()]));
  try {
    const found = await results.data();
    for (const [i, [name, known]] of Object.entries(KNOWN).entries()) {
      const close = Math.abs(found[i] - known) <= 1e-4 + 1e-3 * Math.abs(known);
      if (!close) return `self-check ${name} gave ${found[i]}, expected ${known}`;
    }
    return undefined;
  } finally {
    results.dispose();
  }
}
