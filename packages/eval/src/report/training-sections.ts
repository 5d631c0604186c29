import type { Averaged, AveragedClassMetrics } from '../metrics/average-class-metrics.ts';
import type { AveragedConfusion } from '../metrics/average-confusion.ts';
import type { Calibration } from '../metrics/calibration.ts';
import type { ClassificationMetrics } from '../metrics/classification-metrics.ts';
import type { RegressionMetrics } from '../metrics/regression-metrics.ts';
import { confusionPlot } from '../plots/confusion-plot.ts';
import { type EpochRecord, learningCurvePlot } from '../plots/learning-curve-plot.ts';
import type { MsdPlotOptions } from '../plots/msd-plot.ts';
import type { Noun } from '../predictions/noun.ts';
import { type Examples, exampleFigures, examplesText } from './example-figures.ts';
import { decimal, percent } from './format.ts';
import type { Figure, Section, Table } from './html-report.ts';
import { classificationSection, regressionTable } from './metric-sections.ts';
import { msdFigure } from './msd-figure.ts';

/** What {@link trainingSections} tells; what is absent is left out. */
export interface TrainingReport {
  /** How the classifier was made: model, data, seed, epochs, …, as they are to be read. */
  readonly recipe?: Readonly<Record<string, string | number>>;
  readonly history?: readonly EpochRecord[];
  /** On tracks that took no part in training, or on those that it was validated on: see `judgedOn`. */
  readonly metrics?: ClassificationMetrics;
  readonly calibration?: Calibration;
  /** Of the exponents, on the same tracks. */
  readonly exponents?: RegressionMetrics;
  /** What was judged, for the words; `track` if left out. */
  readonly noun?: Noun;
  /** What the tracks of the metrics are; `test` if left out. */
  readonly judgedOn?: 'test' | 'validation';
  /** What a cross-validation gives: each fold judged by the model that has not seen it. */
  readonly folds?: FoldsReport;
  /** Labelled tracks, `codes` their true classes. */
  readonly examples?: Examples;
  /** Curves of the true classes. */
  readonly msd?: MsdPlotOptions;
}

/** What the report tells of the folds of a cross-validation. */
export interface FoldsReport {
  readonly classes?: readonly string[];
  /** The average of the confusion matrices of the folds. */
  readonly confusion?: AveragedConfusion;
  /** Each class against all others, over the folds. */
  readonly perClass?: readonly AveragedClassMetrics[];
  /** The learning curve of each fold; none of a model that has no epochs. */
  readonly histories?: readonly (readonly EpochRecord[])[];
  /** A number per fold for each thing that was measured. */
  readonly scores: Readonly<Record<string, readonly number[]>>;
  /** Whether the tracks of a fold decided which weights are kept, or when its training ended or slowed down. */
  readonly chosen?: boolean;
}

/**
 * The report of a trained classifier: results on unseen tracks, learning curve and recipe, example tracks and MSD
 * curves of the classes.
 *
 * @example
 * const html = await renderReport({ title: 'XResNet', sections: trainingSections({ recipe: { seed: 1 }, history }) });
 */
export function trainingSections(report: TrainingReport): Section[] {
  const { noun = 'track' } = report;
  const { recipe, history = [], metrics, calibration, exponents, folds, examples, msd } = report;
  const heading =
    report.judgedOn === 'validation'
      ? `Result on the validation ${noun}s`
      : `Result on unseen ${noun}s`;
  const sections: Section[] = [];
  if (metrics) {
    sections.push(classificationSection({ heading, metrics, calibration, noun }));
  }
  if (exponents) {
    sections.push({
      heading: metrics ? 'Exponents' : heading,
      pieces: [regressionTable(exponents)],
    });
  }
  if (folds) sections.push(...foldsSections(folds, noun));
  if (history.length > 0 || recipe) {
    sections.push({
      heading: 'Training',
      pieces: [
        ...(history.length > 0 ? [learningFigure(history, noun)] : []),
        ...(recipe ? [{ columns: ['recipe', ''], rows: Object.entries(recipe) }] : []),
      ],
    });
  }
  const figures = examples ? exampleFigures(examples) : [];
  if (msd) figures.push(msdFigure(msd));
  if (figures.length > 0) {
    sections.push({
      heading: 'What the classes look like',
      ...(examples && { text: `Labelled tracks ${examplesText(examples.tracks.dim)}` }),
      pieces: figures,
    });
  }
  return sections;
}

