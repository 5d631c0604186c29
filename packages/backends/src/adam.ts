import * as tf from '@tensorflow/tfjs-core';
import { hasKernel, runUnnoted } from './gradients.ts';

export interface AdamOptions {
  /** Step size; 0.001 if left out. It may be changed between steps. */
  learningRate?: number;
  /** Decay rates of the moments; 0.9 and 0.999 if left out. */
  beta1?: number;
  beta2?: number;
  /** Added to the root of the second moment; 1e-7 if left out. */
  epsilon?: number;
  /** Share of each parameter that learningRate takes off at every step, apart from the gradient (AdamW); none if left out. */
  weightDecay?: number;
}

/** A moment of each parameter, in the order in which the parameters first had a gradient. */
type Moment = { originalName: string; variable: tf.Variable };

/**
 * Adam (Kingma & Ba 2015), or AdamW (Loshchilov & Hutter 2019) with `weightDecay`. Its state is saved and restored like that
 * of `tf.train.adam`; on wasm a parameter's whole update is one kernel.
 *
 * @example
 * model.compile({ optimizer: adam({ learningRate: 1e-3 }), loss: 'categoricalCrossentropy' });
 */
export function adam(options: AdamOptions = {}): Adam {
  return new Adam(options);
}

export class Adam extends tf.AdamOptimizer {
  readonly weightDecay: number;

  constructor({
    learningRate = 0.001,
    beta1 = 0.9,
    beta2 = 0.999,
    epsilon = 1e-7,
    weightDecay = 0,
  }: AdamOptions = {}) {
    super(learningRate, beta1, beta2, epsilon);
    this.weightDecay = weightDecay;
  }

  override applyGradients(gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[]) {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    // Private to tfjs' class, which saves and restores them.
    const moments = this as unknown as Record<
      'accumulatedFirstMoment' | 'accumulatedSecondMoment',
      Moment[]
    >;
    const { registeredVariables } = tf.engine();
    const step = this.iterations + 1;
    const [{ beta1, beta2, learningRate, weightDecay }, epsilon] = [this, this.epsilon as number];
    const corrections = [1 / (1 - beta1 ** step), 1 / (1 - beta2 ** step)];
    const hyperparameters = [learningRate, beta1, beta2, epsilon, ...corrections, weightDecay];
    const update = hasKernel('AdamStep') ? fusedStep : composedStep;
    tf.tidy(() => {
      for (const [i, { name, tensor }] of named.entries()) {
        const value = registeredVariables[name];
        const moment = (of: 'accumulatedFirstMoment' | 'accumulatedSecondMoment', tag: string) => {
          moments[of][i] ??= {
            originalName: `${name}/${tag}`,
            variable: tf.variable(tf.zerosLike(value), false),
          };
          return moments[of][i].variable;
        };
        const first = moment('accumulatedFirstMoment', 'm');
        const second = moment('accumulatedSecondMoment', 'v');
        if (tensor == null) continue;
        const [w, m, v] = update(value, tensor, first, second, hyperparameters);
        if (!w) continue;
        first.assign(m);
        second.assign(v);
        value.assign(w);
      }
    });
    this.incrementIterations();
  }
}

/** The new parameter and moments, or nothing where they are in place already. */
type Step = (
  value: tf.Tensor,
  gradient: tf.Tensor,
  first: tf.Tensor,
  second: tf.Tensor,
  hyperparameters: number[],
) => tf.Tensor[];

const fusedStep: Step = (value, gradient, first, second, hyperparameters) =>
  runUnnoted('AdamStep', { value, gradient, first, second }, { hyperparameters });

const composedStep: Step = (value, gradient, first, second, hyperparameters) => {
  const [rate, beta1, beta2, epsilon, correction1, correction2, decay] = hyperparameters;
  const m = tf.add(tf.mul(first, beta1), tf.mul(gradient, 1 - beta1));
  const v = tf.add(tf.mul(second, beta2), tf.mul(tf.square(gradient), 1 - beta2));
  const scale = tf.add(tf.sqrt(tf.mul(v, correction2)), epsilon);
  const change = tf.div(tf.mul(m, rate * correction1), scale);
  return [tf.sub(decay ? tf.mul(value, 1 - rate * decay) : value, change), m, v];
};
