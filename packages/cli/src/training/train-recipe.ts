import type { NetworkModel } from '@diffusion/models';
import {
  type BatchResult,
  dataSetsOf,
  disposeState,
  type EpochResult,
  type FittedNetwork,
  type FittedRecipe,
  fitRecipe,
  isClassical,
  type LabelledTracks,
  type NetworkRecipe,
  type Recipe,
  type RecipeTracks,
  recipeTracks,
  type TrainingState,
} from '@diffusion/train';
import { checkMemory } from '../check-memory.ts';
import { interruption } from '../interruption.ts';
import { counted } from '../print.ts';
import { progressBar } from '../progress.ts';
import { versions } from '../versions.ts';
import { labelledIn } from './labelled-in.ts';

/** The labelled tracks that a recipe names, if it names some. */
export async function labelledOf(
  { data }: Recipe,
  folder?: string,
): Promise<LabelledTracks | undefined> {
  return 'folder' in data ? labelledIn(folder ?? data.folder) : undefined;
}

/** The three sets of a recipe; told before the work that they do not fit in memory. */
export async function tracksOf(
  recipe: Recipe,
  labelled: LabelledTracks | undefined,
  start?: NetworkModel,
): Promise<RecipeTracks> {
  checkMemoryOf(recipe);
  return recipeTracks(recipe, { labelled, start, signal: interruption.signal });
}

/** Throws where a set of tracks that is held whole does not fit in memory. */
export function checkMemoryOf(recipe: Recipe, memory?: number): void {
  const { data, seed, folds } = recipe;
  if ('folder' in data) return;
  const [{ lengths, dim }] = dataSetsOf(data, 1, () => seed);
  // A network sees a batch at a time; these hold all tracks at once.
  if ('tracksPerEpoch' in data && (isClassical(recipe) || data.repeat)) {
    checkMemory(data.tracksPerEpoch, lengths, dim, memory);
  }
  const { validation = 0, test = 0 } = data;
  if (!folds) checkMemory(validation, lengths, dim, memory, 'data.validation');
  checkMemory(test, lengths, dim, memory, 'data.test');
}

/** From so many tracks on a thread is started that makes them: an estimate of what its start costs. */
const tracksWorthWorkers = 20_000;

/** The threads that make the tracks of a network, as many as asked for or, unless told, one where it is worth it. */
export const dataWorkersFor = (
  asked: number | undefined,
  epochs: number,
  tracksPerEpoch: number,
): number => asked ?? (epochs * tracksPerEpoch >= tracksWorthWorkers ? 1 : 0);

/** The share of the time in which steps waited for their tracks, as a progress bar says it. */
export const waitingOf = ({ waited, seconds }: BatchResult['time']): string =>
  `waiting ${((100 * waited) / seconds).toFixed(0)} %`;

/** What {@link trainRecipe} is told beside the recipe and its tracks. */
export interface TrainRecipeOptions {
  /** The model that the recipe begins with. */
  readonly start?: NetworkModel;
  /** What stands in front of the progress, such as the fold. */
  readonly title?: string;
  /** Awaited before the first batch, once it is sure that there will be one. */
  readonly onReady?: () => Promise<void>;
  /** Takes the state of the training after every epoch but the last, for a checkpoint; it is freed behind that. */
  readonly keep?: (state: TrainingState) => Promise<void>;
  /** Whether it is taken after the last epoch, too, where others wait for what comes behind it. */
  readonly keepLast?: boolean;
  /** The state to go on from. */
  readonly resume?: TrainingState;
  /** Threads that share the shards of a batch, for the same bits; 0: this thread. */
  readonly workers?: number;
  /** Threads that make the examples of the next batches, for the same bits; 0: none. */
  readonly dataWorkers?: number;
  /** Told after each batch, and after each epoch. */
  readonly onBatch?: (result: BatchResult) => void;
  readonly onEpoch?: (result: EpochResult) => void | Promise<void>;
}

/** A line where the calibration at the end of a training failed: the model is saved without it. */
export function tellUncalibrated({ uncalibrated }: FittedRecipe, folder: string): void {
  if (uncalibrated === undefined) return;
  process.stderr.write(
    `${folder}: the model is saved without the calibration of its recipe: ${uncalibrated}; \`diffusion calibrate --model ${folder} --count N\` takes more tracks\n`,
  );
}

/** Trains as a recipe says, with a progress bar at a terminal; Ctrl-C ends it between two batches. */
export function trainRecipe(
  recipe: NetworkRecipe,
  tracks: RecipeTracks,
  options: TrainRecipeOptions,
): Promise<FittedNetwork>;
export function trainRecipe(
  recipe: Recipe,
  tracks: RecipeTracks,
  options: TrainRecipeOptions,
): Promise<FittedRecipe>;
export async function trainRecipe(
  recipe: Recipe,
  tracks: RecipeTracks,
  options: TrainRecipeOptions,
): Promise<FittedRecipe> {
  const { title = '', keep, keepLast = false, onReady, onBatch, onEpoch } = options;
  const { start, resume, workers, dataWorkers } = options;
  const common = { tracks, versions: versions(), signal: interruption.signal, onReady };
  const { source } = tracks;
  if (isClassical(recipe)) {
    if (process.stderr.isTTY) {
      const { features, classifier } = recipe;
      const seen =
        features === 'unit-free' ? 'features free of units' : counted(features.length, 'feature');
      process.stderr.write(
        `${title}fitting ${classifier.name} to ${seen} of ${counted(source.perEpoch, 'track')}\n`,
      );
    }
    return fitRecipe(recipe, common);
  }
  const { epochs, batchSize } = recipe;
  const batches = (source.edges?.(0).length ?? Math.ceil(source.perEpoch / batchSize) + 1) - 1;
  const bar = progressBar(
    `${title}epoch {epoch} batch {batch} {bar} loss {loss} {validation} {waiting} {left}`,
    epochs * batches,
    {
      fields: {
        epoch: `1/${epochs}`,
        batch: `0/${batches}`,
        loss: '–',
        validation: '',
        waiting: '',
      },
      width: 8,
    },
  );
  try {
    return await fitRecipe(recipe, {
      ...common,
      start,
      resume,
      workers,
      dataWorkers: dataWorkersFor(dataWorkers, epochs, source.perEpoch),
      onBatch: (result) => {
        const { epoch, batch, loss, time } = result;
        bar.update((epoch - 1) * batches + batch, {
          epoch: `${epoch}/${epochs}`,
          batch: `${batch}/${batches}`,
          loss: loss.toFixed(3),
          waiting: waitingOf(time),
        });
        onBatch?.(result);
      },
      onEpoch: async (result, state) => {
        const { validationScore } = result;
        // Short: the line that stays says what it is.
        const validation =
          validationScore === undefined ? '' : `validation ${validationScore.toFixed(3)}`;
        bar.update(result.epoch * batches, { validation });
        const told: (void | Promise<void> | undefined)[] = [];
        bar.aside(() => void told.push(onEpoch?.(result)));
        await Promise.all(told);
        if (keep && (keepLast || result.epoch < epochs)) {
          const kept = await state();
          try {
            await keep(kept);
          } finally {
            disposeState(kept);
          }
        }
      },
    });
  } finally {
    bar.stop();
  }
}
