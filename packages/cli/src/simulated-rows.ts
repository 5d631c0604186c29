import type { SimulatedRows } from '@diffusion/eval';
import { ExpectError, outcomesOn } from '@diffusion/expect';
import type { TrackModel } from '@diffusion/models';
import { deriveSeed } from '@diffusion/random';
import { dataSetFrom } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { codesOfLabels } from './codes-of-labels.ts';
import { withBar } from './with-bar.ts';

/** How many tracks are simulated, of what seed. */
interface Asked {
  readonly count: number;
  readonly seed: number;
}

/** Simulated tracks that a model has judged, or why there are none. */
export type Simulated = { readonly rows: SimulatedRows } | { readonly reason: string };

/** Tracks like those of a file. */
export async function likeFile(
  model: TrackModel,
  tracks: Tracks,
  { count, seed }: Asked,
): Promise<Simulated> {
  try {
    const outcomes = await withBar('simulating the file', 1, (onProgress) =>
      outcomesOn(tracks, model, { count, seed, onProgress }),
    );
    return { rows: outcomes };
  } catch (error) {
    if (error instanceof ExpectError) return { reason: error.message };
    throw error;
  }
}

/** Parts of the tracks of a file by length: each is simulated by itself. */
const PARTS = 8;

/**
 * Tracks of what the model was trained on: those data sets that its recipe names, where its lengths are the prior's those of
 * the file.
 */
export async function likeTraining(
  model: TrackModel,
  tracks: Tracks,
  { count, seed }: Asked,
): Promise<Simulated> {
  const single = model.kind === 'ensemble' ? model.models[0] : model;
  const { recipe, output } = single.card;
  const data = (recipe as { data?: { dataSets?: readonly object[] } }).data;
  if (!data?.dataSets || !('classes' in output)) {
    return { reason: 'the card of the model names no simulated tracks of classes' };
  }
  const { classes } = output;
  const parts = data.dataSets.flatMap((set) => partsOf(set, single.card.domain, tracks));
  const truth: number[] = [];
  const judged: number[] = [];
  const length: number[] = [];
  const probabilities: number[] = [];
  await withBar('simulating the training', count, async (onProgress) => {
    for (const [k, { share, ...specification }] of parts.entries()) {
      const set = dataSetFrom({
        ...specification,
        count: Math.max(classes.length, Math.round((share * count) / data.dataSets!.length)),
        seed: deriveSeed(seed, 'test', 'data set', k),
      });
      for await (const part of set.batches({ size: 2000 })) {
        const answer = await model.predict(part);
        truth.push(...codesOfLabels(part, classes));
        judged.push(...answer.reasons.map((reason) => (reason ? 0 : 1)));
        for (const p of answer.probabilities!) probabilities.push(p);
        for (const track of part) length.push(track.length);
        onProgress(truth.length);
      }
    }
  });
  return { rows: { truth, judged, length, probabilities } };
}

/** Of tracks whose lengths the prior draws, those of the file, in parts of equally many. */
function partsOf(
  set: object,
  { minLength, maxLength }: { readonly minLength: number; readonly maxLength: number },
  tracks: Tracks,
): { share: number }[] {
  const { preset, length } = set as { preset?: string; length?: unknown };
  if (preset !== 'motion' || length !== undefined) return [{ ...set, share: 1 }];
  const sorted = tracks
    .lengths()
    .map((points) => Math.min(maxLength, Math.max(minLength, points)))
    .sort();
  const parts = Math.min(PARTS, sorted.length);
  return Array.from({ length: parts }, (_, k) => {
    const from = Math.floor((k * sorted.length) / parts);
    const to = Math.floor(((k + 1) * sorted.length) / parts) - 1;
    return {
      ...set,
      length: { min: sorted[from], max: sorted[to] },
      share: (to - from + 1) / sorted.length,
    };
  });
}
