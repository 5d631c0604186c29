import {
  assignFlat,
  countNumbers,
  meanInOrder,
  type WorkerOptions,
  wasmPathsInUse,
  wideInUse,
} from '@diffusion/backends/parallel';
import { startPool } from '@diffusion/workers';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { TrainError } from '../errors.ts';
import { type ExampleSource, examplesOf } from '../examples.ts';
import { applyFlat } from '../optimizer/apply-flat.ts';
import { clipNorm } from '../optimizer/clip-norm.ts';
import type { WholeRecipe } from '../recipe.ts';
import type { Stepper } from '../stepper.ts';
import { cutBatch } from './cut-batch.ts';
import { meanFromFirst } from './mean-from-first.ts';
import { artifactsOf, exampleSourceData, type ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';
import { trainScript } from './train-script.ts';
import { readWeights, variablesOf, type WeightNames, weightNames } from './weights.ts';

export interface ShardedOptions extends ExampleSource {
  readonly network: LayersModel;
  readonly recipe: WholeRecipe;
  readonly workers: WorkerOptions;
}

/**
 * Steps on batches in shards: each shard has its own batch-norm statistics, dropout as in the whole batch; gradients and
 * moving averages are averaged over the shards, weighted by their tracks, in the order of the shards. So the same bits
 * come from this thread alone and from any number of workers. Where tracks are weighted or selected, a shard counts with the
 * weights of those that it learns from, and selects among its own.
 */
export async function shardedBatches(options: ShardedOptions): Promise<Stepper> {
  const { network, recipe } = options;
  const names = weightNames(network);
  const [trainable, others] = [names.trainable, names.others].map((n) => variablesOf(network, n));
  const shards = recipe.shards ?? 1;
  const sizes = {
    trainable: countNumbers(trainable),
    others: countNumbers(others),
    gradients: shards * countNumbers(trainable),
    othersAfter: shards * countNumbers(others),
  };
  const { memory, run, close } = await (options.workers.count > 0
    ? inWorkers(options, names, sizes)
    : onThisThread(options, names, sizes));
  const mean = new Float32Array(sizes.trainable);
  await readWeights(others, memory.others);
  return {
    close,
    async step({ epoch, step, from, to }, optimizer) {
      await readWeights(trainable, memory.trainable);
      const tasks = cutBatch(from, to, shards).map((part, shard): ShardTask => {
        return { ...part, shard, epoch, step, sample: part.from - from };
      });
      const results = await run(tasks);
      const counts = results.map(({ count }) => count);
      const weights = results.map(({ weight }) => weight);
      const first = (array: Float32Array, size: number) => array.subarray(0, tasks.length * size);
      meanInOrder(first(memory.gradients, sizes.trainable), weights, mean);
      if (recipe.optimizer?.clipNorm !== undefined) clipNorm(mean, recipe.optimizer.clipNorm);
      meanFromFirst(first(memory.othersAfter, sizes.others), counts, memory.others);
      assignFlat(others, memory.others);
      applyFlat(optimizer, trainable, mean);
      const average = (of: 'loss' | 'score' | 'mae', shares: readonly number[]) => {
        const total = shares.reduce((sum, share) => sum + share, 0);
        return results.reduce((sum, result, i) => sum + (result[of] ?? 0) * shares[i], 0) / total;
      };
      return {
        loss: average('loss', weights),
        score: average('score', counts),
        ...(results[0].mae !== undefined && { mae: average('mae', counts) }),
        waited: Math.max(...results.map(({ waited = 0 }) => waited)),
      };
    },
  };
}

type Sizes = Record<keyof ShardMemory, number>;

interface Place {
  readonly memory: ShardMemory;
  run(tasks: readonly ShardTask[]): Promise<ShardResult[]>;
  close(): Promise<void>;
}

async function onThisThread(
  options: ShardedOptions,
  names: WeightNames,
  sizes: Sizes,
): Promise<Place> {
  const { network, output, recipe } = options;
  const entries = Object.entries(sizes).map(([name, size]) => [name, new Float32Array(size)]);
  const memory = Object.fromEntries(entries) as ShardMemory;
  const work = shardWork(network, names, output, recipe, memory);
  return {
    memory,
    async run(tasks) {
      const results: ShardResult[] = [];
      for (const task of tasks) {
        results.push(await work(task, examplesOf(options, task.epoch, task.from, task.to)));
      }
      return results;
    },
    close: async () => {},
  };
}

async function inWorkers(
  options: ShardedOptions,
  names: WeightNames,
  sizes: Sizes,
): Promise<Place> {
  const { network, output, recipe, workers } = options;
  const { count, wasmPaths = wasmPathsInUse(), wide = wideInUse(), ...start } = workers;
  if (tf.getBackend() !== 'wasm') {
    throw new TrainError(
      `workers is ${count} and this thread runs on ${tf.getBackend()}: expected wasm, as in the workers`,
    );
  }
  const data = exampleSourceData(options);
  // Those that are made ahead are sent.
  const examples = data?.tracks && !options.ahead ? data : undefined;
  const { loss, selection, shards = 1 } = recipe;
  const artifacts = await artifactsOf(network);
  const pool = startPool<ShardSetup, ShardTask, ShardResult>({
    ...start,
    script: trainScript,
    workers: Math.min(count, shards),
    setup: {
      network: artifacts,
      names,
      output,
      objective: { loss, selection },
      wasmPaths,
      wide,
      examples,
    },
    shared: sizes,
  });
  try {
    await pool.ready;
  } catch (error) {
    await pool.close();
    throw error;
  }
  return {
    memory: pool.shared as ShardMemory,
    run: (tasks) =>
      pool.all(
        examples
          ? tasks
          : tasks.map((task) => ({
              ...task,
              examples: examplesOf(options, task.epoch, task.from, task.to),
            })),
      ),
    close: () => pool.close(),
  };
}
