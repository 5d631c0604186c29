import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link exponentPlot} draws. */
export interface ExponentPlotOptions {
  /** True exponent α per track. */
  readonly actual: ArrayLike<number>;
  /** Predicted exponent per track; NaN for unjudged (not drawn). */
  readonly predicted: ArrayLike<number>;
}

const CELL = 0.05;

const OPTIONS: PlotOptionNames<ExponentPlotOptions> = { actual: true, predicted: true };

/**
 * Predicted against true exponent α: cells of 0.05 × 0.05, the darker the more tracks, and the diagonal on which a
 * perfect prediction lies. Both axes have the same scale.
 *
 * @example
 * exponentPlot({ actual: [0.5, 1], predicted: [0.6, 1.1] })
 */
export function exponentPlot(options: ExponentPlotOptions): PlotSpec {
  checkPlotOptions('exponentPlot', options, OPTIONS);
  const { actual, predicted } = options;
  const cells = new Map<string, { x: number; y: number; count: number }>();
  let least = 0;
  let most = 2;
  for (let i = 0; i < actual.length; i++) {
    if (Number.isNaN(predicted[i])) continue;
    least = Math.min(least, actual[i], predicted[i]);
    most = Math.max(most, actual[i], predicted[i]);
    const x = Math.round(actual[i] / CELL);
    const y = Math.round(predicted[i] / CELL);
    const cell = cells.get(`${x},${y}`);
    if (cell) cell.count++;
    else cells.set(`${x},${y}`, { x, y, count: 1 });
  }
  const values = Array.from(cells.values(), ({ x, y, count }) => ({
    x: (x - 0.5) * CELL,
    x2: (x + 0.5) * CELL,
    y: (y - 0.5) * CELL,
    y2: (y + 0.5) * CELL,
    count,
  }));
  const domain = [least - CELL, most + CELL];
  const axis = { type: 'quantitative', scale: { domain, nice: false } } as const;
  return plotSpec('Predicted against true exponent α', {
    width: 280,
    height: 280,
    layer: [
      {
        data: { values },
        mark: { type: 'rect', color: '#0072b2', aria: false },
        encoding: {
          x: { ...axis, field: 'x', title: 'true α' },
          x2: { field: 'x2' },
          y: { ...axis, field: 'y', title: 'predicted α' },
          y2: { field: 'y2' },
          fillOpacity: {
            field: 'count',
            type: 'quantitative',
            legend: null,
            scale: { type: 'sqrt', domainMin: 0, range: [0, 1] },
          },
        },
      },
      {
        data: { values: [{ a: least }, { a: most }] },
        mark: {
          type: 'line',
          color: 'currentColor',
          opacity: 0.6,
          strokeDash: [4, 4],
          strokeWidth: 1,
        },
        encoding: { x: { ...axis, field: 'a' }, y: { ...axis, field: 'a' } },
      },
    ],
  });
}
