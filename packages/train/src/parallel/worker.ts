import { useBackend } from '@diffusion/backends';
import { serveTeam } from '@diffusion/backends/parallel';
import {
  type EncoderDefinition,
  encoder,
  type ModuleExport,
  modelFromFiles,
  type Output,
  registerLayers,
} from '@diffusion/models';
import { Tracks } from '@diffusion/tracks';
import { env, io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { type ExampleSource, examplesOf } from '../examples.ts';
import { sourceOf } from '../source.ts';
import type { PredictSetup, PredictTask } from './predict-parallel.ts';
import type { ExampleSourceData, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardTask, shardWork } from './shard-work.ts';

// A worker with a wasm backend: does the shards of a training, or judges tracks.
serveTeam<ShardSetup | PredictSetup, never, unknown>(async (setup, memory) => {
  const { wasmPaths } = setup;
  // The workers are the threads: in a page tfjs would start a pool of more in each.
  env().setFlags({ WASM_HAS_MULTITHREAD_SUPPORT: false });
  const { name } = await useBackend('wasm', { wasmPaths, warn: () => {} });
  if (name !== 'wasm') throw new Error('wasm does not start in this worker');
  return setup.kind === 'predict' ? judging(setup) : sharing(setup, memory as ShardMemory);
});

async function sharing(setup: ShardSetup, memory: ShardMemory) {
  const { output, loss, examples } = setup;
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, setup.names, output, loss, memory);
  const source = examples && (await exampleSourceOf(examples, output));
  return (task: ShardTask) =>
    work(task, task.examples ?? examplesOf(source!, task.epoch, task.from, task.to));
}

async function judging({ files }: PredictSetup) {
  const model = await modelFromFiles(files, 'the model');
  return ({ tracks }: PredictTask) => {
    const batch = new Tracks(tracks);
    return model.predict(batch, { batchSize: batch.count });
  };
}

async function exampleSourceOf(
  { tracks, encoder: specification, encoderSource, recipe }: ExampleSourceData,
  output: Output,
): Promise<ExampleSource> {
  const own = encoderSource ? [await definitionIn(encoderSource)] : [];
  return { source: sourceOf(tracks), encoder: encoder(specification, own), output, recipe };
}

async function definitionIn({ module, export: name }: ModuleExport): Promise<EncoderDefinition> {
  const found = (await import(/* webpackIgnore: true */ /* @vite-ignore */ module))[name] as
    | EncoderDefinition
    | undefined;
  if (!found) throw new Error(`${module} has no export '${name}': expected an encoder`);
  return found;
}
