import { startWasmInWorker } from '@diffusion/backends/parallel';
import { encoder, type Output, registerLayers } from '@diffusion/models';
import { loadModels } from '@diffusion/simulate';
import { servePool } from '@diffusion/workers';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { examplesOf, type Material } from '../examples.ts';
import { sourceOf } from '../source.ts';
import type { MaterialSetup, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';
import { workerName } from './worker-name.ts';

// A worker with a wasm backend that does the shards of a training.
servePool<ShardSetup, ShardTask, ShardResult>(workerName, async (setup, memory) => {
  const { output, loss, material, names, wasmPaths } = setup;
  await startWasmInWorker(wasmPaths);
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, names, output, loss, memory as ShardMemory);
  const made = material && (await materialOf(material, output));
  return (task) => work(task, task.examples ?? examplesOf(made!, task.epoch, task.from, task.to));
});

async function materialOf(
  { tracks, encoder: seen, recipe }: MaterialSetup,
  output: Output,
): Promise<Material> {
  const source = sourceOf(await loadModels(tracks));
  return { source, encoder: encoder(seen), output, recipe };
}
