import {
  type JsonObject,
  type NetworkModel,
  networkEncoder,
  standardFeatures,
} from '@diffusion/models';
import {
  type Augmentation,
  augmentTracks,
  type EpochResult,
  fit,
  type TrainingRecipe,
  type TrainingState,
} from '@diffusion/train';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { turn } from '../turn.ts';
import { versions } from '../versions.ts';
import { validationScores } from './report-lines.ts';
import type { Run } from './run.ts';
import type { TrainingTracks } from './training-tracks.ts';
import { unitFreeFeatures } from './unit-free-features.ts';

/** Tracks on which the features' means and deviations are measured. */
const featureSample = 2000;

/** The recipe of a run on tracks to which this is done. */
export const recipeOf = (
  { epochs, batchSize, learningRate, shards, seed }: Run,
  augmentation: Augmentation,
): TrainingRecipe => ({
  epochs,
  batchSize,
  learningRate,
  seed,
  augmentation,
  shards,
});

/**
 * Trains as a run says, with a progress bar at a terminal; Ctrl-C ends it between two batches.
 *
 * @param options.onReady awaited before the first batch, once it is sure that there will be one.
 * @param options.keep takes the state of the training after every epoch but the last, for a checkpoint.
 * @param options.resume the state to go on from.
 * @param options.workers threads that share the shards of a batch, for the same bits; 0: this thread.
 * @param options.onEpoch told after each epoch.
 */
export async function trainNetwork(
  run: Run,
  { source, validation, output, dim, length, augmentation, oneLength }: TrainingTracks,
  options: {
    onReady?: () => Promise<void>;
    keep?: (state: TrainingState) => Promise<void>;
    resume?: TrainingState;
    workers?: number;
    onEpoch?: (result: EpochResult) => void;
  } = {},
): Promise<{ model: NetworkModel; history: EpochResult[] }> {
  const { epochs, batchSize, seed } = run;
  const sample = augmentTracks(
    source.take(0, 0, Math.min(featureSample, source.perEpoch)),
    augmentation,
    seed,
    0,
  );
  await turn();
  const features = standardFeatures(sample, unitFreeFeatures(dim));
  await turn();
  const batches = Math.ceil(source.perEpoch / batchSize);
  const bar = progressBar(
    'epoch {epoch} batch {batch} {bar} loss {loss} {validation} {left}',
    epochs * batches,
    {
      fields: { epoch: `1/${epochs}`, batch: `0/${batches}`, loss: '–', validation: '' },
      width: 8,
    },
  );
  try {
    return await fit({
      network: run.network,
      encoder: networkEncoder(run.network.name, {
        dim,
        length,
        features,
      }),
      output,
      source,
      validation,
      recipe: {
        ...recipeOf(run, augmentation),
        ...(output.kind !== 'exponent' && { loss: { labelSmoothing: 0.02 } }),
      },
      // Plain data, of interfaces that TypeScript does not take for JSON.
      data: { ...run.data, ...(oneLength && { oneLength }) } as unknown as JsonObject,
      versions: versions(),
      resume: options.resume,
      workers: options.workers,
      signal: interruption.signal,
      onReady: options.onReady,
      onBatch: ({ epoch, batch, loss }) =>
        bar.update((epoch - 1) * batches + batch, {
          epoch: `${epoch}/${epochs}`,
          batch: `${batch}/${batches}`,
          loss: loss.toFixed(3),
        }),
      onEpoch: async (epoch, state) => {
        bar.update(epoch.epoch * batches, {
          validation: validationScores(epoch, output),
        });
        bar.aside(() => options.onEpoch?.(epoch));
        if (options.keep && epoch.epoch < epochs) {
          const kept = await state();
          await options.keep(kept);
          for (const tensor of [...kept.weights, ...kept.optimizer.map((each) => each.tensor)])
            tensor.dispose();
        }
      },
    });
  } finally {
    bar.stop();
  }
}
