import type { WorkerOptions } from '@diffusion/backends/parallel';
import { wasmPathsInUse, wideInUse } from '@diffusion/backends/parallel';
import { featureNamed } from '@diffusion/features';
import { type Prediction, selectTracks, type Tracks, type TracksData } from '@diffusion/tracks';
import { checkOptions, checkTracks, shown } from '@diffusion/tracks/messages';
import { type Pool, startPool } from '@diffusion/workers';
import type { ModuleExport } from '../encode/define-encoder.ts';
import { encoders } from '../encode/encoder.ts';
import { ModelError } from '../errors.ts';
import { type ModelFiles, modelFiles } from '../files/artifacts.ts';
import type { Answers, Batch } from '../predict/answering.ts';
import { membersOf } from '../predict/members-of.ts';
import type { PredictOptions, SingleModel, TrackModel } from '../predict/model.ts';
import { predictWith } from '../predict/predict-with.ts';
import { modelsScript } from './models-script.ts';

/** What a worker that answers is told once: the model, or those of an ensemble. */
export interface PredictSetup {
  readonly models: readonly SentModel[];
  readonly wasmPaths?: string | Record<string, string>;
  readonly wide?: boolean;
}

/** A model as it is sent. */
interface SentModel {
  /** As {@link modelFiles} gives them. */
  readonly files: ModelFiles;
  /** Where the definition of an encoder of one's own is. */
  readonly encoderSource?: ModuleExport;
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
 * A feature of one's own is a function, which cannot be sent; an encoder of one's own is imported by the workers where its
 * definition says where it is (`source: { module, export }`). A model with such a feature, or with an encoder of its own
 * that does not say it, answers on this thread alone: the same answers, without the workers.
 *
 * Throws {@link ModelError} for an option that there is not and for less than one worker, `WorkerError` when a worker fails or ends.
 *
 * @example
 * const { labels } = await predictParallel(await loadModel('out/model'), tracks, { workers: 4 });
 */
export async function predictParallel(
  model: TrackModel,
  tracks: Tracks,
  options: ParallelPredictOptions,
): Promise<Prediction> {
  checkOptions<ParallelPredictOptions>('predictParallel', options, KNOWN, ModelError);
  checkTracks(tracks, ModelError);
  const { workers, batchSize = 128, onProgress } = options;
  const {
    count,
    wasmPaths = wasmPathsInUse(),
    wide = wideInUse(),
    ...start
  }: WorkerOptions = typeof workers === 'object' && workers !== null ? workers : { count: workers };
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new ModelError(`workers is ${shown(count)}: expected an integer of at least 1`);
  }
  const models = model.kind === 'ensemble' ? model.models : [model];
  if (!models.every(canBeSent)) return model.predict(tracks, { batchSize, onProgress });
  let pool: Promise<Pool<PredictTask, Answers>> | undefined;
  // Where no track is judged, no worker is asked and none is started.
  const startFor = async (batches: number) =>
    startPool<PredictSetup, PredictTask, Answers>({
      ...start,
      script: modelsScript,
      workers: models.length > 1 ? count : Math.min(count, batches),
      setup: { models: await Promise.all(models.map(sent)), wasmPaths, wide },
      ahead: 2,
    });
  const members = membersOf(models).map((member, m) => {
    let all = 0;
    return {
      ...member,
      batches(of: Tracks, rows: readonly number[], size?: number) {
        const batches = [...member.batches(of, rows, size)];
        all = batches.length;
        return batches;
      },
      // A few batches per worker at a time, so that the copies of the tracks are few.
      atOnce: 4 * count,
      async answer(_: Tracks, rows: Batch) {
        pool ??= startFor(all);
        return (await pool).run({ model: m, tracks: selectTracks(tracks, rows).data });
      },
    };
  });
  try {
    return await predictWith(members, tracks, { batchSize, onProgress });
  } finally {
    await (await pool)?.close();
  }
}

const KNOWN = { workers: true, batchSize: true, onProgress: true } as const;

/** Whether a worker can make the model of its files, and of the module that its encoder names. */
function canBeSent(model: SingleModel): boolean {
  if (model.kind === 'classical') {
    return model.card.classifier.features.every((name) => featureNamed(name) !== undefined);
  }
  if (model.kind === 'bank') return true;
  const { kind, features = [] } = model.card.encoder;
  const known = encoders.some(({ name }) => name === kind) || model.encoder.source !== undefined;
  return known && kind !== 'own' && features.every(({ name }) => featureNamed(name) !== undefined);
}

async function sent(model: SingleModel): Promise<SentModel> {
  const encoderSource = model.kind === 'network' ? model.encoder.source : undefined;
  return { files: await modelFiles(model), ...(encoderSource && { encoderSource }) };
}
