import { checkSchedule, endsTraining, learningRateAt, type ScheduleRecipe } from './schedules.ts';
import { checkStopping, isOver, keptEpoch, type StoppingRecipe } from './stopping.ts';
import type { EpochResult } from './training-state.ts';

const classes = { kind: 'classes', classes: ['a', 'b'] } as const;
const exponent = { kind: 'exponent' } as const;
const historyOf = (losses: readonly number[], scores: readonly number[] = []): EpochResult[] =>
  losses.map((validationLoss, i) => ({
    epoch: i + 1,
    loss: 1,
    score: 0,
    validationLoss,
    validationScore: scores[i],
  }));

/** The rate in the epoch after each of these validation losses. */
const rates = (schedule: ScheduleRecipe, losses: readonly number[], scores?: readonly number[]) =>
  losses.map((_, i) =>
    learningRateAt(schedule, 1e-3, {
      step: 10 * (i + 1),
      steps: 1000,
      history: historyOf(losses, scores).slice(0, i + 1),
      output: classes,
    }),
  );

describe('a plateau', () => {
  // Better, better, worse, worse (first plateau), equal to the best, worse (second), better, worse, worse (third).
  const losses = [3, 2, 2.5, 2.1, 2, 2.2, 1.9, 2, 2];

  it('divides the rate as WADNet’s training: by 5 after two epochs without improvement', () => {
    const [a, b, c, d] = [1e-3, 1e-3 / 5, 1e-3 / 25, 1e-3 / 125];
    expect(rates({ name: 'plateau' }, losses)).toEqual([a, a, a, b, b, c, c, c, d]);
    expect(rates({ name: 'plateau', factor: 2, patience: 4 }, losses)).toEqual(
      [1, 1, 1, 1, 1, 2, 2, 2, 2].map((divisor) => 1e-3 / divisor),
    );
  });

  it('ends the training at the third', () => {
    const ends = (stopAfter?: number) =>
      losses.map((_, i) =>
        endsTraining({ name: 'plateau', stopAfter }, historyOf(losses).slice(0, i + 1), classes),
      );
    expect(ends(3).indexOf(true)).toBe(8);
    expect(ends(2).indexOf(true)).toBe(5);
    expect(ends()).not.toContain(true);
  });

  it('goes by the score where it is told to, which is an accuracy or an error', () => {
    const schedule = { name: 'plateau', monitor: 'score', patience: 1 } as const;
    expect(rates(schedule, [3, 2, 1], [0.5, 0.4, 0.6])).toEqual([1e-3, 2e-4, 2e-4]);
    const at = (output: typeof classes | typeof exponent) =>
      learningRateAt(schedule, 1, {
        step: 0,
        steps: 9,
        history: historyOf([1, 1], [0.5, 0.4]),
        output,
      });
    expect([at(classes), at(exponent)]).toEqual([0.2, 1]);
  });
});

it('stays the same where it is constant', () => {
  expect(rates({ name: 'constant' }, [1, 2, 3])).toEqual([1e-3, 1e-3, 1e-3]);
});

describe('early stopping', () => {
  const losses = [3, 2, 2.5, 2, 2.1, 1];
  const over = (stopping: StoppingRecipe, epochs = 10) =>
    losses.findIndex((_, i) =>
      isOver({ epochs, stopping }, historyOf(losses).slice(0, i + 1), classes),
    ) + 1;

  it('ends after so many epochs that are no better, at the last epoch at the latest', () => {
    expect(over({ patience: 3 })).toBe(5);
    expect(over({ patience: 2 })).toBe(4);
    expect(over({ patience: 4 })).toBe(0);
    expect(over({})).toBe(0);
    expect(over({ patience: 3 }, 4)).toBe(4);
  });

  it('keeps the best epoch, the first of equal ones, or the last', () => {
    const history = historyOf(losses, [0.1, 0.3, 0.9, 0.9, 0.2, 0.1]);
    expect(keptEpoch({ stopping: {} }, history, classes).epoch).toBe(6);
    expect(keptEpoch({ stopping: {} }, history.slice(0, 5), classes).epoch).toBe(2);
    expect(keptEpoch({ stopping: { monitor: 'score' } }, history, classes).epoch).toBe(3);
    expect(keptEpoch({ stopping: { monitor: 'score' } }, history, exponent).epoch).toBe(1);
    expect(keptEpoch({ stopping: { best: false } }, history.slice(0, 5), classes).epoch).toBe(5);
    expect(keptEpoch({}, history.slice(0, 5), classes).epoch).toBe(5);
    expect(keptEpoch({ stopping: {} }, historyOf([Number.NaN, Number.NaN]), classes).epoch).toBe(2);
  });
});

it.each<[object, string]>([
  [{ name: 'step' }, 'schedule.name is "step": expected one-cycle, cosine, constant or plateau'],
  [
    { factor: 5 },
    'schedule.factor is 5: expected it only with plateau, and schedule.name is "one-cycle"',
  ],
  [{ name: 'plateau', factor: 1 }, 'schedule.factor is 1: expected a number above 1'],
  [{ name: 'plateau', patience: 0 }, 'schedule.patience is 0: expected an integer of at least 1'],
  [{ name: 'plateau', stopAfter: 0.5 }, 'schedule.stopAfter is 0.5: expected an integer'],
  [{ name: 'plateau', monitor: 'mae' }, 'schedule.monitor is "mae": expected loss or score'],
  [{ nam: 'plateau' }, 'nam is "plateau": unknown option; did you mean name?'],
])('refuses the schedule %j', (schedule, message) => {
  expect(() => checkSchedule(schedule as ScheduleRecipe, true)).toThrow(message);
});

it('refuses to go by a validation that there is not', () => {
  expect(() => checkSchedule({ name: 'plateau' }, false)).toThrow(
    "schedule.name is 'plateau': expected validation tracks to go by",
  );
  expect(() => checkStopping({}, false)).toThrow('expected validation tracks to go by');
});

it.each<[object, string]>([
  [{ patience: 0 }, 'stopping.patience is 0: expected an integer of at least 1'],
  [{ best: 'yes' }, 'stopping.best is "yes": expected true or false'],
  [{ monitor: 'accuracy' }, 'stopping.monitor is "accuracy": expected loss or score'],
  [{ patient: 3 }, 'patient is 3: unknown option; did you mean patience?'],
])('refuses the stopping %j', (stopping, message) => {
  expect(() => checkStopping(stopping as StoppingRecipe, true)).toThrow(message);
});
