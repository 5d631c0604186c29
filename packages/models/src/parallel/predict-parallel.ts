import type { WorkerOptions } from '@diffusion/backends/parallel';
import { selectTracks, type Tracks, type TracksData } from '@diffusion/tracks';
import { startPool } from '@diffusion/workers';
import { domainReasons } from '../domain/reasons.ts';
import { ModelError } from '../errors.ts';
import { modelFiles } from '../files/artifacts.ts';
import { judged, type Prediction, predictionOf, widthOf } from '../prediction.ts';
import { networkBatches, type PredictOptions, type TrackModel } from '../track-model.ts';
import { modelsScript } from './models-script.ts';

/** What a worker that judges tracks is told once: the model as {@link modelFiles} gives it. */
export interface PredictSetup {
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
  const { count, wasmPaths, ...start }: WorkerOptions =
    typeof workers === 'number' ? { count: workers } : workers;
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new ModelError(`workers is ${count}: expected an integer of at least 1`);
  }
  const reasons = await domainReasons(model.card.domain, tracks);
  const { output } = model.card;
  const width = widthOf(output);
  const answers = new Float32Array(tracks.count * width).fill(Number.NaN);
  const inside = judged(reasons);
  const batches = [...networkBatches(model.encoder, tracks, inside, batchSize)];
  if (batches.length === 0) return predictionOf(output, answers, reasons);
  const pool = startPool<PredictSetup, PredictTask, Prediction>({
    ...start,
    script: modelsScript,
    workers: Math.min(count, batches.length),
    setup: { files: await modelFiles(model), wasmPaths },
  });
  try {
    let done = tracks.count - inside.length;
    // A few batches per worker at a time, so that the copies of the tracks are few.
    for (let from = 0; from < batches.length; from += 4 * count) {
      const some = batches.slice(from, from + 4 * count);
      const tasks = some.map((rows) => ({ tracks: selectTracks(tracks, rows).data }));
      const parts = await pool.all(tasks);
      for (const [i, rows] of some.entries()) {
        place(answers, width, rows, parts[i]);
        for (const [r, row] of rows.entries()) reasons[row] = parts[i].reasons[r];
        done += rows.length;
        onProgress?.(done);
      }
    }
  } finally {
    await pool.close();
  }
  return predictionOf(output, answers, reasons);
}

/** Writes what a worker answered for the tracks at `rows` into their rows: probabilities, then α. */
function place(
  answers: Float32Array,
  width: number,
  rows: readonly number[],
  part: Prediction,
): void {
  const classes = part.classes?.length ?? 0;
  for (const [r, row] of rows.entries()) {
    if (part.probabilities)
      answers.set(part.probabilities.subarray(r * classes, (r + 1) * classes), row * width);
    if (part.values) answers[(row + 1) * width - 1] = part.values[r];
  }
}
