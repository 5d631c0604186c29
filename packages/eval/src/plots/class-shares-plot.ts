import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { classScale } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link classSharesPlot} draws. */
export interface ClassSharesPlotOptions {
  readonly classes: readonly string[];
  /** Tracks per class. */
  readonly counts: ArrayLike<number>;
  /** Tracks with a set of several classes, 0 when absent. */
  readonly undecided?: number;
  /** Tracks without a class or a set, 0 when absent. */
  readonly unjudged?: number;
}

const OPTIONS: PlotOptionNames<ClassSharesPlotOptions> = {
  classes: true,
  counts: true,
  undecided: false,
  unjudged: false,
};

/**
 * How many tracks each class got: bars with count and share of all tracks, those without one in grey.
 *
 * @example
 * classSharesPlot({ classes: ['ND', 'CD'], counts: [30, 10], unjudged: 2 })
 */
export function classSharesPlot(options: ClassSharesPlotOptions): PlotSpec {
  checkPlotOptions('classSharesPlot', options, OPTIONS);
  const { classes, counts, undecided = 0, unjudged = 0 } = options;
  const others = [
    { label: 'undecided', count: undecided },
    { label: 'unjudged', count: unjudged },
  ].filter(({ count }) => count > 0);
  const bars = [...classes.map((label, k) => ({ label, count: counts[k] })), ...others];
  const total = bars.reduce((sum, bar) => sum + bar.count, 0);
  const percent = (count: number) => `${((100 * count) / total).toFixed(1)} %`;
  const values = bars.map((bar) => ({
    ...bar,
    text: total > 0 ? `${bar.count} (${percent(bar.count)})` : '0',
  }));
  const most = bars.reduce((largest, bar) => Math.max(largest, bar.count), 1);
  return plotSpec('Number of tracks per predicted class', {
    width: 260,
    height: { step: 30 },
    data: { values },
    encoding: {
      y: {
        field: 'label',
        type: 'nominal',
        sort: null,
        title: null,
        axis: { domain: false, ticks: false, labelFontSize: 12 },
      },
      x: {
        field: 'count',
        type: 'quantitative',
        title: 'tracks',
        scale: { domain: [0, most * 1.45], nice: false },
        axis: { tickCount: 4, tickMinStep: 1, format: ',d' },
      },
    },
    layer: [
      {
        mark: { type: 'bar', height: { band: 0.7 } },
        encoding: {
          color: {
            field: 'label',
            type: 'nominal',
            legend: null,
            scale: classScale(
              classes,
              others.map(({ label }) => label),
            ),
          },
        },
      },
      { mark: { type: 'text', align: 'left', dx: 4 }, encoding: { text: { field: 'text' } } },
    ],
  });
}
