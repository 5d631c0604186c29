import type * as tf from '@tensorflow/tfjs-core';

/**
 * One line of the learning curve. `score` is accuracy where there are classes, else the mean absolute error of the
 * exponents; `mae` is that error beside classes.
 */
export interface EpochResult {
  /** From 1. */
  readonly epoch: number;
  readonly loss: number;
  readonly score: number;
  readonly mae?: number;
  /** Absent where nothing was validated on. */
  readonly validationLoss?: number;
  readonly validationScore?: number;
  readonly validationMae?: number;
  /** Where there are classes: validation tracks by true class (row) and answer (column). */
  readonly validationConfusion?: readonly (readonly number[])[];
  /** Of the last step of the epoch. */
  readonly learningRate?: number;
}

/** A training at the end of an epoch, from which it can go on as if it had never stopped. */
export interface TrainingState {
  readonly history: readonly EpochResult[];
  /** The network's weights in its own order, moving averages included. */
  readonly weights: readonly tf.Tensor[];
  /** The optimizer's, as tfjs gives them. */
  readonly optimizer: readonly { readonly name: string; readonly tensor: tf.Tensor }[];
  /** The running averages of the trainable weights; none without `recipe.averaging`. */
  readonly averages?: readonly tf.Tensor[];
  /** The network's weights after the best epoch, in its own order; none unless `recipe.stopping` keeps them. */
  readonly best?: readonly tf.Tensor[];
}

/** Frees the tensors of a state. */
export function disposeState({
  weights,
  optimizer,
  averages = [],
  best = [],
}: TrainingState): void {
  for (const tensor of [...weights, ...averages, ...best]) tensor.dispose();
  for (const { tensor } of optimizer) tensor.dispose();
}
