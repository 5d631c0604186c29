import { useBackend } from '@diffusion/backends';
import { serveTeam } from '@diffusion/backends/parallel';
import { encoder, type Output, registerLayers } from '@diffusion/models';
import { dataSet } from '@diffusion/simulate';
import { io } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';
import { examplesOf, type Material } from '../examples.ts';
import { freshTracks } from '../source.ts';
import type { MaterialSetup, ShardSetup } from './shard-setup.ts';
import { type ShardMemory, type ShardResult, type ShardTask, shardWork } from './shard-work.ts';

// A worker of a training: does the shards that it is given with its own copy of the network.
serveTeam<ShardSetup, ShardTask, ShardResult>(async (setup, memory) => {
  const { output, labelSmoothing, wasmPaths, material } = setup;
  const { name } = await useBackend('wasm', { wasmPaths, warn: () => {} });
  if (name !== 'wasm') throw new Error('wasm does not start in this worker');
  registerLayers();
  const network = await loadLayersModel(io.fromMemory(setup.network));
  const work = shardWork(network, setup.names, output, labelSmoothing, memory as ShardMemory);
  const made = material && materialOf(material, output);
  return (task) => work(task, task.examples ?? examplesOf(made!, task.epoch, task.from, task.to));
});

function materialOf({ tracks, encoder: seen, recipe }: MaterialSetup, output: Output): Material {
  const set = dataSet(tracks.dataSet);
  return { source: freshTracks(set, tracks.perEpoch), encoder: encoder(seen), output, recipe };
}
