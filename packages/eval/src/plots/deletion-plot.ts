import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { AGAINST_COLOR, FOR_COLOR } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link deletionPlot} draws: the curves of `deletionCurves` of `@diffusion/eval/explain`. */
export interface DeletionPlotOptions {
  /** Shares of the points, 0 to 1. */
  readonly fractions: readonly number[];
  readonly deletion: readonly number[];
  readonly insertion: readonly number[];
  readonly randomDeletion: readonly number[];
  readonly randomInsertion: readonly number[];
  /** What the answer is: `mean probability of the class` when absent. */
  readonly answer?: string;
}

const OPTIONS: PlotOptionNames<DeletionPlotOptions> = {
  fractions: true,
  deletion: true,
  insertion: true,
  randomDeletion: true,
  randomInsertion: true,
  answer: false,
};

/**
 * How the answer falls where the most relevant points are drawn anew, and rises where they alone are kept; dashed, the same in a random
 * order.
 *
 * @example
 * const spec = deletionPlot(await deletionCurves(tracks, model, relevance));
 */
export function deletionPlot(options: DeletionPlotOptions): PlotSpec {
  checkPlotOptions('deletionPlot', options, OPTIONS, true);
  const { fractions, answer = 'mean probability of the class' } = options;
  const values = CURVES.flatMap(([key, curve]) =>
    fractions.map((fraction, s) => ({ fraction, answer: options[key][s], curve })),
  );
  return plotSpec('The answer against the share of points taken away or kept', {
    width: 300,
    height: 190,
    data: { values },
    mark: { type: 'line', strokeWidth: 2, aria: false },
    encoding: {
      x: {
        field: 'fraction',
        type: 'quantitative',
        title: 'share of the points',
        axis: { format: '.0%', tickCount: 5, grid: false },
      },
      y: {
        field: 'answer',
        type: 'quantitative',
        title: answer,
        scale: { zero: false },
        axis: { tickCount: 5, grid: true },
      },
      color: {
        field: 'curve',
        type: 'nominal',
        title: null,
        sort: null,
        scale: { domain: NAMES, range: [FOR_COLOR, FOR_COLOR, AGAINST_COLOR, AGAINST_COLOR] },
        legend: { columns: 1, symbolSize: 300, labelLimit: 400 },
      },
      strokeDash: {
        field: 'curve',
        type: 'nominal',
        title: null,
        sort: null,
        scale: {
          domain: NAMES,
          range: [
            [1, 0],
            [5, 3],
            [1, 0],
            [5, 3],
          ],
        },
      },
    },
  });
}

const CURVES = [
  ['deletion', 'most relevant points drawn anew'],
  ['randomDeletion', 'points drawn anew in any order'],
  ['insertion', 'most relevant points kept alone'],
  ['randomInsertion', 'points kept alone in any order'],
] as const;
const NAMES = CURVES.map(([, name]) => name);
