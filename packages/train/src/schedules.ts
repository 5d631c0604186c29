import type { Output } from '@diffusion/models';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from './check-choice.ts';
import { checkNumber } from './check-number.ts';
import { checkWhole } from './check-whole.ts';
import { cosine } from './cosine.ts';
import { TrainError } from './errors.ts';
import { type Monitor, monitors, plateaus } from './monitor.ts';
import { oneCycle } from './one-cycle.ts';
import type { EpochResult } from './training-state.ts';

/** How the learning rate goes. */
export interface ScheduleRecipe {
  /**
   * {@link oneCycle}, if left out; {@link cosine}; the same rate at every step; or the peak divided by `factor` at every plateau
   * of the validation.
   */
  readonly name?: 'one-cycle' | 'cosine' | 'constant' | 'plateau';
  /** What a plateau divides the rate by, 5 if left out. */
  readonly factor?: number;
  /** Epochs without a better validation that make a plateau, 2 if left out. */
  readonly patience?: number;
  /** The plateau at which training ends in place of dividing once more; it goes on to the last epoch if left out. */
  readonly stopAfter?: number;
  /** What is to get better: the validation's `loss`, if left out, or its `score`. */
  readonly monitor?: Monitor;
}

const SCHEDULE = {
  name: true,
  factor: true,
  patience: true,
  stopAfter: true,
  monitor: true,
} as const;

/** Learning rates as functions of the step (from 0), the number of steps and the peak. */
const byStep = {
  'one-cycle': oneCycle,
  cosine,
  constant: (_step: number, _steps: number, peak: number) => peak,
} as const;

/** Throws {@link TrainError} that names what is wrong with a schedule. */
export function checkSchedule(schedule: ScheduleRecipe, validated: boolean): void {
  checkOptions<ScheduleRecipe>('recipe.schedule', schedule, SCHEDULE, TrainError);
  const { name = 'one-cycle', factor, patience, stopAfter, monitor } = schedule;
  checkChoice('schedule.name', name, [...Object.keys(byStep), 'plateau']);
  for (const [field, value] of Object.entries({ factor, patience, stopAfter, monitor })) {
    if (value === undefined || name === 'plateau') continue;
    throw new TrainError(
      `schedule.${field} is ${shown(value)}: expected it only with plateau, and schedule.name is ${shown(name)}`,
    );
  }
  checkNumber('schedule.factor', factor, (value) => value > 1, 'a number above 1');
  if (patience !== undefined) checkWhole('schedule.patience', patience, 1);
  if (stopAfter !== undefined) checkWhole('schedule.stopAfter', stopAfter, 1);
  checkChoice('schedule.monitor', monitor, monitors);
  if (name === 'plateau' && !validated) {
    throw new TrainError("schedule.name is 'plateau': expected validation tracks to go by");
  }
}

/** Where a training is. */
export interface Progress {
  /** Of the whole training, from 0, and how many there are. */
  readonly step: number;
  readonly steps: number;
  /** The epochs that have ended. */
  readonly history: readonly EpochResult[];
  readonly output: Output;
}

/** The learning rate of a step. */
export function learningRateAt(
  schedule: ScheduleRecipe = {},
  peak: number,
  { step, steps, history, output }: Progress,
): number {
  const { name = 'one-cycle', factor = 5 } = schedule;
  if (name !== 'plateau') return byStep[name](step, steps, peak);
  return peak / factor ** plateausOf(schedule, history, output);
}

/** Whether a schedule ends the training after those epochs. */
export function endsTraining(
  schedule: ScheduleRecipe = {},
  history: readonly EpochResult[],
  output: Output,
): boolean {
  const { name, stopAfter = Number.POSITIVE_INFINITY } = schedule;
  return name === 'plateau' && plateausOf(schedule, history, output) >= stopAfter;
}

const plateausOf = (
  { patience = 2, monitor }: ScheduleRecipe,
  history: readonly EpochResult[],
  output: Output,
): number => plateaus(history, output, { patience, monitor });
