import type { Calibration } from '../metrics/calibration.ts';
import type { ClassificationMetrics } from '../metrics/classification-metrics.ts';
import { type EpochRecord, learningCurvePlot } from '../plots/learning-curve-plot.ts';
import { type MsdPlotOptions, msdPlot } from '../plots/msd-plot.ts';
import { reliabilityPlot } from '../plots/reliability-plot.ts';
import { type Examples, exampleFigures } from './example-figures.ts';
import { percent } from './format.ts';
import type { Section } from './html-report.ts';
import { classificationSection } from './metric-sections.ts';

/** What {@link trainingSections} tells; what is absent has no section. */
export interface TrainingReport {
  /** How the classifier was made: model, data, seed, epochs, …, as they are to be read. */
  readonly recipe?: Readonly<Record<string, string | number>>;
  readonly history?: readonly EpochRecord[];
  /** On tracks that took no part in training. */
  readonly metrics?: ClassificationMetrics;
  readonly calibration?: Calibration;
  /** Labelled tracks, `codes` their true classes. */
  readonly examples?: Examples;
  readonly msd?: MsdPlotOptions;
}

/**
 * The report of a trained classifier: recipe, learning curve, results on unseen tracks, example tracks and MSD curves.
 *
 * @example
 * const html = await renderReport({ title: 'XResNet', sections: trainingSections({ recipe: { seed: 1 }, history }) });
 */
export function trainingSections(report: TrainingReport): Section[] {
  const { recipe, history, metrics, calibration, examples, msd } = report;
  const sections: Section[] = [];
  if (metrics) sections.push(classificationSection(metrics, 'Result on unseen tracks'));
  if (calibration) {
    sections.push({
      heading: 'Can its confidence be believed?',
      text: `Confidence and accuracy differ by ${percent(calibration.error)} on average (expected calibration error, ${calibration.bins.length} bins).`,
      figures: [
        {
          spec: reliabilityPlot(calibration),
          alt: `Reliability diagram. ${calibration.bins
            .filter((bin) => bin.count > 0)
            .map(
              (bin) => `Confidence ${percent(bin.confidence)}: accuracy ${percent(bin.accuracy)}`,
            )
            .join('; ')}`,
          caption: 'On the dashed line, confidence is the share of right answers.',
        },
      ],
    });
  }
  if (history && history.length > 0) {
    const last = history[history.length - 1];
    const reached =
      last.validationAccuracy === undefined
        ? ''
        : `, where the validation accuracy is ${percent(last.validationAccuracy)}`;
    sections.push({
      heading: 'Training',
      figures: [
        {
          spec: learningCurvePlot(history),
          alt: `Learning curve to epoch ${last.epoch}${reached}`,
          caption: 'Loss and accuracy per epoch on training and validation tracks.',
        },
      ],
    });
  }
  if (examples) {
    const figures = exampleFigures(examples);
    if (figures.length > 0) {
      sections.push({
        heading: 'What the classes look like',
        text: 'Labelled tracks from their first point (circle), x and y to the same scale within each panel.',
        figures,
      });
    }
  }
  if (msd) {
    sections.push({
      heading: 'Mean squared displacement',
      figures: [
        {
          spec: msdPlot(msd),
          alt: `Mean squared displacement against lag, both logarithmic, for ${msd.curves.map((curve) => curve.label).join(', ')}`,
          caption: 'Dashed: MSD ∝ τ^α with the given exponent.',
        },
      ],
    });
  }
  if (recipe) {
    sections.push({
      heading: 'Recipe',
      tables: [
        {
          columns: ['what', 'value'],
          rows: Object.entries(recipe).map(([key, value]) => [key, value]),
        },
      ],
    });
  }
  return sections;
}
