import { readFileSync } from 'node:fs';
import { useBackend } from '@diffusion/backends';
import type { Output } from '@diffusion/models';
import * as tf from '@tensorflow/tfjs-core';
import type { Targets } from '../targets.ts';
import { batchLoss, type Objective } from './batch-loss.ts';
import { classLosses } from './class-losses.ts';
import { exponentLosses } from './exponent-losses.ts';
import type { LossRecipe } from './loss-recipe.ts';

interface Values {
  readonly each: readonly number[];
  readonly mean: number;
  readonly gradient: readonly number[];
}

const torch: {
  logits: number[];
  codes: number[];
  classWeights: number[];
  classes: Record<string, Values>;
  answers: number[];
  alpha: number[];
  exponents: Record<string, Values>;
} = JSON.parse(readFileSync(new URL('../fixtures/torch-values.json', import.meta.url), 'utf8'));

const classes = ['a', 'b', 'c', 'd'];
const codes = Int32Array.from(torch.codes);
const ofClasses = { kind: 'classes', classes } as const;

/** Numbers that float32 gives, beside those of float64. */
function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, within = 2e-6): void {
  expect(found).toHaveLength(expected.length);
  for (let i = 0; i < expected.length; i++) {
    expect(Math.abs(found[i] - expected[i])).toBeLessThan(within * (1 + Math.abs(expected[i])));
  }
}

/** The loss that a step makes small, its gradient by what is given, and what it is divided by. */
function stepOn(answers: readonly number[], wanted: Targets, output: Output, objective: Objective) {
  const { length: count } = (wanted.codes ?? wanted.exponents)!;
  const softmax = output.kind === 'classes';
  const found = tf.tidy(() => {
    const loss = batchLoss(wanted, output, objective);
    const derive = tf.valueAndGrad((x: tf.Tensor) => loss.of([softmax ? tf.softmax(x) : x]));
    const { value, grad } = derive(tf.tensor2d([...answers], [count, answers.length / count]));
    const weight = loss.weight()?.dataSync()[0];
    loss.weight()?.dispose();
    return { loss: value.dataSync()[0], gradient: [...grad.dataSync()], weight };
  });
  return found;
}

const named: readonly [string, LossRecipe][] = [
  ['cross-entropy', {}],
  ['smoothed', { labelSmoothing: 0.1 }],
  ['mse', { classes: 'mse' }],
  ['focal', { classes: 'focal' }],
  ['focal 0.5', { classes: 'focal', gamma: 0.5 }],
  [
    'weighted',
    { classWeights: Object.fromEntries(classes.map((name, i) => [name, torch.classWeights[i]])) },
  ],
];

describe.each(['wasm', 'cpu'] as const)('losses on %s, beside PyTorch', (backend) => {
  beforeAll(() => useBackend(backend));

  it.each(named)('%s of classes and its gradient', (name, loss) => {
    const before = tf.memory().numTensors;
    const found = stepOn(torch.logits, { codes }, ofClasses, { loss });
    expect(tf.memory().numTensors).toBe(before);
    const { mean, gradient } = torch.classes[name];
    expectClose([found.loss], [mean]);
    expectClose(found.gradient, gradient);
    const sum = torch.codes.reduce((total, code) => total + torch.classWeights[code], 0);
    expect(found.weight).toBe(name === 'weighted' ? sum : undefined);
  });

  it.each(['mae', 'mse', 'huber', 'gaussian'] as const)(
    '%s of exponents and its gradient',
    (name) => {
      const spread = name === 'gaussian';
      const answers = torch.answers.filter((_, i) => spread || i % 2 === 0);
      const loss = { exponent: name, ...(name === 'huber' && { delta: 0.3 }) };
      const exponents = Float64Array.from(torch.alpha);
      const found = stepOn(answers, { exponents }, { kind: 'exponent', spread }, { loss });
      const { mean, gradient } = torch.exponents[name];
      expectClose([found.loss], [mean]);
      expectClose(
        found.gradient,
        gradient.filter((_, i) => spread || i % 2 === 0),
      );
    },
  );

  it('learns nothing from an exponent that is not there, and the class of its track all the same', () => {
    const wanted = { codes: Int32Array.of(0, 1), exponents: Float64Array.of(Number.NaN, 1.5) };
    const found = tf.tidy(() => {
      const loss = batchLoss(
        wanted,
        { kind: 'both', classes: ['a', 'b'] },
        {
          loss: { exponentWeight: 2 },
        },
      );
      const derive = tf.valueAndGrads((p: tf.Tensor, alpha: tf.Tensor) => loss.of([p, alpha]));
      const { value, grads } = derive([
        tf.tensor2d([0.5, 0.5, 0.25, 0.75], [2, 2]),
        tf.tensor2d([9, 1], [2, 1]),
      ]);
      return { loss: value.dataSync()[0], alpha: [...grads[1].dataSync()] };
    });
    expect(found.loss).toBeCloseTo((-Math.log(0.5) - Math.log(0.75)) / 2 + (2 * 0.5) / 2, 5);
    expect(found.alpha).toEqual([0, -1]);
  });
});

describe('losses of a single track, as validation sums them', () => {
  const probabilities = (row: number): Float32Array => {
    const powers = torch.logits.slice(4 * row, 4 * row + 4).map(Math.exp);
    const total = powers.reduce((sum, power) => sum + power, 0);
    return Float32Array.from(powers, (power) => power / total);
  };

  it.each(named.filter(([name]) => name !== 'smoothed' && name !== 'weighted'))(
    '%s of classes',
    (name, loss) => {
      const { ofTrack } = classLosses[loss.classes ?? 'cross-entropy'];
      const found = torch.codes.map((code, i) => ofTrack(probabilities(i), code, loss));
      expectClose(found, torch.classes[name].each);
    },
  );

  it.each(['mae', 'mse', 'huber', 'gaussian'] as const)('%s of exponents', (name) => {
    const { ofTrack } = exponentLosses[name];
    const found = torch.alpha.map((alpha, i) =>
      ofTrack(Float32Array.from(torch.answers.slice(2 * i, 2 * i + 2)), alpha, { delta: 0.3 }),
    );
    expectClose(found, torch.exponents[name].each);
  });
});
