import type { Calibration } from '../metrics/calibration.ts';
import type { ClassificationMetrics } from '../metrics/classification-metrics.ts';
import { type EpochRecord, learningCurvePlot } from '../plots/learning-curve-plot.ts';
import type { MsdPlotOptions } from '../plots/msd-plot.ts';
import { type Examples, exampleFigures, examplesText } from './example-figures.ts';
import { percent } from './format.ts';
import type { Figure, Section } from './html-report.ts';
import { classificationSection } from './metric-sections.ts';
import { msdFigure } from './msd-figure.ts';

/** What {@link trainingSections} tells; what is absent is left out. */
export interface TrainingReport {
  /** How the classifier was made: model, data, seed, epochs, …, as they are to be read. */
  readonly recipe?: Readonly<Record<string, string | number>>;
  readonly history?: readonly EpochRecord[];
  /** On tracks that took no part in training. */
  readonly metrics?: ClassificationMetrics;
  readonly calibration?: Calibration;
  /** Labelled tracks, `codes` their true classes. */
  readonly examples?: Examples;
  /** Curves of the true classes. */
  readonly msd?: MsdPlotOptions;
}

/**
 * The report of a trained classifier: results on unseen tracks, learning curve and recipe, example tracks and MSD
 * curves of the classes.
 *
 * @example
 * const html = await renderReport({ title: 'XResNet', sections: trainingSections({ recipe: { seed: 1 }, history }) });
 */
export function trainingSections(report: TrainingReport): Section[] {
  const { recipe, history = [], metrics, calibration, examples, msd } = report;
  const sections: Section[] = [];
  if (metrics) {
    sections.push(
      classificationSection({ heading: 'Result on unseen tracks', metrics, calibration }),
    );
  }
  if (history.length > 0 || recipe) {
    sections.push({
      heading: 'Training',
      pieces: [
        ...(history.length > 0 ? [learningFigure(history)] : []),
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

function learningFigure(history: readonly EpochRecord[]): Figure {
  const { epoch, validationAccuracy } = history[history.length - 1];
  const reached =
    validationAccuracy === undefined
      ? ''
      : `; validation accuracy there ${percent(validationAccuracy)}`;
  return {
    spec: learningCurvePlot(history),
    alt: `Learning curve up to epoch ${epoch}${reached}`,
    caption: 'Loss and accuracy per epoch on training and validation tracks.',
  };
}
