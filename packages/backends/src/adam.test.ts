import * as tf from '@tensorflow/tfjs-core';
import { adam } from './adam.ts';
import { useBackend } from './use-backend.ts';

/** Three steps on two variables by the definition, in float64. */
function reference(weightDecay: number) {
  const values = [[1, -2, 3, 0.5, -1], [0.25]];
  const [m, v] = [0, 1].map(() => values.map((value) => value.map(() => 0)));
  for (let step = 1; step <= 3; step++) {
    for (const [i, value] of values.entries()) {
      for (const [j, w] of value.entries()) {
        const g = 2 * w;
        m[i][j] = 0.9 * m[i][j] + 0.1 * g;
        v[i][j] = 0.999 * v[i][j] + 0.001 * g * g;
        const change =
          m[i][j] / (1 - 0.9 ** step) / (Math.sqrt(v[i][j] / (1 - 0.999 ** step)) + 1e-7);
        value[j] = w * (1 - 0.1 * weightDecay) - 0.1 * change;
      }
    }
  }
  return values.flat();
}

describe.each(['wasm', 'cpu'] as const)('on %s', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each([0, 0.02])('steps after the definition with weightDecay %p', (weightDecay) => {
    const variables = [
      tf.variable(tf.tensor1d([1, -2, 3, 0.5, -1])),
      tf.variable(tf.tensor1d([0.25])),
    ];
    const optimizer = adam({ learningRate: 0.1, weightDecay });
    const loss = () =>
      tf.addN(variables.map((variable) => tf.sum(tf.square(variable)))) as tf.Scalar;
    for (let step = 0; step < 3; step++) optimizer.minimize(loss, false, variables);
    const found = variables.flatMap((variable) => [...variable.dataSync()]);
    for (const [i, value] of reference(weightDecay).entries())
      expect(found[i]).toBeCloseTo(value, 5);
    optimizer.dispose();
    tf.dispose(variables);
  });

  it('goes on from a saved state as if it had not stopped', async () => {
    const run = async (pause: boolean) => {
      const variable = tf.variable(tf.tensor1d([1, -2, 3]));
      let optimizer = adam({ learningRate: 0.1 });
      const loss = () => tf.sum(tf.square(variable)) as tf.Scalar;
      for (let step = 0; step < 4; step++) {
        if (pause && step === 2) {
          const weights = await optimizer.getWeights();
          const copies = weights.map(({ name, tensor }) => ({ name, tensor: tensor.clone() }));
          optimizer = adam({ learningRate: 0.1 });
          await optimizer.setWeights(copies);
        }
        optimizer.minimize(loss, false, [variable]);
      }
      return [...variable.dataSync()];
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

it('leaves what shares a memory with a parameter as it was', async () => {
  await useBackend('wasm');
  const variable = tf.variable(tf.tensor1d([1, 2]));
  const before = variable.clone();
  const optimizer = adam({ learningRate: 0.5 });
  const step = () => optimizer.minimize(() => tf.sum(tf.square(variable)) as tf.Scalar);
  step();
  expect([...before.dataSync()]).toEqual([1, 2]);
  expect([...variable.dataSync()]).not.toEqual([1, 2]);
  // From here on the numbers change in place, but for those that a copy has.
  step();
  const third = [variable, ...(await optimizer.getWeights()).slice(1).map(({ tensor }) => tensor)];
  const copies = third.map((tensor) => tensor.clone());
  const numbers = copies.map((copy) => copy.dataSync().slice());
  step();
  expect(copies.map((copy) => copy.dataSync())).toEqual(numbers);
  expect(variable.dataSync()).not.toEqual(numbers[0]);
});
