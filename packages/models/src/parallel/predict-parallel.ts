import type { WorkerOptions } from '@diffusion/backends/parallel';
import { wasmPathsInUse } from '@diffusion/backends/parallel';
import { type Prediction, selectTracks, type Tracks, type TracksData } from '@diffusion/tracks';
import { type Pool, startPool } from '@diffusion/workers';
import { ModelError } from '../errors.ts';
import { type ModelFiles, modelFiles } from '../files/artifacts.ts';
import type { Answers, Batch } from '../predict/answering.ts';
import { membersOf } from '../predict/members-of.ts';
import type { PredictOptions, TrackModel } from '../predict/model.ts';
import { predictWith } from '../predict/predict-with.ts';
import { modelsScript } from './models-script.ts';

/** What a worker that answers is told once: the model as {@link modelFiles} gives it, or those of an ensemble. */
export interface PredictSetup {
  readonly models: readonly ModelFiles[];
  readonly wasmPaths?: string | Record<string, string>;
}

/** Tracks that a model takes as one batch. */
export interface PredictTask {
  /** Place of the model among those of the setup. */
  readonly model: number;
  readonly tracks: TracksData;
}

export interface ParallelPredictOptions extends PredictOptions {
  /** Threads, each with a wasm backend and the model; 1 at least. */
  readonly workers: number | WorkerOptions;
}

/**
 * What `model.predict(tracks)` answers on the wasm backend, to the bit, by several workers that share the batches: of a
 * network, a classical model or an ensemble. They are started and ended here, which takes about a second: worth it for
 * tens of thousands of tracks.
 *
 * Throws {@link ModelError} for less than one worker, `WorkerError` when a worker fails or ends.
 *
 * @example
 * const { labels } = await predictParallel(await loadModel('out/model'), tracks, { workers: 4 });
 */
export async function predictParallel(
  model: TrackModel,
  tracks: Tracks,
  { workers, batchSize = 128, onProgress }: ParallelPredictOptions,
): Promise<Prediction> {
  const {
    count,
    wasmPaths = wasmPathsInUse(),
    ...start
  }: WorkerOptions = typeof workers === 'number' ? { count: workers } : workers;
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new ModelError(`workers is ${count}: expected an integer of at least 1`);
  }
  const models = model.kind === 'ensemble' ? model.models : [model];
  let pool: Promise<Pool<PredictTask, Answers>> | undefined;
  // Where no track is judged, no worker is asked and none is started.
  const startFor = async (batches: number) =>
    startPool<PredictSetup, PredictTask, Answers>({
      ...start,
      script: modelsScript,
      workers: models.length > 1 ? count : Math.min(count, batches),
      setup: { models: await Promise.all(models.map(modelFiles)), wasmPaths },
    });
  const members = membersOf(models).map((member, m) => ({
    ...member,
    // A few batches per worker at a time, so that the copies of the tracks are few.
    atOnce: 4 * count,
    async answer(_: Tracks, batches: readonly Batch[]) {
      pool ??= startFor(batches.length);
      return (await pool).all(
        batches.map((rows) => ({ model: m, tracks: selectTracks(tracks, rows).data })),
      );
    },
  }));
  try {
    return await predictWith(members, tracks, { batchSize, onProgress });
  } finally {
    await (await pool)?.close();
  }
}
