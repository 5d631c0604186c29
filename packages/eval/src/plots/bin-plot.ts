import { logTicks } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link binPlot} draws. */
export interface BinPlotOptions {
  /** A number per bin; NaN leaves the bin out. */
  readonly bins: readonly { readonly from: number; readonly to: number; readonly value: number }[];
  /** Title of the horizontal axis, with its unit. */
  readonly x: string;
  /** Title of the vertical axis, with its unit. */
  readonly y: string;
  /** A logarithmic horizontal axis; bins must then begin above 0. */
  readonly logarithmic?: boolean;
}

const OPTIONS: PlotOptionNames<BinPlotOptions> = {
  bins: true,
  x: true,
  y: true,
  logarithmic: false,
};

/**
 * A metric against the bins it was computed in (length, true α, SNR): a line at its height over the width of each
 * bin. A bin without end (`to` infinite) is drawn to three times its beginning.
 *
 * @example
 * binPlot({ bins: [{ from: 10, to: 100, value: 0.7 }], x: 'length (points)', y: 'accuracy', logarithmic: true })
 */
export function binPlot(options: BinPlotOptions): PlotSpec {
  checkPlotOptions('binPlot', options, OPTIONS);
  const { bins, x, y, logarithmic = false } = options;
  const values = bins
    .filter((bin) => Number.isFinite(bin.value))
    .map(({ from, to, value }) => ({
      from,
      to: to === Infinity ? 3 * from : to,
      value,
    }));
  const ends = extent(values.flatMap((bin) => [bin.from, bin.to]));
  return plotSpec(`${y} against ${x}`, {
    width: 300,
    height: 180,
    data: { values },
    mark: { type: 'rule', color: '#0072b2', strokeWidth: 3 },
    encoding: {
      x: {
        field: 'from',
        type: 'quantitative',
        title: x,
        scale: logarithmic ? { type: 'log', nice: false } : { nice: false, zero: false },
        axis: {
          ...(logarithmic ? { values: logTicks(ends.from, ends.to) } : { tickCount: 5 }),
          format: '.6~g',
        },
      },
      x2: { field: 'to' },
      y: {
        field: 'value',
        type: 'quantitative',
        title: y,
        scale: { zero: true },
        axis: { tickCount: 5 },
      },
    },
  });
}
