import { countNumbers } from '@diffusion/backends/parallel';
import type { Output } from '@diffusion/models';
import { KeyedDropout } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from './examples.ts';
import { lossOn, type Scores, scoresOf } from './loss.ts';
import type { Objective } from './losses/batch-loss.ts';
import { applyFlat } from './optimizer/apply-flat.ts';
import { clipNorm } from './optimizer/clip-norm.ts';
import { readWeights } from './parallel/weights.ts';
import type { TrainingRecipe } from './recipe.ts';
import { withinMemory } from './within-memory.ts';

/** A batch as the schedule counts it. */
export interface BatchPlace {
  readonly epoch: number;
  /** Of the whole training, from 0. */
  readonly step: number;
  /** Tracks `from` … `to` − 1 of the epoch. */
  readonly from: number;
  readonly to: number;
}

/** Means over the tracks of a batch. */
export interface StepResult extends Scores {
  readonly loss: number;
  /** Milliseconds that the step waited for its tracks to be made, where that was within the step. */
  readonly waited?: number;
}

/** What takes the steps of a training. */
export interface Stepper {
  /** One step of the optimizer on a batch; moving averages follow. Means over the tracks. */
  step(batch: BatchPlace, optimizer: tf.Optimizer): Promise<StepResult>;
  close(): Promise<void>;
}

/**
 * Steps on whole batches on this thread; nothing leaves the backend but the loss and the answers, and the gradient where its
 * norm is bounded.
 */
export function wholeBatches({
  network,
  output,
  recipe,
  examplesAt,
}: {
  readonly network: LayersModel;
  readonly output: Output;
  readonly recipe: Objective & Pick<TrainingRecipe, 'optimizer'>;
  readonly examplesAt: (epoch: number, from: number, to: number) => Examples;
}): Stepper {
  const variables = network.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const dropouts = network.layers.filter((layer) => layer instanceof KeyedDropout);
  const most = recipe.optimizer?.clipNorm;
  const flat = most === undefined ? undefined : new Float32Array(countNumbers(variables));
  return {
    async step({ epoch, step, from, to }, optimizer) {
      for (const layer of dropouts) Object.assign(layer, { step, sample: 0 });
      const examples = examplesAt(epoch, from, to);
      const { loss, answers, gradients } = withinMemory(examples.count, () => {
        const { loss, answers, weight } = lossOn(network, examples, output, recipe);
        if (!flat) {
          const value = optimizer.minimize(loss, true, variables) as tf.Scalar;
          weight()?.dispose();
          return { loss: value, answers: answers(), gradients: [] };
        }
        const { value, grads } = tf.variableGrads(loss, variables);
        weight()?.dispose();
        const gradients = variables.map((each) => grads[each.name] ?? tf.zerosLike(each));
        return { loss: value, answers: answers(), gradients };
      });
      if (flat) {
        await readWeights(gradients, flat);
        clipNorm(flat, most!);
        applyFlat(optimizer, variables, flat);
      }
      const data = (await answers.data()) as Float32Array;
      const [value] = await loss.data();
      tf.dispose([loss, answers, gradients]);
      return { loss: value, ...scoresOf(data, examples.wanted, output) };
    },
    close: async () => {},
  };
}
