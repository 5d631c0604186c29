import { startWasmInWorker } from '@diffusion/backends/parallel';
import { encoder, type Output } from '@diffusion/models';
import { importEncoder, registerLayers } from '@diffusion/models/training';
import { loadModels } from '@diffusion/simulate';
import { servePool } from '@diffusion/workers';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { type ExampleSource, examplesOf } from '../examples.ts';
import { sourceOf } from '../source-of.ts';
import type { ExampleSourceData, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';
import { workerName } from './worker-name.ts';

// A worker with a wasm backend that does the shards of a training.
servePool<ShardSetup, ShardTask, ShardResult>(workerName, async (setup, memory) => {
  const { output, objective, examples, names, wasmPaths, wide } = setup;
  await startWasmInWorker(wasmPaths, wide);
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, names, output, objective, memory as ShardMemory);
  const source = examples && (await exampleSourceOf(examples, output));
  return (task) => work(task, task.examples ?? examplesOf(source!, task.epoch, task.from, task.to));
});

async function exampleSourceOf(
  { tracks, encoder: specification, encoderSource, recipe }: ExampleSourceData,
  output: Output,
): Promise<ExampleSource> {
  const own = encoderSource ? [await importEncoder(encoderSource)] : [];
  const source = sourceOf(await loadModels(tracks));
  return { source, encoder: encoder(specification, own), output, recipe };
}
