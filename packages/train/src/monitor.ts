import type { Output } from '@diffusion/models';
import type { EpochResult } from './training-state.ts';

/** A number of the validation by which a training is led. */
export type Monitor = 'loss' | 'score';

export const monitors: readonly Monitor[] = ['loss', 'score'];

/** The validation of each epoch as a number that is the better the lower it is. */
function costs(
  history: readonly EpochResult[],
  output: Output,
  monitor: Monitor = 'loss',
): number[] {
  return history.map(({ validationLoss = Number.NaN, validationScore = Number.NaN }) => {
    if (monitor === 'loss') return validationLoss;
    // An accuracy, or a mean error.
    return output.kind === 'exponent' ? validationScore : -validationScore;
  });
}

/** The place of the best epoch, the first of equal ones; −1 where none has a number. */
export function bestOf(history: readonly EpochResult[], output: Output, monitor?: Monitor): number {
  const all = costs(history, output, monitor);
  return all.reduce(
    (best, cost, i) => (cost < (all[best] ?? Number.POSITIVE_INFINITY) ? i : best),
    -1,
  );
}

/** How often `patience` epochs in a row were no better than all before; the count begins anew after each such row. */
export function plateaus(
  history: readonly EpochResult[],
  output: Output,
  { patience, monitor }: { readonly patience: number; readonly monitor?: Monitor },
): number {
  let best = Number.POSITIVE_INFINITY;
  let waited = 0;
  let found = 0;
  for (const cost of costs(history, output, monitor)) {
    if (cost < best) {
      best = cost;
      waited = 0;
    } else if (++waited === patience) {
      found++;
      waited = 0;
    }
  }
  return found;
}
