import type { Output } from '@diffusion/models';
import { dataSetFrom } from '@diffusion/simulate';
import {
  type BatchResult,
  bankFolds,
  disposeState,
  type EpochResult,
  type FittedBank,
  fitRecipeBank,
  type LabelledTracks,
  type NetworkRecipe,
  type TrainedBankNetwork,
  type TrainingState,
} from '@diffusion/train';
import { interruption } from '../interruption.ts';
import { progressBar } from '../progress.ts';
import { versions } from '../versions.ts';
import type { FinishedFolds } from './finished-folds.ts';
import { validationScores } from './report-lines.ts';
import { dataWorkersFor, waitingOf } from './train-recipe.ts';

/** What {@link trainBank} is told beside the recipe. */
export interface TrainBankOptions {
  readonly labelled?: LabelledTracks;
  /** Networks that are done, which go on and are added to, each by its number in the order of training (from 1). */
  readonly finished: FinishedFolds;
  /** The network that the state is of, and the state; none where the training begins. */
  readonly resume?: { readonly network: number | undefined; readonly state: TrainingState };
  readonly workers: number;
  readonly dataWorkers?: number;
  /** Awaited before the first batch of all, once it is sure that there will be one. */
  readonly onReady: () => Promise<void>;
  /** Takes the state of a network after every epoch, for a checkpoint. */
  readonly keep: (network: number, state: TrainingState) => Promise<void>;
  readonly onBatch: (network: number, result: BatchResult) => void;
  readonly onEpoch: (network: number, name: string, result: EpochResult, scores: string) => void;
}

/** Trains a bank of networks as its recipe says, one after the other, with a progress bar at a terminal. */
export async function trainBank(
  recipe: NetworkRecipe,
  options: TrainBankOptions,
): Promise<FittedBank> {
  const { labelled, finished, resume, workers, dataWorkers, onReady, keep } = options;
  const { lengths = [], epochs } = recipe;
  const { trained } = bankFolds(recipe);
  const numberOf = ({ length, fold }: { length: number; fold: number }) =>
    lengths.indexOf(length) * trained + fold;
  const nameOf = ({ length, fold }: { length: number; fold: number }) =>
    `length ${length}${trained > 1 ? ` fold ${fold}` : ''}`;
  const networks = lengths.length * trained;
  const done: TrainedBankNetwork[] = [];
  for (const length of resume ? lengths : []) {
    for (let fold = 1; fold <= trained; fold++) {
      const there = await finished.load(numberOf({ length, fold }));
      if (there?.model.kind === 'network') done.push({ length, fold, model: there.model });
    }
  }
  const isDone = done.some((network) => numberOf(network) === resume?.network);
  const histories = new Map<number, readonly EpochResult[]>();
  if (!isDone && resume?.network !== undefined) histories.set(resume.network, resume.state.history);
  const output = answerOf(recipe, labelled);
  const { data } = recipe;
  const perEpoch = 'tracksPerEpoch' in data ? data.tracksPerEpoch : (labelled?.tracks.count ?? 0);
  const bar = progressBar(
    '{network} epoch {epoch} {bar} loss {loss} {validation} {waiting} {left}',
    networks * epochs,
    {
      fields: { network: '', epoch: `1/${epochs}`, loss: '–', validation: '', waiting: '' },
      width: 8,
    },
  );
  try {
    return await fitRecipeBank(recipe, {
      ...(labelled && { labelled }),
      done,
      ...(resume && !isDone && { resume: resume.state }),
      signal: interruption.signal,
      versions: versions(),
      workers,
      dataWorkers: dataWorkersFor(dataWorkers, epochs, perEpoch),
      onReady,
      onBatch: (place, result) => {
        const { epoch, batch, batches, loss, time } = result;
        bar.update((numberOf(place) - 1) * epochs + epoch - 1 + batch / batches, {
          network: nameOf(place),
          epoch: `${epoch}/${epochs}`,
          loss: loss.toFixed(3),
          waiting: waitingOf(time),
        });
        options.onBatch(numberOf(place), result);
      },
      onEpoch: async (place, result, state) => {
        const network = numberOf(place);
        const scores = validationScores(result, output);
        bar.update((network - 1) * epochs + result.epoch, {
          validation: scores,
        });
        bar.aside(() => options.onEpoch(network, nameOf(place), result, scores));
        histories.set(network, [...(histories.get(network) ?? []), result]);
        const kept = await state();
        try {
          await keep(network, kept);
        } finally {
          disposeState(kept);
        }
      },
      onNetwork: async (network) => {
        const number = numberOf(network);
        await finished.keep(number, network.model, histories.get(number));
      },
    });
  } finally {
    bar.stop();
    for (const { model } of done) model.dispose();
  }
}

/** What a network of the bank answers. */
function answerOf({ data }: NetworkRecipe, labelled: LabelledTracks | undefined): Output {
  if (labelled || !('dataSets' in data)) return labelled?.output ?? { kind: 'exponent' };
  const [set] = data.dataSets;
  const { answers, classes } = dataSetFrom({ ...set, count: 1, seed: 0 });
  return answers[0] === 'exponent' ? { kind: 'exponent' } : { kind: 'classes', classes };
}
