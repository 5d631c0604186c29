import { serveTeam, startWasmInWorker } from '@diffusion/backends/parallel';
import { encoder, type Output, registerLayers } from '@diffusion/models';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { examplesOf, type Material } from '../examples.ts';
import { sourceOf } from '../source.ts';
import type { MaterialSetup, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';

// A worker with a wasm backend that does the shards of a training.
serveTeam<ShardSetup, ShardTask, ShardResult>(async (setup, memory) => {
  const { output, loss, material, names, wasmPaths } = setup;
  await startWasmInWorker(wasmPaths);
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, names, output, loss, memory as ShardMemory);
  const made = material && materialOf(material, output);
  return (task) => work(task, task.examples ?? examplesOf(made!, task.epoch, task.from, task.to));
});

function materialOf({ tracks, encoder: seen, recipe }: MaterialSetup, output: Output): Material {
  return { source: sourceOf(tracks), encoder: encoder(seen), output, recipe };
}
