import type { Calibration } from '../metrics/calibration.ts';
import type { ClassMetrics } from '../metrics/class-metrics.ts';
import type { ClassificationMetrics } from '../metrics/classification-metrics.ts';
import type { RegressionMetrics } from '../metrics/regression-metrics.ts';
import { confusionPlot } from '../plots/confusion-plot.ts';
import { reliabilityPlot } from '../plots/reliability-plot.ts';
import type { Noun } from '../predictions/noun.ts';
import { counted, decimal, percent, whole } from './format.ts';
import type { Figure, Section, Table } from './html-report.ts';

/** What {@link classificationSection} tells. */
export interface ClassificationReport {
  readonly heading: string;
  readonly metrics: ClassificationMetrics;
  readonly calibration?: Calibration;
  /** What was judged, for the words; `track` if left out. */
  readonly noun?: Noun;
}

/**
 * How good a classification is: a sentence, the confusion matrix, the numbers over all classes and for each class,
 * and whether its confidence can be believed.
 *
 * @example
 * const sections = [classificationSection({ heading: 'Test', metrics })];
 */
export function classificationSection(report: ClassificationReport): Section {
  const { heading, metrics, calibration, noun = 'track' } = report;
  const { accuracy, accuracyInterval: interval, count, unjudged, undecided, perClass } = metrics;
  const labelled = count - unjudged - (undecided ?? 0);
  const text = [
    `${percent(accuracy)} of ${counted(labelled, undecided === undefined ? `judged ${noun}` : noun)}${undecided === undefined ? '' : ' with one class'} are right (95 % interval ${percent(interval.low)} to ${percent(interval.high)}).`,
  ];
  if (undecided !== undefined) text.push(setsText(metrics));
  if (unjudged > 0) {
    text.push(
      `${whole(unjudged)} of ${counted(count, noun)} got no class. They are in none of these numbers but the accuracy over all ${noun}s, where they count as wrong.`,
    );
  }
  const classes = perClass.map((one) => one.label);
  const confusion: Figure = {
    spec: confusionPlot({ confusion: metrics.confusion, classes }),
    alt: `Confusion matrix. Recall: ${perClass.map((one) => `${one.label} ${percent(one.recall)}`).join(', ')}`,
    caption: `Share of each true class by predicted class; ${noun}s in parentheses.`,
  };
  return {
    heading,
    text,
    pieces: [
      confusion,
      overallTable(metrics, calibration, noun),
      perClassTable(perClass, noun),
      ...(calibration ? [reliabilityFigure(calibration, noun)] : []),
    ],
  };
}

/** What is told of prediction sets beside the tracks that have one class. */
function setsText({ count, undecided = 0, sets }: ClassificationMetrics): string {
  if (!sets) return '';
  const { coverage, coverageInterval: interval, meanSize, bestAccuracy } = sets;
  const best =
    bestAccuracy === undefined
      ? ''
      : ` The most probable class is that of ${percent(bestAccuracy)} of them.`;
  return `${whole(undecided)} of ${counted(count, 'track')} are undecided: their set has several classes, and they are in none of the other numbers but the log loss and the calibration, and wrong in the accuracy over all tracks. The set of ${percent(coverage)} of the tracks with one (95 % interval ${percent(interval.low)} to ${percent(interval.high)}) holds their class, with ${decimal(meanSize, 2)} classes on average.${best}`;
}

function reliabilityFigure(calibration: Calibration, noun: Noun): Figure {
  const filled = calibration.bins.filter((bin) => bin.count > 0);
  const bins = filled.map(
    (bin) => `confidence ${percent(bin.confidence)}, accuracy ${percent(bin.accuracy)}`,
  );
  return {
    spec: reliabilityPlot(calibration, noun),
    alt: `Reliability diagram: ${bins.join('; ')}`,
    caption: 'On the dashed line, confidence is the share of right answers.',
  };
}

function perClassTable(perClass: readonly ClassMetrics[], noun: Noun): Table {
  return {
    caption: 'Each class against all others',
    columns: [
      'class',
      `${noun}s`,
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
  };
}

function overallTable(
  metrics: ClassificationMetrics,
  calibration: Calibration | undefined,
  noun: Noun,
): Table {
  const rows = [
    ['accuracy', percent(metrics.accuracy)],
    ['balanced accuracy', percent(metrics.balancedAccuracy)],
    ['F1, micro', decimal(metrics.f1.micro)],
    ['F1, macro', decimal(metrics.f1.macro)],
    ['F1, weighted', decimal(metrics.f1.weighted)],
    ['Matthews’ correlation', decimal(metrics.mcc)],
    ['Cohen’s κ', decimal(metrics.kappa)],
  ];
  if (metrics.logLoss !== undefined) rows.push(['log loss (nats)', decimal(metrics.logLoss)]);
  if (calibration) rows.push(['expected calibration error', percent(calibration.error)]);
  if (metrics.sets) {
    rows.push(
      ['coverage of the sets', percent(metrics.sets.coverage)],
      ['classes per set', decimal(metrics.sets.meanSize, 2)],
    );
    if (metrics.sets.bestAccuracy !== undefined) {
      rows.push(['accuracy of the most probable class', percent(metrics.sets.bestAccuracy)]);
    }
  }
  if (metrics.unjudged > 0 || metrics.undecided) {
    rows.push(
      [metrics.sets ? `${noun}s with one class` : `judged ${noun}s`, percent(metrics.coverage)],
      [`accuracy over all ${noun}s`, percent(metrics.accuracyOfAll)],
    );
  }
  return { caption: 'All classes together', columns: ['metric', 'value'], rows };
}

/**
 * How good predicted numbers are, as a table.
 *
 * @example
 * regressionTable(regressionMetrics({ actual, predicted })).rows[0] // ['mean absolute error', '0.152']
 */
export function regressionTable(metrics: RegressionMetrics): Table {
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
