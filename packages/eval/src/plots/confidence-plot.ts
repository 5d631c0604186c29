import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link confidencePlot} draws. */
export interface ConfidencePlotOptions {
  /** Predicted class per track, −1 for unjudged (not drawn). */
  readonly predicted: ArrayLike<number>;
  /** Probability per track and class, count × classes. */
  readonly probabilities: ArrayLike<number>;
  readonly classes: readonly string[];
}

const BINS = 20;

const OPTIONS: PlotOptionNames<ConfidencePlotOptions> = {
  predicted: true,
  probabilities: true,
  classes: true,
};

/**
 * Histogram of confidence, the probability of the predicted class, stacked by that class: for tracks whose true class
 * nobody knows.
 *
 * @example
 * confidencePlot({ predicted: [0, 1], probabilities: [0.9, 0.1, 0.3, 0.7], classes: ['ND', 'CD'] })
 */
export function confidencePlot(options: ConfidencePlotOptions): PlotSpec {
  checkPlotOptions('confidencePlot', options, OPTIONS);
  const { predicted, probabilities, classes } = options;
  const counts = classes.map(() => new Uint32Array(BINS));
  for (let i = 0; i < predicted.length; i++) {
    const k = predicted[i];
    if (k === UNJUDGED) continue;
    const confidence = probabilities[i * classes.length + k];
    if (confidence >= 0) counts[k][Math.min(BINS - 1, Math.floor(confidence * BINS))]++;
  }
  const below = new Uint32Array(BINS);
  const values = classes.flatMap((label, k) =>
    Array.from(counts[k], (count, b) => {
      const bottom = below[b];
      below[b] += count;
      return { label, from: b / BINS, to: (b + 1) / BINS, bottom, top: below[b] };
    }),
  );
  return plotSpec('Histogram of confidence by predicted class', {
    width: 300,
    height: 180,
    data: { values: values.filter((bar) => bar.top > bar.bottom) },
    mark: { type: 'rect' },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        title: 'confidence',
        scale: { domain: [0, 1], nice: false },
        axis: { format: '.0%', tickCount: 5 },
      },
      x2: { field: 'to' },
      y: {
        field: 'top',
        type: 'quantitative',
        title: 'tracks',
        axis: { tickCount: 4, tickMinStep: 1, format: ',d' },
      },
      y2: { field: 'bottom' },
      color: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: classScale(classes),
        legend: { columns: legendColumns(classes) },
      },
    },
  });
}
