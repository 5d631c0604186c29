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
    readonly perClass: readonly ({ readonly label: string } & Readonly<
      Record<'recall' | 'specificity' | 'precision' | 'npv' | 'f1' | 'f1TprTnr', FoldMean>
    >)[];
    readonly each: readonly PrintedScores[];
  };
}

/** Over folds; null where it is undefined. */
export interface FoldMean {
  readonly mean: number | null;
  readonly deviation: number | null;
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
  readonly accuracy: number;
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

/** A share of a number that is printed in percent, without the digits that dividing adds. */
export const ofPercent = (percent: number): number => Number((percent / 100).toFixed(6));
