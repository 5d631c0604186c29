import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import * as tf from '@tensorflow/tfjs-core';
import { readWeights } from '../parallel/weights.ts';
import { applyFlat } from './apply-flat.ts';
import { clipNorm } from './clip-norm.ts';
import { makeOptimizer, setLearningRate } from './make-optimizer.ts';
import { checkOptimizer, type OptimizerRecipe } from './optimizer-recipe.ts';

const torch: {
  start: number[][];
  scales: number[][];
  optimizers: Record<string, { weights: number[][]; norms?: number[] }>;
} = JSON.parse(readFileSync(new URL('../fixtures/torch-values.json', import.meta.url), 'utf8'));
const shapes = [[3], [2, 2]];
const rate = 0.02;

const variablesOf = () =>
  tf.tidy(() => torch.start.map((numbers, i) => tf.variable(tf.tensor(numbers, shapes[i]))));
const flat = (variables: readonly tf.Variable[]) =>
  variables.flatMap((each) => [...each.dataSync()]);

/** Σ c w⁴ / 4 + sin w. */
const lossOf = (variables: readonly tf.Variable[]) => () => {
  const terms = variables.map((variable, i) => {
    const power = tf.mul(tf.tensor(torch.scales[i], shapes[i]), tf.pow(variable, 4));
    return tf.sum(tf.add(tf.mul(power, 0.25), tf.sin(variable)));
  });
  return tf.addN(terms) as tf.Scalar;
};

/** One step; the norm of the gradient where it is bounded. */
async function step(
  optimizer: tf.Optimizer,
  variables: tf.Variable[],
  most?: number,
): Promise<number | undefined> {
  if (most === undefined) {
    optimizer.minimize(lossOf(variables), false, variables);
    return undefined;
  }
  const { value, grads } = tf.variableGrads(lossOf(variables), variables);
  const gradient = new Float32Array(7);
  const parts = variables.map(({ name }) => grads[name]);
  await readWeights(parts, gradient);
  const norm = clipNorm(gradient, most);
  applyFlat(optimizer, variables, gradient);
  tf.dispose([value, parts]);
  return norm;
}

describe.each(['wasm', 'cpu'] as const)('optimizers on %s, beside PyTorch', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each<[string, OptimizerRecipe]>([
    ['adam', {}],
    ['adamw', { name: 'adamw', weightDecay: 0.3 }],
    ['sgd', { name: 'sgd', momentum: 0 }],
    ['momentum', { name: 'sgd', weightDecay: 0.3 }],
    ['nesterov', { name: 'sgd', momentum: 0.8, nesterov: true, weightDecay: 0.3 }],
    ['clipped', { name: 'sgd', clipNorm: 1.5 }],
  ])('steps as %s', async (name, recipe) => {
    const before = tf.memory().numTensors;
    const variables = variablesOf();
    // Another rate than that of the steps, which is set before each.
    const optimizer = makeOptimizer(recipe, 1);
    const { weights, norms } = torch.optimizers[name];
    for (const [i, expected] of weights.entries()) {
      setLearningRate(optimizer, rate);
      const norm = await step(optimizer, variables, recipe.clipNorm);
      for (const [j, value] of flat(variables).entries()) expect(value).toBeCloseTo(expected[j], 5);
      if (norms) expect(norm).toBeCloseTo(norms[i], 4);
    }
    optimizer.dispose();
    tf.dispose(variables);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('goes on from the state of SGD as if it had not stopped', async () => {
    const recipe = { name: 'sgd', weightDecay: 0.1 } as const;
    const run = async (pause: boolean) => {
      const variables = variablesOf();
      let optimizer = makeOptimizer(recipe, rate);
      for (let i = 0; i < 4; i++) {
        if (pause && i === 2) {
          const kept = (await optimizer.getWeights()).map(({ name, tensor }) => ({
            name,
            tensor: tensor.clone(),
          }));
          optimizer.dispose();
          optimizer = makeOptimizer(recipe, rate);
          await optimizer.setWeights(kept);
        }
        await step(optimizer, variables);
      }
      optimizer.dispose();
      return flat(variables);
    };
    expect(await run(true)).toEqual(await run(false));
  });
});

it('leaves a gradient that is short enough as it is', () => {
  const gradient = Float32Array.of(0.3, -0.4);
  expect(clipNorm(gradient, 0.6)).toBeCloseTo(0.5, 7);
  expect([...gradient]).toEqual([...Float32Array.of(0.3, -0.4)]);
  clipNorm(gradient, 0.25);
  expect(Math.hypot(...gradient)).toBeCloseTo(0.25, 5);
  expect(gradient[1] / gradient[0]).toBeCloseTo(-4 / 3, 5);
});

it.each<[object, string]>([
  [{ name: 'sdg' }, 'optimizer.name is "sdg": expected adam, adamw or sgd; did you mean sgd?'],
  [
    { momentum: 0.9 },
    'optimizer.momentum is 0.9: expected it only with sgd, and optimizer.name is "adam"',
  ],
  [{ weightDecay: 0.1 }, 'optimizer.weightDecay is 0.1: expected it only with adamw or sgd'],
  [{ name: 'sgd', momentum: 1 }, 'optimizer.momentum is 1: expected 0 ≤ momentum < 1'],
  [{ name: 'sgd', momentum: 0, nesterov: true }, 'optimizer.momentum is 0: expected more than 0'],
  [{ name: 'sgd', nesterov: 1 }, 'optimizer.nesterov is 1: expected true or false'],
  [{ name: 'adamw', weightDecay: 50 }, 'optimizer.weightDecay is 50: expected at least 0'],
  [{ clipNorm: 0 }, 'optimizer.clipNorm is 0: expected a positive number'],
  [{ clipnorm: 1 }, 'clipnorm is 1: unknown option; did you mean clipNorm? recipe.optimizer takes'],
])('refuses %j', (recipe, message) => {
  expect(() => checkOptimizer(recipe as OptimizerRecipe, rate)).toThrow(message);
});
