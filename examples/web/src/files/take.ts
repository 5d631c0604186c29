import { engine } from '../engine/engine.ts';
import type { Reading } from '../engine/engine-types.ts';
import { forgetReport, modelAnswered, openFiles, showPrediction, useModel } from '../judge/run.ts';
import { whole } from '../page/numbers.ts';
import { answers, loaded, notice, tellProblem } from '../page/state.ts';
import { type PathFile, sorted } from './what-was-dropped.ts';

/** How files are read until it is said otherwise. */
let reading: Reading = {};
export const readingNow = (): Reading => reading;
export const readBy = (next: Reading): void => {
  reading = next;
};

let before: Promise<void> = Promise.resolve();

/** Takes files for what they are: tracks, a model, predictions; after those that were given before. */
export function takeFiles(files: readonly PathFile[]): Promise<void> {
  if (files.length > 0) before = before.then(() => take(files));
  return before;
}

async function take(files: readonly PathFile[]): Promise<void> {
  try {
    const { tracks, model, predictions } = await sorted(files);
    if (tracks.length > 0) await openFiles(tracks, reading);
    if (model) {
      const parts = await Promise.all(
        model.map(
          async ({ file, path }) =>
            [path.split('/').at(-1)!, new Uint8Array(await file.arrayBuffer())] as const,
        ),
      );
      const [first] = model[0].path.split('/').slice(-2);
      await useModel({
        name: model[0].path.includes('/') ? first : 'your model',
        files: Object.fromEntries(parts),
      });
    }
    if (predictions) await takePredictions(predictions);
    if (tracks.length === 0 && !model && !predictions) {
      throw new Error(
        'there are no files of tracks among them: expected .csv, .tsv, .txt, .xml, .json, .npy, .mat, .parquet, .geff, or .gz of these',
      );
    }
  } catch (error) {
    tellProblem('What was dropped was not taken', error);
  }
}

async function takePredictions({ file, path }: PathFile): Promise<void> {
  if (!loaded.peek()) {
    throw new Error(`${path} holds predictions: expected the tracks first that they are of`);
  }
  await modelAnswered();
  const { prediction, same } = await engine.ask('predictions', {
    text: await file.text(),
    name: path,
  });
  const classes = prediction.classes ?? [];
  forgetReport();
  showPrediction(prediction, { name: path, seen: '', classes }, path);
  const before = answers.peek()!;
  notice.value =
    same === undefined
      ? `The classes are those of ${path}`
      : `The classes are those of ${path}: ${whole(same)} of ${whole(before.best.length)} as before`;
}
