import { EvaluationError } from '../errors.ts';

/** One class against all others, over the judged tracks. NaN where a quotient is 0/0. */
export interface ClassMetrics {
  readonly label: string;
  /** Judged tracks that are truly of this class. */
  readonly support: number;
  /** TP / (TP + FP), the positive predictive value (PPV). */
  readonly precision: number;
  /** TP / (TP + FN), the true positive rate (TPR), sensitivity. */
  readonly recall: number;
  /** TN / (TN + FP), the true negative rate (TNR). */
  readonly specificity: number;
  /** TN / (TN + FN), the negative predictive value. */
  readonly npv: number;
  /** 2TP / (2TP + FP + FN), the harmonic mean of precision and recall. */
  readonly f1: number;
  /** Harmonic mean of TPR and TNR (0 when both are 0): what Gryshkevych 2016 calls F1. It is not the usual F1. */
  readonly f1TprTnr: number;
}

/**
 * Each class against all others, from counts by true class (row) and predicted class (column), such as {@link confusionMatrix}
 * gives or {@link averageConfusion} of the folds of a cross-validation.
 *
 * Throws {@link EvaluationError} for a matrix that is not classes × classes.
 *
 * @example
 * classMetrics([[8, 2], [1, 9]], ['empty', 'full'])[0].recall // 0.8
 */
export function classMetrics(
  confusion: readonly (readonly number[])[],
  classes: readonly string[],
): ClassMetrics[] {
  const wrong = confusion.find((row) => row.length !== classes.length);
  if (wrong || confusion.length !== classes.length) {
    throw new EvaluationError(
      `confusion is ${confusion.length} × ${(wrong ?? confusion[0])?.length ?? 0}: expected ${classes.length} × ${classes.length}`,
    );
  }
  const all = sum(confusion.map(sum));
  return classes.map((label, k) => {
    const support = sum(confusion[k]);
    const answers = sum(confusion.map((row) => row[k]));
    const tp = confusion[k][k];
    const tn = all - support - answers + tp;
    const recall = tp / support;
    const specificity = tn / (all - support);
    return {
      label,
      support,
      precision: tp / answers,
      recall,
      specificity,
      npv: tn / (all - answers),
      f1: (2 * tp) / (support + answers),
      f1TprTnr:
        recall + specificity === 0 ? 0 : (2 * recall * specificity) / (recall + specificity),
    };
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
