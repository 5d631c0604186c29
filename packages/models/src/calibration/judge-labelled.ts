import type { WorkerOptions } from '@diffusion/backends/parallel';
import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { ModelError } from '../errors.ts';
import { predictParallel } from '../parallel/predict-parallel.ts';
import type { SingleModel } from '../predict/model.ts';
import { looksLikeNoise } from './looks-like-noise.ts';

interface JudgeOptions {
  readonly workers?: number | WorkerOptions;
  readonly onProgress?: (done: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * What a model says of the tracks that it judges, what they are, and how many it does not judge.
 *
 * Throws {@link ModelError} for tracks of another dimension, without labels or of a class that the model does not know.
 */
export async function judgeLabelled(
  model: SingleModel,
  tracks: Tracks | AsyncIterable<Tracks>,
  classes: readonly string[],
  { workers, onProgress, signal }: JudgeOptions,
) {
  const probabilities: number[] = [];
  const actual: number[] = [];
  const lengths: number[] = [];
  const noise: boolean[] = [];
  let before = 0;
  let notJudged = 0;
  for await (const part of 'count' in tracks ? [tracks] : tracks) {
    signal?.throwIfAborted();
    const { dim } = model.card.domain;
    if (part.dim !== dim) {
      throw new ModelError(`the tracks are ${part.dim}D: expected ${dim}D, as the model has seen`);
    }
    const codes = codesOf(part, classes);
    const how = { onProgress: (done: number) => onProgress?.(before + done) };
    const { reasons, probabilities: of = [] } = workers
      ? await predictParallel(model, part, { ...how, workers })
      : await model.predict(part, how);
    for (const track of part) {
      const i = track.index;
      if (reasons[i]) {
        notJudged++;
        continue;
      }
      for (let k = 0; k < classes.length; k++) probabilities.push(of[i * classes.length + k]);
      actual.push(codes[i]);
      lengths.push(track.length);
      noise.push(looksLikeNoise(track));
    }
    before += part.count;
  }
  return {
    probabilities: Float32Array.from(probabilities),
    classes: classes.length,
    actual,
    lengths,
    noise,
    notJudged,
  };
}

/** The true classes of tracks, as places among those of a model. */
function codesOf({ count, trackColumns }: Tracks, classes: readonly string[]): Int32Array {
  const { label } = trackColumns;
  if (!label || !isTextColumn(label)) {
    throw new ModelError('the tracks have no track column label: expected the true class of each');
  }
  const place = label.dictionary.map((name) => classes.indexOf(name));
  return Int32Array.from({ length: count }, (_, i) => {
    const code = place[label.codes[i]];
    if (code >= 0) return code;
    throw new ModelError(
      `a track is '${label.dictionary[label.codes[i]]}': expected one of ${classes.join(', ')}`,
    );
  });
}
