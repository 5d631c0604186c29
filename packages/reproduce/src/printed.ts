import { type Interval, wilsonInterval } from '@diffusion/eval';

/** What `diffusion train --json` prints of a training, as far as items read it. */
export interface PrintedTraining {
  readonly history?: readonly PrintedEpoch[];
  readonly test?: PrintedScores;
  readonly folds?: {
    readonly classes: readonly string[];
    readonly confusion: {
      readonly counts: number[][];
      readonly shares: number[][];
      readonly deviations: number[][];
    };
    readonly each: readonly PrintedScores[];
  };
}

export interface PrintedEpoch {
  readonly epoch: number;
  readonly loss: number;
  readonly score: number;
  readonly validationLoss?: number;
  readonly validationScore?: number;
  readonly validationConfusion?: number[][];
}

/** Metrics of classes and exponents, as the command prints them. */
export interface PrintedScores {
  readonly count: number;
  /** Of them, those that the network refuses; no score counts them. */
  readonly unjudged?: number;
  readonly accuracy: number;
  readonly accuracyInterval: Interval;
  /** Where what is refused counts as wrong. */
  readonly accuracyOfAll?: number;
  readonly f1?: { readonly micro: number; readonly macro: number };
  readonly perClass: readonly {
    readonly label: string;
    readonly support: number;
    readonly precision: number | null;
    readonly recall: number | null;
    readonly f1: number | null;
  }[];
  readonly confusion: number[][];
  readonly mae?: number;
}

/** The epoch after which the validation was best. */
export function bestEpoch(history: readonly PrintedEpoch[]): PrintedEpoch {
  return history.reduce((best, one) =>
    (one.validationScore ?? 0) > (best.validationScore ?? 0) ? one : best,
  );
}

/** Wilson's interval of a share of so many. */
export const shareInterval = (share: number, count: number): Interval =>
  wilsonInterval(Math.round(share * count), count);

/** Wilson's intervals of precision and recall of the class `k`; none where nothing is of it. */
export function rateIntervals(confusion: readonly (readonly number[])[], k: number) {
  const of = (all: readonly number[]) => {
    const total = all.reduce((sum, x) => sum + x, 0);
    return total === 0 ? undefined : wilsonInterval(confusion[k][k], total);
  };
  return { precision: of(confusion.map((row) => row[k])), recall: of(confusion[k]) };
}

/** Said where a network refuses some of its test tracks. */
export const refused = ({ count, unjudged = 0, accuracyOfAll }: PrintedScores): string[] =>
  unjudged === 0
    ? []
    : [
        `Ours are of ${(count - unjudged).toLocaleString('en-US')} of ${count.toLocaleString('en-US')} tracks: the others are refused, as immobile within their noise or far outside of what was learnt from.${
          accuracyOfAll === undefined
            ? ''
            : ` With these as wrong ${(100 * accuracyOfAll).toFixed(2)} % are right.`
        }`,
      ];

/** A share of a number that is printed in percent, without the digits that dividing adds. */
export const ofPercent = (percent: number): number => Number((percent / 100).toFixed(6));
