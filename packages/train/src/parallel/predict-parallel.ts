import { startTeam } from '@diffusion/backends/parallel';
import {
  domainReasons,
  judged,
  modelFiles,
  networkBatches,
  type Prediction,
  type PredictOptions,
  type TrackModel,
} from '@diffusion/models';
import { selectTracks, type Tracks, type TracksData } from '@diffusion/tracks';
import { TrainError } from '../errors.ts';
import { spawnWorker } from './spawn-worker.ts';
import type { WorkerOptions } from './worker-options.ts';

/** What a worker that judges tracks is told once: the model as {@link modelFiles} gives it. */
export interface PredictSetup {
  readonly kind: 'predict';
  readonly files: Awaited<ReturnType<typeof modelFiles>>;
  readonly wasmPaths?: string | Record<string, string>;
}

/** Tracks that the model takes as one batch. */
export interface PredictTask {
  readonly tracks: TracksData;
}

export interface ParallelPredictOptions extends PredictOptions {
  /** Threads, each with a wasm backend and the model; 1 at least. */
  readonly workers: number | WorkerOptions;
}

/**
 * What `model.predict(tracks)` answers on the wasm backend, to the bit, by several workers that share the batches. They
 * are started and ended here, which takes about a second: worth it for tens of thousands of tracks.
 *
 * Throws {@link TrainError} for less than one worker, `BackendError` when a worker fails or ends.
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
    spawn = spawnWorker,
    wasmPaths,
  } = typeof workers === 'number' ? { count: workers } : workers;
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new TrainError(`workers is ${count}: expected an integer of at least 1`);
  }
  const reasons = await domainReasons(model.card.domain, tracks);
  const prediction = noAnswers(model, reasons);
  const inside = judged(reasons);
  const batches = [...networkBatches(model.encoder, tracks, inside, batchSize)];
  if (batches.length === 0) return prediction;
  const team = await startTeam<PredictSetup, PredictTask, Prediction>({
    spawn,
    workers: Math.min(count, batches.length),
    setup: { kind: 'predict', files: await modelFiles(model), wasmPaths },
  });
  try {
    let done = tracks.count - inside.length;
    // A few batches per worker at a time, so that the copies of the tracks are few.
    for (let from = 0; from < batches.length; from += 4 * count) {
      const some = batches.slice(from, from + 4 * count);
      const tasks = some.map((rows) => ({ tracks: selectTracks(tracks, rows).data }));
      const answers = await team.run(tasks);
      for (const [i, rows] of some.entries()) {
        place(prediction, rows, answers[i]);
        done += rows.length;
        onProgress?.(done);
      }
    }
  } finally {
    await team.close();
  }
  return prediction;
}

/** A prediction in which no track is judged yet. */
function noAnswers({ card: { output } }: TrackModel, reasons: string[]): Prediction {
  const count = reasons.length;
  const values = () => ({ values: new Float32Array(count).fill(Number.NaN) });
  if (output.kind === 'exponent') return { count, reasons, ...values() };
  return {
    count,
    classes: output.classes,
    codes: new Int32Array(count).fill(-1),
    labels: new Array(count).fill(''),
    probabilities: new Float32Array(count * output.classes.length).fill(Number.NaN),
    ...(output.kind === 'both' && values()),
    reasons,
  };
}

/** Writes the answers for the tracks at `rows`. */
function place(prediction: Prediction, rows: readonly number[], part: Prediction): void {
  const { codes, labels, probabilities, values, reasons } = prediction;
  const width = prediction.classes?.length ?? 0;
  for (const [r, row] of rows.entries()) {
    (reasons as string[])[row] = part.reasons[r];
    if (values) values[row] = part.values![r];
    if (!codes) continue;
    codes[row] = part.codes![r];
    (labels as string[])[row] = part.labels![r];
    probabilities!.set(part.probabilities!.subarray(r * width, (r + 1) * width), row * width);
  }
}
