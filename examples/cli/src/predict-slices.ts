import type { Prediction, TrackModel } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { progressBar } from './progress.ts';
import { slices } from './slices.ts';

/** What a model says of every track, a slice at a time, with a progress bar; Ctrl-C ends it. */
export async function predictSlices(model: TrackModel, tracks: Tracks): Promise<Prediction> {
  const bar = progressBar('classifying  {bar} {percentage} %  {left}', tracks.count);
  const parts: Prediction[] = [];
  try {
    for await (const { from, part } of slices(tracks)) {
      parts.push(await model.predict(part));
      bar.update(from + part.count);
    }
  } finally {
    bar.stop();
  }
  return join(parts, tracks.count);
}

function join(parts: readonly Prediction[], count: number): Prediction {
  const [first] = parts;
  if (parts.length === 1) return first;
  const reasons = parts.flatMap((part) => part.reasons);
  if (!first.classes) {
    return {
      count,
      reasons,
      values: concatenate(
        parts.map((part) => part.values!),
        Float32Array,
      ),
    };
  }
  return {
    count,
    reasons,
    classes: first.classes,
    codes: concatenate(
      parts.map((part) => part.codes!),
      Int32Array,
    ),
    probabilities: concatenate(
      parts.map((part) => part.probabilities!),
      Float32Array,
    ),
  };
}

function concatenate<A extends Float32Array | Int32Array>(
  parts: readonly A[],
  type: new (length: number) => A,
): A {
  const whole = new type(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
