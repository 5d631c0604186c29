import * as tf from '@tensorflow/tfjs-core';

/** A running average of the weights of a network beside the weights themselves. */
export interface WeightAverage {
  /** Takes in the weights after a step. */
  update(): void;
  /** Gives the network the averages and keeps its weights in their place; done again, the other way round. */
  exchange(): void;
  /** The averages; they stay this object's. */
  readonly tensors: readonly tf.Tensor[];
  dispose(): void;
}

/**
 * The exponential moving average of variables, a ← a + (1 − d)·(w − a) after every step, with
 * d = min(decay, (1 + step)/(10 + step)), so that the first weights are soon forgotten.
 *
 * @param decay 0 to 1; 0.998 averages over about 500 steps.
 * @param step number of steps already taken.
 * @param from averages after those steps; the variables as they are if left out.
 */
export function weightAverage(
  variables: readonly tf.Variable[],
  decay: number,
  step = 0,
  from: readonly tf.Tensor[] = variables,
): WeightAverage {
  const averages = from.map((tensor) => tf.variable(tensor, false));
  let taken = step;
  return {
    tensors: averages,
    update() {
      taken++;
      const share = 1 - Math.min(decay, (1 + taken) / (10 + taken));
      tf.tidy(() => {
        for (const [i, average] of averages.entries()) {
          average.assign(tf.add(average, tf.mul(tf.sub(variables[i], average), share)));
        }
      });
    },
    exchange() {
      tf.tidy(() => {
        for (const [i, average] of averages.entries()) {
          const kept = variables[i].clone();
          variables[i].assign(average.clone());
          average.assign(kept);
        }
      });
    },
    dispose: () => tf.dispose(averages),
  };
}
