import { EvaluationError } from '../errors.ts';
import type { ClassMetrics } from './class-metrics.ts';

/** A number over several trainings. */
export interface Averaged {
  /** Over those trainings for which it is defined; NaN where there are none. */
  readonly mean: number;
  /** Standard deviation between them (n − 1); NaN for less than two. */
  readonly deviation: number;
}

/** What is measured of each class against all others. */
const MEASURES = ['recall', 'specificity', 'precision', 'npv', 'f1', 'f1TprTnr'] as const;

/** One class against all others, over several trainings. */
export type AveragedClassMetrics = { readonly label: string } & Readonly<
  Record<(typeof MEASURES)[number], Averaged>
>;

/**
 * The metrics of each class, averaged over several trainings such as the folds of a cross-validation: every training counts the
 * same, whatever its number of tracks. Gryshkevych (2016) averages so: the mean of quotients, not the quotient of sums.
 *
 * Throws {@link EvaluationError} for no training, and for trainings of other classes.
 *
 * @example
 * averageClassMetrics(folds.map(({ perClass }) => perClass))[0].recall // { mean: 0.94, deviation: 0.02 }
 */
export function averageClassMetrics(
  trainings: readonly (readonly ClassMetrics[])[],
): AveragedClassMetrics[] {
  if (trainings.length === 0) {
    throw new EvaluationError('trainings is empty: expected at least one');
  }
  const labels = trainings[0].map(({ label }) => label);
  for (const [k, training] of trainings.entries()) {
    const own = training.map(({ label }) => label);
    if (own.join('\n') === labels.join('\n')) continue;
    throw new EvaluationError(
      `trainings[${k}] is of ${own.join(', ')}: expected ${labels.join(', ')} as trainings[0]`,
    );
  }
  return labels.map((label, c) => {
    const measured = MEASURES.map((name) => [
      name,
      averaged(trainings.map((each) => each[c][name])),
    ]);
    return { label, ...Object.fromEntries(measured) } as AveragedClassMetrics;
  });
}

function averaged(all: readonly number[]): Averaged {
  const values = all.filter(Number.isFinite);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return {
    mean,
    deviation: values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : Number.NaN,
  };
}
