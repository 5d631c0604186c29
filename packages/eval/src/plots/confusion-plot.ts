import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link confusionPlot} draws. */
export interface ConfusionPlotOptions {
  /** Counts, row true class, column predicted class. */
  readonly confusion: readonly (readonly number[])[];
  readonly classes: readonly string[];
  /** Standard deviations of the shares, which stand in the place of the counts; none when absent. */
  readonly deviations?: readonly (readonly number[])[];
  /** What rows and columns are; absent: `true` and `predicted`. */
  readonly titles?: { readonly rows: string; readonly columns: string };
  /** Width and height of a cell in pixels; absent: 62 or less where there are many classes. */
  readonly cell?: number;
}

const OPTIONS: PlotOptionNames<ConfusionPlotOptions> = {
  confusion: true,
  classes: true,
  deviations: false,
  titles: false,
  cell: false,
};

/** How much of the paper the shade of a whole row covers: the colour of the text can be read on it on light paper and on dark. */
const DARKEST = 0.75;

/**
 * Confusion matrix: the shade and the percentage are the share of the true class (of the row), the number in
 * parentheses is the count. A class without tracks has an empty row.
 *
 * @example
 * confusionPlot({ confusion: [[8, 2], [1, 9]], classes: ['ND', 'DM'] })
 */
export function confusionPlot(options: ConfusionPlotOptions): PlotSpec {
  checkPlotOptions('confusionPlot', options, OPTIONS, true);
  const { confusion, classes, deviations, titles, cell } = options;
  const { rows, columns } = titles ?? { rows: 'true', columns: 'predicted' };
  const step = cell ?? Math.max(46, Math.min(62, Math.floor(280 / classes.length)));
  const values = confusion.flatMap((row, i) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count, j) => {
      const share = total > 0 ? count / total : 0;
      return {
        actual: classes[i],
        predicted: classes[j],
        share,
        percent: total > 0 ? `${(100 * share).toFixed(share > 0 && share < 0.1 ? 1 : 0)} %` : '–',
        count: deviations ? spread(deviations[i][j]) : `(${count})`,
      };
    });
  });
  const position = {
    x: {
      field: 'predicted',
      type: 'nominal',
      sort: null,
      title: columns,
      axis: {
        labelAngle: classes.some((name) => name.length > 7) ? -40 : 0,
        domain: false,
        ticks: false,
      },
    },
    y: {
      field: 'actual',
      type: 'nominal',
      sort: null,
      title: rows,
      axis: { domain: false, ticks: false },
    },
  };
  const description = titles
    ? `Share of each class of ${rows} by class of ${columns}`
    : 'Confusion matrix: share of each true class by predicted class';
  return plotSpec(description, {
    width: { step },
    height: { step },
    data: { values },
    encoding: position,
    layer: [
      {
        mark: { type: 'rect', color: '#0072b2', stroke: 'currentColor', strokeOpacity: 0.2 },
        encoding: {
          fillOpacity: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [0, DARKEST] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', dy: -6, fontSize: 12 },
        encoding: { text: { field: 'percent' } },
      },
      {
        mark: { type: 'text', dy: 9, fontSize: 10 },
        encoding: { text: { field: 'count' } },
      },
    ],
  });
}

/** A deviation of shares, as it stands below a percentage. */
const spread = (deviation: number): string =>
  Number.isFinite(deviation) ? `± ${(100 * deviation).toFixed(1)}` : '';
