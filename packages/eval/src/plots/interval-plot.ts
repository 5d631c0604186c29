import { EvaluationError } from '../errors.ts';
import { logTicks } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { classColor } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** One row of {@link intervalPlot}. */
export interface IntervalRow {
  /** What stands at its left; an array stands on several lines. */
  readonly label: string | readonly string[];
  /** NaN where there is none. */
  readonly value: number;
  /** Absent where there is none. */
  readonly interval?: readonly [low: number, high: number];
  /** Code of its class, for its colour; its place when absent. */
  readonly code?: number;
  /** Single tracks, drawn as small dots beneath. */
  readonly points?: readonly number[];
  /** What it was expected to be, drawn as an upright stroke; absent where there is nothing to compare with. */
  readonly beside?: number;
}

/** What {@link intervalPlot} draws. */
export interface IntervalPlotOptions {
  readonly rows: readonly IntervalRow[];
  /** Title of the axis, with its unit. */
  readonly title: string;
  /** Ends of the axis; those of what is drawn when absent. */
  readonly domain?: readonly [number, number];
  /** A logarithmic axis: an interval that begins at 0 is drawn from its left end. */
  readonly logarithmic?: boolean;
  /** How ticks are written, a format of d3; `.6~g` when absent. */
  readonly format?: string;
}

const OPTIONS: PlotOptionNames<IntervalPlotOptions> = {
  rows: true,
  title: true,
  domain: false,
  logarithmic: false,
  format: false,
};

/**
 * Values with intervals, a row for each: a dot, and a bar from the low to the high end. Single tracks stand behind them as small
 * dots, spread over the height of the row so that they can be told apart.
 *
 * Throws {@link EvaluationError} when there is no row, or no number that the axis can show.
 *
 * @example
 * intervalPlot({ rows: [{ label: 'brownian', value: 0.4, interval: [0.3, 0.5] }], title: 'share', domain: [0, 1] })
 */
export function intervalPlot(options: IntervalPlotOptions): PlotSpec {
  checkPlotOptions('intervalPlot', options, OPTIONS);
  const { rows, title, logarithmic = false, format = '.6~g' } = options;
  if (rows.length === 0) throw new EvaluationError('rows is empty: expected at least one');
  const shown = (x: number): boolean => Number.isFinite(x) && (!logarithmic || x > 0);
  const all = rows.flatMap(({ value, interval = [], points = [], beside = Number.NaN }) =>
    [value, beside, ...interval, ...points].filter(shown),
  );
  if (all.length === 0) {
    throw new EvaluationError('rows has no number that can be drawn: expected at least one');
  }
  const [from, to] = options.domain ?? ends(all, logarithmic);
  const inside = (x: number) => Math.min(to, Math.max(from, x));
  const place = rows.map((_, i) => i + 0.5);
  const bars = rows.flatMap(({ value, interval, code = 0 }, i) => {
    const color = classColor(rows[i].code === undefined ? i : code);
    const [low, high] = interval ?? [Number.NaN, Number.NaN];
    if (!Number.isFinite(value)) return [];
    return [
      {
        y: place[i],
        value: inside(value),
        color,
        ...(Number.isFinite(high) && { low: inside(shown(low) ? low : from), high: inside(high) }),
      },
    ];
  });
  const dots = rows.flatMap(({ points = [], code }, i) =>
    points
      .filter(shown)
      .map((x, j) => ({ x: inside(x), y: place[i] + spread(j), color: classColor(code ?? i) })),
  );
  const strokes = rows.flatMap(({ beside = Number.NaN }, i) =>
    shown(beside) ? [{ x: inside(beside), from: place[i] - 0.3, to: place[i] + 0.3 }] : [],
  );
  const names = rows.map(({ label }) => (typeof label === 'string' ? [label] : [...label]));
  const longest = names.flat().reduce((most, name) => Math.max(most, name.length), 0);
  const margin = Math.min(190, Math.round(6.8 * longest) + 6);
  const lines = Math.max(...names.map((name) => name.length));
  const x = {
    type: 'quantitative',
    scale: { type: logarithmic ? 'log' : 'linear', domain: [from, to], nice: false },
    axis: {
      title,
      format,
      ...(logarithmic ? { values: logTicks(from, to) } : { tickCount: 5 }),
    },
  } as const;
  const y = {
    type: 'quantitative',
    scale: { domain: [rows.length, 0], nice: false },
    axis: {
      title: null,
      values: place,
      labelExpr: `${JSON.stringify(names)}[floor(datum.value)]`,
      labelFontSize: 12,
      labelLimit: 200,
      // Room for a dot at the left end of the axis.
      labelPadding: 9,
      grid: false,
      domain: false,
      ticks: false,
    },
  } as const;
  const color = { field: 'color', type: 'nominal', scale: null } as const;
  return plotSpec(`${title}, with 95 % intervals`, {
    // Without a page the width of a text is guessed, and too wide: the place for it is told.
    autosize: { type: 'none' },
    padding: { left: margin + 10, right: 16, top: 6, bottom: 44 },
    width: 340 - margin,
    height: rows.length * (lines > 1 ? 40 : 32),
    layer: [
      {
        data: { values: dots },
        mark: { type: 'circle', size: 12, opacity: 0.6, aria: false },
        encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'y' }, color },
      },
      {
        data: { values: bars.filter((bar) => 'low' in bar) },
        mark: { type: 'rule', strokeWidth: 3.5, opacity: 0.75 },
        encoding: {
          x: { ...x, field: 'low' },
          x2: { field: 'high' },
          y: { ...y, field: 'y' },
          color,
        },
      },
      {
        data: { values: bars },
        mark: { type: 'circle', size: 90, opacity: 1, stroke: 'currentColor', strokeWidth: 1 },
        encoding: { x: { ...x, field: 'value' }, y: { ...y, field: 'y' }, color },
      },
      {
        data: { values: strokes },
        mark: { type: 'rule', strokeWidth: 1.5, color: 'currentColor' },
        encoding: { x: { ...x, field: 'x' }, y: { ...y, field: 'from' }, y2: { field: 'to' } },
      },
    ],
  });
}

/** Where the j-th dot stands in its row, from −0.4 to 0.4: multiples of the golden ratio are spread evenly. */
const spread = (j: number): number => 0.8 * ((j * 0.6180339887) % 1) - 0.4;

/** The ends of what is drawn and a little room. */
function ends(values: readonly number[], logarithmic: boolean): [number, number] {
  const { from, to } = extent(values);
  if (logarithmic) {
    const room = Math.max(1.1, (to / from) ** 0.04);
    return [from / room, to * room];
  }
  const room = 0.05 * (to - from) || 0.5;
  return [from - room, to + room];
}
