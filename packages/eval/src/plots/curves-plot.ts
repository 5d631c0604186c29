import { EvaluationError } from '../errors.ts';
import { logTicks } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { classColor, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** A point of a curve; NaN leaves it out. */
export interface CurvePoint {
  readonly x: number;
  readonly value: number;
  /** Its interval; absent or NaN where there is none. */
  readonly low?: number;
  readonly high?: number;
}

/** A line with a name. */
export interface Curve {
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

/** One picture of {@link curvesPlot}. */
export interface CurvesPanel {
  /** What the curves show, over the picture. */
  readonly title: string;
  readonly curves: readonly Curve[];
}

/** What {@link curvesPlot} draws. */
export interface CurvesPlotOptions {
  readonly panels: readonly CurvesPanel[];
  /** Title of the horizontal axis, with its unit. */
  readonly x: string;
  readonly logarithmic?: boolean;
  /** Intervals as bands about the lines, as of learning curves, in place of a bar at each point. */
  readonly bands?: boolean;
  /** Pictures side by side; 2 when absent and there are several. */
  readonly columns?: number;
  /** How the numbers of the vertical axis are written, a format of d3; `.3~g` when absent. */
  readonly format?: string;
}

const OPTIONS: PlotOptionNames<CurvesPlotOptions> = {
  panels: true,
  x: true,
  logarithmic: false,
  bands: false,
  columns: false,
  format: false,
};

/**
 * Curves with intervals, in a picture or several: a measure against length, signal-to-noise ratio or exponent, one line for each
 * model or dimension; learning curves with bands over repeats. A name has the same colour in every picture.
 *
 * Throws {@link EvaluationError} when there is no number to draw.
 *
 * @example
 * curvesPlot({
 *   panels: [{ title: 'F1', curves: [{ name: '1D', points: [{ x: 0.1, value: 0.7 }, { x: 0.3, value: 0.8 }] }] }],
 *   x: 'true α',
 * })
 */
export function curvesPlot(options: CurvesPlotOptions): PlotSpec {
  checkPlotOptions('curvesPlot', options, OPTIONS);
  const { panels, x, logarithmic = false, bands = false, format = '.3~g' } = options;
  const drawn = panels.map(({ title, curves }) => ({
    title,
    values: curves.flatMap(({ name, points }) =>
      points
        .filter((point) => Number.isFinite(point.value) && (!logarithmic || point.x > 0))
        .map(({ x: at, value, low = Number.NaN, high = Number.NaN }) => ({
          name,
          at,
          value,
          ...(Number.isFinite(low) && Number.isFinite(high) && { low, high }),
        })),
    ),
  }));
  const places = drawn.flatMap(({ values }) => values.map(({ at }) => at));
  if (places.length === 0) {
    throw new EvaluationError('panels has no number that can be drawn: expected at least one');
  }
  const names = [...new Set(panels.flatMap(({ curves }) => curves.map(({ name }) => name)))];
  const ends = extent(places);
  const room = ends.from === ends.to ? 0.5 : 0;
  const side = options.columns ?? Math.min(2, panels.length);
  const color = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names, range: names.map((_, k) => classColor(k)) },
    legend:
      names.length < 2
        ? null
        : {
            title: null,
            columns: legendColumns(names),
            symbolType: 'stroke',
            // Or it takes that of the bands.
            symbolOpacity: 1,
          },
  };
  const axisX = {
    field: 'at',
    type: 'quantitative',
    title: x,
    scale: logarithmic
      ? { type: 'log', nice: false }
      : { domain: [ends.from - room, ends.to + room], nice: false, zero: false },
    axis: {
      format: '.6~g',
      ...(logarithmic ? { values: logTicks(ends.from, ends.to) } : { tickCount: 5 }),
    },
  };
  const concat = drawn.map(({ title, values }) => {
    const y = (field: string) => ({
      field,
      type: 'quantitative',
      title: null,
      scale: { zero: false },
      axis: { tickCount: 5, format },
    });
    return {
      title: { text: title, frame: 'group' },
      width: side === 1 ? 300 : 130,
      height: side === 1 ? 190 : 130,
      data: { values },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.low)' }],
          mark: bands
            ? { type: 'area', opacity: 0.22, aria: false }
            : { type: 'rule', strokeWidth: 2, opacity: 0.6, aria: false },
          encoding: { x: axisX, y: y('low'), y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'line', strokeWidth: 2, point: { size: 26, filled: true } },
          encoding: { x: axisX, y: y('value'), color },
        },
      ],
    };
  });
  return plotSpec(`${panels.map(({ title }) => title).join(', ')} against ${x}`, {
    columns: side,
    concat,
  });
}
