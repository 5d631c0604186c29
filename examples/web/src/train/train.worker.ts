// A training by itself, so that the page and its answers go on beside it.
import { classificationMetrics } from '@diffusion/eval';
import { type ModelFiles, modelFiles } from '@diffusion/models';
import { Tracks, type TracksData } from '@diffusion/tracks';
import { fitRecipe, type NetworkRecipe, recipeLike, targets } from '@diffusion/train';
import { serve } from '../engine/messages.ts';
import { backend } from '../judge/backend.ts';
import { bestOf } from '../judge/best.ts';

/** What is to be trained. */
export interface Wanted {
  readonly tracks: Pick<TracksData, 'offsets' | 'dim'>;
  readonly epochs: number;
  readonly count: number;
  readonly seed: number;
}

/** What is told on the way. */
export type TrainNews =
  | {
      readonly kind: 'batch';
      /** From 1, in its epoch. */
      readonly batch: number;
      readonly at: number;
      readonly of: number;
      readonly loss: number;
      readonly score: number;
      readonly seconds: number;
    }
  | {
      readonly kind: 'epoch';
      readonly epoch: number;
      readonly loss: number;
      readonly score: number;
      readonly validationLoss: number;
      readonly validationScore: number;
    };

/** What comes out. */
export interface Trained {
  readonly files: ModelFiles;
  readonly recipe: NetworkRecipe;
  readonly classes: readonly string[];
  /** On tracks that it has not seen. */
  readonly accuracy: number;
  readonly balancedAccuracy: number;
  readonly tested: number;
  readonly seconds: number;
}

/** Tracks on which it is tested: enough to tell two points of percent. */
const TESTED = 1500;

const handlers = {
  async train(
    { tracks, epochs, count, seed }: Wanted,
    tell: (news: TrainNews) => void,
  ): Promise<Trained> {
    const started = performance.now();
    await backend();
    // Of the tracks only how long they are matters.
    const positions = new Float64Array(tracks.offsets[tracks.offsets.length - 1] * tracks.dim);
    const like = new Tracks({ positions, offsets: tracks.offsets, dim: tracks.dim });
    const { recipe: whole } = recipeLike(like, { seed, epochs, count, backend: 'wasm' });
    const recipe: NetworkRecipe = {
      ...whole,
      name: 'own',
      data: { ...whole.data, validation: 500, test: TESTED } as NetworkRecipe['data'],
    };
    const { model, test } = await fitRecipe(recipe, {
      onBatch: ({ epoch, batch, batches, loss, score, time }) =>
        tell({
          kind: 'batch',
          batch,
          at: (epoch - 1) * batches + batch,
          of: epochs * batches,
          loss,
          score,
          seconds: time.seconds,
        }),
      onEpoch: ({
        epoch,
        loss,
        score,
        validationLoss = Number.NaN,
        validationScore = Number.NaN,
      }) => tell({ kind: 'epoch', epoch, loss, score, validationLoss, validationScore }),
    });
    const { output } = model.card;
    const classes = output.kind === 'classes' ? output.classes : [];
    const { codes } = targets(test!, output) as { codes: Int32Array };
    const predicted = bestOf(await model.predict(test!));
    const judged = Array.from(codes.keys()).filter((i) => predicted[i] >= 0);
    const metrics = classificationMetrics({
      actual: judged.map((i) => codes[i]),
      predicted: judged.map((i) => predicted[i]),
      classes,
    });
    return {
      files: await modelFiles(model),
      recipe,
      classes,
      accuracy: metrics.accuracy,
      balancedAccuracy: metrics.balancedAccuracy,
      tested: judged.length,
      seconds: (performance.now() - started) / 1000,
    };
  },
};

export type Trainer = typeof handlers;
serve(handlers);
