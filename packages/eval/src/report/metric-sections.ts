import type { ClassificationMetrics } from '../metrics/classification-metrics.ts';
import type { RegressionMetrics } from '../metrics/regression-metrics.ts';
import { confusionPlot } from '../plots/confusion-plot.ts';
import { counted, decimal, percent, whole } from './format.ts';
import type { Section } from './html-report.ts';

/**
 * How good a classification is: a sentence, the confusion matrix, one row per class, and the numbers over all classes.
 *
 * @example
 * const html = await renderReport({ title: 'Test', sections: [classificationSection(metrics)] });
 */
export function classificationSection(
  metrics: ClassificationMetrics,
  heading = 'Classification',
): Section {
  const { perClass, accuracy, accuracyInterval, count, unjudged, f1 } = metrics;
  const classes = perClass.map((one) => one.label);
  const text = [
    `${percent(accuracy)} of ${counted(count - unjudged, 'judged track')} are right (95 % interval ${percent(accuracyInterval.low)} to ${percent(accuracyInterval.high)}).`,
  ];
  if (unjudged > 0) {
    text.push(
      `${whole(unjudged)} of ${counted(count, 'track')} got no class and are in none of these numbers but the last of the second table, where they count as wrong.`,
    );
  }
  return {
    heading,
    text,
    figures: [
      {
        spec: confusionPlot({ confusion: metrics.confusion, classes }),
        alt: `Confusion matrix. Recall: ${perClass.map((one) => `${one.label} ${percent(one.recall)}`).join(', ')}`,
        caption: 'Share of each true class by predicted class; tracks in parentheses.',
      },
    ],
    tables: [
      {
        caption: 'Each class against all others',
        columns: [
          'class',
          'tracks',
          'recall (TPR)',
          'precision (PPV)',
          'F1',
          'specificity (TNR)',
          'NPV',
          'harmonic mean of TPR and TNR',
        ],
        rows: perClass.map((one) => [
          one.label,
          whole(one.support),
          percent(one.recall),
          percent(one.precision),
          decimal(one.f1),
          percent(one.specificity),
          percent(one.npv),
          decimal(one.f1TprTnr),
        ]),
      },
      {
        caption: 'All classes together',
        columns: ['metric', 'value'],
        rows: [
          ['accuracy', percent(accuracy)],
          ['balanced accuracy', percent(metrics.balancedAccuracy)],
          [
            'F1, micro / macro / weighted',
            [f1.micro, f1.macro, f1.weighted].map((f) => decimal(f)).join(' / '),
          ],
          ['Matthews’ correlation', decimal(metrics.mcc)],
          ['Cohen’s κ', decimal(metrics.kappa)],
          ...(metrics.logLoss === undefined ? [] : [['log loss (nats)', decimal(metrics.logLoss)]]),
          ...(unjudged === 0
            ? []
            : [
                ['judged tracks', percent(metrics.coverage)],
                ['accuracy over all tracks', percent(metrics.accuracyOfAll)],
              ]),
        ],
      },
    ],
  };
}

/**
 * How good predicted exponents are: the numbers, without a picture.
 *
 * @example
 * regressionTable(regressionMetrics({ actual, predicted })).rows[0] // ['mean absolute error', '0.152']
 */
export function regressionTable(metrics: RegressionMetrics) {
  return {
    columns: ['metric', 'value'],
    rows: [
      ['mean absolute error', decimal(metrics.mae)],
      ['root of the mean squared error', decimal(metrics.rmse)],
      ['bias (predicted − true)', decimal(metrics.bias)],
      ['coefficient of determination R²', decimal(metrics.r2)],
      ['tracks', whole(metrics.count)],
      ['tracks without a value', whole(metrics.unjudged)],
    ],
  };
}
