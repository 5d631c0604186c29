import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import type { Answering } from './answering.ts';
import type { PredictOptions } from './model.ts';

/**
 * Answers for the tracks at `rows`: tracks × width, NaN for tracks that are not asked for or have no answer. There is a
 * turn of the event loop after every call, so that a page stays alive and an interruption is heard.
 *
 * @param rows places of the tracks to judge.
 * @param options.onProgress told the number of them done.
 * @param reasons per track: what the answers say of a track without one is written here, and of one whose answer has a
 *   number that is not finite.
 */
export async function answerRows(
  answering: Answering,
  width: number,
  tracks: Tracks,
  rows: readonly number[],
  { batchSize, onProgress }: PredictOptions = {},
  reasons: (Reason | undefined)[] = [],
): Promise<Float32Array> {
  const all = new Float32Array(tracks.count * width).fill(Number.NaN);
  const batches = [...answering.batches(tracks, rows, batchSize)];
  const { atOnce = 1 } = answering;
  let done = 0;
  for (let from = 0; from < batches.length; from += atOnce) {
    const asked = batches.slice(from, from + atOnce);
    const given = await answering.answer(tracks, asked);
    for (const [b, batch] of asked.entries()) {
      const { answers, reasons: why } = given[b];
      for (const [r, row] of batch.entries()) {
        reasons[row] = why?.[r] ?? notFinite(answers, r * width, width);
        if (reasons[row]) continue;
        for (let k = 0; k < width; k++) all[row * width + k] = answers[r * width + k];
      }
      done += batch.length;
      onProgress?.(done);
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  return all;
}

/** Why numbers of a model are no answer, where one of them is not finite. */
function notFinite(answers: ArrayLike<number>, from: number, width: number): Reason | undefined {
  for (let k = from; k < from + width; k++) {
    if (!Number.isFinite(answers[k])) return makeReason('notFinite', { value: answers[k] });
  }
  return undefined;
}
