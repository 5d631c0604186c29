import { startWasmInWorker } from '@diffusion/backends/parallel';
import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { modelFromFiles } from '../files/artifacts.ts';
import type { Prediction } from '../prediction.ts';
import type { PredictSetup, PredictTask } from './predict-parallel.ts';
import { workerName } from './worker-name.ts';

// A worker with a wasm backend that judges tracks.
servePool<PredictSetup, PredictTask, Prediction>(workerName, async ({ files, wasmPaths }) => {
  await startWasmInWorker(wasmPaths);
  const model = await modelFromFiles(files, 'the model');
  return ({ tracks }) => {
    const batch = new Tracks(tracks);
    return model.predict(batch, { batchSize: batch.count });
  };
});