function foldsSections(folds: FoldsReport, noun: Noun): Section[] {
  const { classes, confusion, perClass = [], histories = [], scores, chosen = false } = folds;
  const figures: Figure[] = [];
  if (classes && confusion) {
    const { shares, deviations } = confusion;
    figures.push({
      spec: confusionPlot({ confusion: shares, classes, deviations }),
      alt: `Confusion matrix, the average over the folds. Recall: ${classes.map((name, k) => `${name} ${percent(shares[k][k])}`).join(', ')}`,
      caption:
        'Share of each true class by predicted class: the average over the folds, and the standard deviation between them in points of a percentage.',
    });
  }
  const names = Object.keys(scores);
  const count = Math.max(...names.map((name) => scores[name].length));
  const text = (value: number) => (Number.isFinite(value) ? decimal(value, 4) : '–');
  const row = (title: string, of: (values: readonly number[]) => number) => [
    title,
    ...names.map((name) => text(of(scores[name]))),
  ];
  const curves = histories.flatMap((history, k): Figure[] =>
    history.length > 0 ? [{ ...learningFigure(history, noun), caption: `Fold ${k + 1}.` }] : [],
  );
  return [
    {
      heading: `Cross-validation with ${count} folds`,
      text: `Each fold judged by the model that was trained without it${chosen ? ', but whose weights or learning rate it chose: the scores may be too good' : ''}.`,
      pieces: [
        ...figures,
        {
          columns: ['fold', ...names],
          rows: [
            ...Array.from({ length: count }, (_, k) => row(`${k + 1}`, (values) => values[k])),
            row('mean', mean),
            row('standard deviation', deviation),
          ],
        },
        ...(classes && confusion ? [countsTable(confusion, classes, noun)] : []),
        ...(perClass.length > 0 ? [perClassTable(perClass)] : []),
      ],
    },
    ...(curves.length > 0 ? [{ heading: 'Learning curves of the folds', pieces: curves }] : []),
  ];
}

/** The average confusion matrix as it was counted. */
const countsTable = (
  { counts }: AveragedConfusion,
  classes: readonly string[],
  noun: Noun,
): Table => ({
  caption: `${noun === 'image' ? 'Images' : 'Tracks'} by true class (rows) and predicted class, the average over the folds`,
  columns: ['', ...classes],
  rows: counts.map((row, k) => [classes[k], ...row.map((count) => decimal(count, 1))]),
});

/** Each class against all others, mean and deviation over the folds. */
function perClassTable(perClass: readonly AveragedClassMetrics[]): Table {
  const of = ({ mean: middle, deviation: spread }: Averaged): string => {
    if (!Number.isFinite(middle)) return '–';
    return `${decimal(middle)}${Number.isFinite(spread) ? ` ± ${decimal(spread)}` : ''}`;
  };
  return {
    caption: 'Each class against all others: mean and standard deviation over the folds',
    wide: true,
    columns: [
      'class',
      'recall (TPR)',
      'specificity (TNR)',
      'precision (PPV)',
      'NPV',
      'F1',
      'harmonic mean of TPR and TNR',
    ],
    rows: perClass.map((one) => [
      one.label,
      ...[one.recall, one.specificity, one.precision, one.npv, one.f1, one.f1TprTnr].map(of),
    ]),
  };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const deviation = (values: readonly number[]): number =>
  Math.sqrt(
    values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / (values.length - 1),
  );

function learningFigure(history: readonly EpochRecord[], noun: Noun): Figure {
  const { epoch, validationAccuracy } = history[history.length - 1];
  const reached =
    validationAccuracy === undefined
      ? ''
      : `; validation accuracy there ${percent(validationAccuracy)}`;
  return {
    spec: learningCurvePlot(history),
    alt: `Learning curve up to epoch ${epoch}${reached}`,
    caption: `${things(history)} per epoch on training and validation ${noun}s${history.some(({ learningRate }) => learningRate !== undefined) ? ', and the learning rate' : ''}.`,
  };
}

/** What a history tells of, in words. */
function things(history: readonly EpochRecord[]): string {
  const has = (name: 'accuracy' | 'mae') =>
    history.some(({ [name]: value }) => value !== undefined);
  const names = [
    'Loss',
    ...(has('accuracy') ? ['accuracy'] : []),
    ...(has('mae') ? ['error of α'] : []),
  ];
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names[0];
}
