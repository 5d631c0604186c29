import * as tf from '@tensorflow/tfjs-core';

/** What {@link Sgd} is told. */
export interface SgdOptions {
  readonly learningRate: number;
  readonly momentum: number;
  readonly nesterov: boolean;
  /** Added to the gradient, times the weight. */
  readonly weightDecay: number;
}

/**
 * Stochastic gradient descent with momentum, as PyTorch's `SGD` has it: g ← g + λw, v ← μv + g, and w ← w − ηv, or
 * w ← w − η(g + μv) after Nesterov. Its state is saved and restored like that of `tf.train.momentum`.
 */
export class Sgd extends tf.MomentumOptimizer {
  readonly weightDecay: number;

  constructor({ learningRate, momentum, nesterov, weightDecay }: SgdOptions) {
    super(learningRate, momentum, nesterov);
    this.weightDecay = weightDecay;
  }

  override applyGradients(
    gradients: tf.NamedTensorMap | { name: string; tensor: tf.Tensor }[],
  ): void {
    const named = Array.isArray(gradients)
      ? gradients
      : Object.entries(gradients).map(([name, tensor]) => ({ name, tensor }));
    const { registeredVariables } = tf.engine();
    tf.tidy(() => {
      super.applyGradients(
        this.weightDecay === 0
          ? named
          : named.map(({ name, tensor }) => ({
              name,
              tensor: tensor && tf.add(tensor, tf.mul(registeredVariables[name], this.weightDecay)),
            })),
      );
    });
  }

  override dispose(): void {
    super.dispose();
    // tfjs forgets its learning rate.
    this.c.dispose();
  }
}
