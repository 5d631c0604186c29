import { assignFlat } from '@diffusion/backends/parallel';
import type { Output } from '@diffusion/models';
import { KeyedDropout } from '@diffusion/models/training';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Examples } from '../examples.ts';
import { lossOn, type Scores, scoresOf } from '../loss.ts';
import type { Objective } from '../losses/batch-loss.ts';
import { withinMemory } from '../within-memory.ts';
import { readWeights, variablesOf, type WeightNames } from './weights.ts';

/** One shard of a step. */
export interface ShardTask {
  /** Its number in the batch. */
  readonly shard: number;
  readonly epoch: number;
  /** Of the whole training, from 0. */
  readonly step: number;
  /** The place of its first track in the batch. */
  readonly sample: number;
  /** Tracks `from` … `to` − 1 of the epoch. */
  readonly from: number;
  readonly to: number;
  /** Where the worker cannot make them itself. */
  readonly examples?: Examples;
}

/** Means over the tracks of a shard. */
export interface ShardResult extends Scores {
  /** Tracks in the shard. */
  readonly count: number;
  /** What the mean of the loss counts for: the weights of the tracks that were learnt from, their number without any. */
  readonly weight: number;
  readonly loss: number;
  /** Milliseconds that it took the worker to make the tracks, where it did so itself. */
  readonly waited?: number;
}

/** What the threads of a training see: the weights before a step, and what each shard makes of them, one after the other. */
export interface ShardMemory extends Record<string, Float32Array> {
  readonly trainable: Float32Array;
  readonly others: Float32Array;
  readonly gradients: Float32Array;
  readonly othersAfter: Float32Array;
}

/** What does a shard with a network, on this thread or in a worker: its gradient, and its moving averages. */
export function shardWork(
  network: LayersModel,
  names: WeightNames,
  output: Output,
  objective: Objective,
  memory: ShardMemory,
): (task: ShardTask, examples: Examples) => Promise<ShardResult> {
  const trainable = variablesOf(network, names.trainable);
  const others = variablesOf(network, names.others);
  const dropouts = network.layers.filter((layer) => layer instanceof KeyedDropout);
  const slot = (array: Float32Array, size: number, shard: number) =>
    array.subarray(shard * size, (shard + 1) * size);
  return async ({ shard, step, sample }, examples) => {
    const gradient = slot(memory.gradients, memory.trainable.length, shard);
    const after = slot(memory.othersAfter, memory.others.length, shard);
    assignFlat(trainable, memory.trainable);
    assignFlat(others, memory.others);
    for (const layer of dropouts) Object.assign(layer, { step, sample });
    const { loss, answers, weight, gradients } = withinMemory(examples.count, () => {
      const { loss, answers, weight } = lossOn(network, examples, output, objective);
      const { value, grads } = tf.variableGrads(loss, trainable);
      const gradients = trainable.map((weight) => grads[weight.name] ?? tf.zerosLike(weight));
      return { loss: value, answers: answers(), weight: weight(), gradients };
    });
    await readWeights(gradients, gradient);
    await readWeights(others, after);
    const [value] = await loss.data();
    const given = (await answers.data()) as Float32Array;
    const { count, wanted } = examples;
    const [sum] = weight ? await weight.data() : [count];
    tf.dispose([loss, answers, gradients]);
    weight?.dispose();
    return { count, weight: sum, loss: value, ...scoresOf(given, wanted, output) };
  };
}
