import { makeReason, type Reason, type Tracks } from '@diffusion/tracks';
import { nextTurn } from '@diffusion/workers';
import type { Answering, Answers } from './answering.ts';
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
  const asked: Promise<Answers>[] = [];
  let next = 0;
  let done = 0;
  for (const batch of batches) {
    while (next < batches.length && asked.length < atOnce) {
      const answer = answering.answer(tracks, batches[next++]);
      // One that fails while another is waited for is reported in its turn, or not at all where that one fails, too.
      answer.catch(() => {});
      asked.push(answer);
    }
    const { answers, reasons: why } = await (asked.shift() as Promise<Answers>);
    for (const [r, row] of batch.entries()) {
      reasons[row] = why?.[r] ?? notFinite(answers, r * width, width);
      if (reasons[row]) continue;
      for (let k = 0; k < width; k++) all[row * width + k] = answers[r * width + k];
    }
    done += batch.length;
    onProgress?.(done);
    await nextTurn();
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
