import type { ClassificationMetrics, RegressionMetrics } from '@diffusion/eval';
import { table } from '../print.ts';

const percent = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–';

/** Confusion matrix and per-class metrics, for a terminal. */
export function classificationLines(metrics: ClassificationMetrics): string[] {
  const { perClass, confusion, accuracy, balancedAccuracy, mcc, count, unjudged } = metrics;
  const names = perClass.map(({ label }) => label);
  return [
    `accuracy ${percent(accuracy)}  balanced ${percent(balancedAccuracy)}  MCC ${mcc.toFixed(3)}  on ${count - unjudged} of ${count} unseen tracks`,
    '',
    'confusion (rows: true, columns: predicted)',
    ...table([['', ...names], ...confusion.map((row, k) => [`  ${names[k]}`, ...row.map(String)])]),
    '',
    ...table([
      ['class', 'precision', 'recall', 'F1', 'tracks'],
      ...perClass.map(({ label, precision, recall, f1, support }) => [
        `  ${label}`,
        percent(precision),
        percent(recall),
        f1.toFixed(3),
        String(support),
      ]),
    ]),
  ];
}

export function regressionLines({ mae, rmse, bias, count, unjudged }: RegressionMetrics): string[] {
  return [
    `MAE ${mae.toFixed(3)}  RMSE ${rmse.toFixed(3)}  bias ${bias.toFixed(3)}  on ${count - unjudged} of ${count} unseen tracks`,
  ];
}
