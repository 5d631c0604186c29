import { startWasmInWorker } from '@diffusion/backends/parallel';
import { encoder, type Output } from '@diffusion/models';
import { importEncoder, registerLayers } from '@diffusion/models/training';
import { loadModels } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { type ExampleSource, type Examples, examplesFrom, examplesOf } from '../examples.ts';
import type { TrackSource } from '../source.ts';
import { sourceOf } from '../source-of.ts';
import type { ExamplesTask } from './examples-ahead.ts';
import type { ExampleSourceData, ExamplesSetup, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';
import { workerName } from './worker-name.ts';

// A worker that makes examples ahead, or does the shards of a training on a wasm backend of its own. Examples are copied to the
// leading thread: once memory of a thread has moved to another, its engine checks at every access to any typed array whether
// it is still there.
servePool<ShardSetup | ExamplesSetup, ShardTask | ExamplesTask, ShardResult | Examples>(
  workerName,
  async (setup, memory) =>
    ('makes' in setup
      ? await examplesWork(setup)
      : await shardsWork(setup, memory as ShardMemory)) as Work,
);

type Work = (task: ShardTask | ExamplesTask) => Examples | Promise<ShardResult>;

async function examplesWork({ makes, output }: ExamplesSetup) {
  const source = await exampleSourceOf(makes, output);
  return ({ epoch, from, to, tracks }: ExamplesTask): Examples =>
    tracks
      ? examplesFrom(source, new Tracks(tracks), epoch, from)
      : examplesOf(source, epoch, from, to);
}

async function shardsWork(setup: ShardSetup, memory: ShardMemory) {
  const { output, objective, examples, names, wasmPaths, wide } = setup;
  await startWasmInWorker(wasmPaths, wide);
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, names, output, objective, memory);
  const source = examples && (await exampleSourceOf(examples, output));
  return async (task: ShardTask): Promise<ShardResult> => {
    if (task.examples || !source) return work(task, task.examples!);
    const begun = performance.now();
    const made = examplesOf(source, task.epoch, task.from, task.to);
    const waited = performance.now() - begun;
    return { ...(await work(task, made)), waited };
  };
}

async function exampleSourceOf(
  { tracks, perEpoch, encoder: specification, encoderSource, recipe }: ExampleSourceData,
  output: Output,
): Promise<ExampleSource> {
  const own = encoderSource ? [await importEncoder(encoderSource)] : [];
  const source = tracks ? sourceOf(await loadModels(tracks)) : sentTracks(perEpoch);
  return { source, encoder: encoder(specification, own), output, recipe };
}

/** A source whose tracks come with every task. */
const sentTracks = (perEpoch: number): TrackSource => ({
  perEpoch,
  take() {
    throw new Error('the task has no tracks');
  },
});
