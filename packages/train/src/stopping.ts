import type { Output } from '@diffusion/models';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from './check-choice.ts';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import { bestOf, type Monitor, monitors, plateaus } from './monitor.ts';
import { endsTraining, type ScheduleRecipe } from './schedules.ts';
import type { EpochResult } from './training-state.ts';

/** When a training ends before its last epoch, and with which weights (early stopping). */
export interface StoppingRecipe {
  /** Epochs without a better validation after which training ends; it goes on to the last if left out. */
  readonly patience?: number;
  /** Whether the network has the weights of the best epoch in the end; true if left out. */
  readonly best?: boolean;
  /** What is to get better: the validation's `loss`, if left out, or its `score`. */
  readonly monitor?: Monitor;
}

/** Throws {@link TrainError} that names what is wrong with a stopping. */
export function checkStopping(stopping: StoppingRecipe, validated: boolean): void {
  const known = { patience: true, best: true, monitor: true } as const;
  checkOptions<StoppingRecipe>('recipe.stopping', stopping, known, TrainError);
  const { patience, best, monitor } = stopping;
  if (patience !== undefined) checkWhole('stopping.patience', patience, 1);
  if (best !== undefined && typeof best !== 'boolean') {
    throw new TrainError(`stopping.best is ${shown(best)}: expected true or false`);
  }
  checkChoice('stopping.monitor', monitor, monitors);
  if (!validated) {
    throw new TrainError('stopping is an object: expected validation tracks to go by');
  }
}

/** What a recipe says of its end. */
interface Ends {
  readonly epochs: number;
  readonly schedule?: ScheduleRecipe;
  readonly stopping?: StoppingRecipe;
}

/** Whether a training is over after those epochs. */
export function isOver(
  { epochs, stopping, schedule }: Ends,
  history: readonly EpochResult[],
  output: Output,
): boolean {
  if (history.length >= epochs || endsTraining(schedule, history, output)) return true;
  if (stopping?.patience === undefined) return false;
  const { patience, monitor } = stopping;
  return plateaus(history, output, { patience, monitor }) > 0;
}

/**
 * The line of the epoch whose weights a network has after a training: the last, or with `recipe.stopping` the best.
 * Equal ones are the first of them.
 *
 * @example
 * keptEpoch({ stopping: { patience: 3 } }, history, output) // the line of the smallest validation loss
 */
export function keptEpoch(
  { stopping }: Pick<Ends, 'stopping'>,
  history: readonly EpochResult[],
  output: Output,
): EpochResult {
  const best = keepsBest(stopping) ? bestOf(history, output, stopping?.monitor) : -1;
  return history[best < 0 ? history.length - 1 : best];
}

/** Whether the weights of the best epoch are kept. */
export const keepsBest = (stopping: StoppingRecipe | undefined): boolean =>
  stopping !== undefined && stopping.best !== false;
