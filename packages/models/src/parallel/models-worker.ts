import { startWasmInWorker } from '@diffusion/backends/parallel';
import { Tracks } from '@diffusion/tracks';
import { servePool } from '@diffusion/workers';
import { importEncoder } from '../encode/import-encoder.ts';
import { modelFromFiles } from '../files/artifacts.ts';
import type { Answers } from '../predict/answering.ts';
import { membersOf } from '../predict/members-of.ts';
import type { PredictSetup, PredictTask } from './predict-parallel.ts';
import { workerName } from './worker-name.ts';

// A worker with a wasm backend that answers for batches of tracks; their domain was checked before they came here.
servePool<PredictSetup, PredictTask, Answers>(workerName, async ({ models, wasmPaths, wide }) => {
  await startWasmInWorker(wasmPaths, wide);
  const opened = models.map(async ({ files, encoderSource }) =>
    modelFromFiles(files, 'the model', {
      encoders: encoderSource ? [await importEncoder(encoderSource)] : [],
    }),
  );
  const members = membersOf(await Promise.all(opened));
  return async ({ model, tracks }) => {
    const batch = new Tracks(tracks);
    const rows = Array.from({ length: batch.count }, (_, i) => i);
    return members[model].answer(batch, rows);
  };
});
