import { EvaluationError } from '../errors.ts';
import { logTicks, withUnit } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** One MSD curve, as whoever estimated it gives it. */
export interface MsdCurve {
  /** What is drawn: a class, a model, a condition. */
  readonly label: string;
  /** Lag time per point. */
  readonly lag: ArrayLike<number>;
  /** Mean squared displacement at that lag. */
  readonly msd: ArrayLike<number>;
  /** Lower and upper end of a band about each point; absent: none. */
  readonly low?: ArrayLike<number>;
  readonly high?: ArrayLike<number>;
  /** Number of pairs of points that each is the mean of, drawn below where a curve has them. */
  readonly pairs?: ArrayLike<number>;
}

/** What {@link msdPlot} draws. */
export interface MsdPlotOptions {
  readonly curves: readonly MsdCurve[];
  /** Class names, so that a curve has the colour of its class; absent: the labels of the curves. */
  readonly classes?: readonly string[];
  readonly positionUnit: string;
  readonly timeUnit: string;
  /** Exponents of the dashed guide lines, 1 and 2 when absent. */
  readonly guides?: readonly number[];
}

const OPTIONS: PlotOptionNames<MsdPlotOptions> = {
  curves: true,
  classes: false,
  positionUnit: true,
  timeUnit: true,
  guides: false,
};

/**
 * Mean squared displacement against lag, both logarithmic, with dashed lines of known slope: MSD ∝ τ^α is straight
 * there with slope α. Points that are not positive have no place on a logarithm and are left out. Bands stand about the curves
 * that have them, and below is from how many pairs of points they come.
 *
 * Throws {@link EvaluationError} when a curve's columns differ in length or no point is positive.
 *
 * @example
 * msdPlot({ curves: [{ label: 'ND', lag: [1, 2, 4], msd: [4, 8, 16] }], positionUnit: 'µm', timeUnit: 's' })
 */
export function msdPlot(options: MsdPlotOptions): PlotSpec {
  checkPlotOptions('msdPlot', options, OPTIONS);
  const { curves, positionUnit, timeUnit, guides = [1, 2] } = options;
  const classes = options.classes ?? curves.map((curve) => curve.label);
  const values = curves.flatMap(drawable);
  if (values.length === 0) {
    throw new EvaluationError(
      'curves has no point with positive lag and MSD: expected at least one',
    );
  }
  const lag = range(values.map((point) => point.lag));
  const shortest = values.reduce((least, point) => Math.min(least, point.lag), Infinity);
  const first = values.filter((point) => point.lag === shortest);
  const anchor = { lag: shortest, msd: 1.6 * extent(first.map((point) => point.msd)).to };
  const inBand = values.filter(({ low, high }) => low > 0 && high > 0 && Number.isFinite(high));
  const msd = range([
    ...values.map((point) => point.msd),
    ...inBand.flatMap(({ low, high, msd: middle }) => [
      Math.max(low, middle / WIDEST),
      Math.min(high, middle * WIDEST),
    ]),
    2 * anchor.msd,
  ]);
  const drawn = classes.filter((name) => curves.some((curve) => curve.label === name));
  const others = [...new Set(curves.map((curve) => curve.label))].filter(
    (name) => !classes.includes(name),
  );
  const full = classScale(classes, others);
  const shown = [...drawn, ...others];
  const x = {
    field: 'lag',
    type: 'quantitative',
    scale: { type: 'log', domain: [lag.from, lag.to], nice: false },
    axis: {
      title: withUnit('lag τ', timeUnit),
      values: logTicks(lag.from, lag.to),
      format: '.6~g',
    },
  };
  const counted = values.filter(({ pairs }) => pairs > 0);
  const y = {
    field: 'msd',
    type: 'quantitative',
    scale: { type: 'log', domain: [msd.from, msd.to], nice: false },
    axis: {
      title: withUnit('MSD', positionUnit, '²'),
      values: logTicks(msd.from, msd.to),
      format: '.6~g',
    },
  };
  const lines = guides.map((slope) => guide(slope, anchor, lag, msd));
  const name = { field: 'label', type: 'nominal', sort: null, title: null };
  const color = {
    ...name,
    scale: {
      domain: shown,
      range: shown.map((label) => full.range[full.domain.indexOf(label)]),
    },
    legend: { columns: legendColumns(shown), symbolOpacity: 1 },
  };
  const upper = {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: {
          values: inBand.map(({ label, lag: at, low, high }) => ({
            label,
            lag: at,
            low: Math.max(low, msd.from),
            high: Math.min(high, msd.to),
          })),
        },
        mark: { type: 'area', opacity: 0.22 },
        encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
      },
      {
        data: { values: lines.flatMap((line) => line.points) },
        mark: {
          type: 'line',
          color: 'currentColor',
          opacity: 0.45,
          strokeDash: [4, 4],
          strokeWidth: 1,
        },
        encoding: { x, y, detail: { field: 'slope', type: 'nominal' } },
      },
      {
        data: { values: lines.map(({ text, label }) => ({ ...label, text })) },
        mark: { type: 'text', opacity: 0.75 },
        encoding: { x, y, text: { field: 'text' } },
      },
      {
        data: {
          values: values.map(({ label, lag: at, msd: mean }) => ({ label, lag: at, msd: mean })),
        },
        mark: { type: 'line', strokeWidth: 2.2 },
        encoding: { x, y, color },
      },
    ],
  };
  const description = `Mean squared displacement against lag for ${shown.join(', ')}, log–log`;
  if (counted.length === 0) return plotSpec(description, upper);
  const most = range(counted.map(({ pairs }) => pairs));
  return plotSpec(description, {
    spacing: 6,
    vconcat: [
      { ...upper, layer: upper.layer.map((layer) => withoutTitle(layer)) },
      {
        width: WIDTH,
        height: 70,
        data: { values: counted.map(({ label, lag: at, pairs }) => ({ label, lag: at, pairs })) },
        mark: { type: 'line', strokeWidth: 1.6 },
        encoding: {
          x,
          y: {
            field: 'pairs',
            type: 'quantitative',
            scale: { type: 'log', domain: [most.from, most.to], nice: false },
            axis: {
              title: 'pairs',
              values: fewTicks(most.from, most.to),
              format: ',d',
            },
          },
          color,
        },
      },
    ],
  });
}

const WIDTH = 300;
const HEIGHT = 260;

/** A band may be so many times wider than its curve before it is cut: one point of one pair is not to shrink all others. */
const WIDEST = 4;

/** The axis of lags is titled once, below. */
const withoutTitle = <Layer extends { encoding: { x: { axis: object } } }>(layer: Layer) => ({
  ...layer,
  encoding: {
    ...layer.encoding,
    x: { ...layer.encoding.x, axis: { ...layer.encoding.x.axis, title: null } },
  },
});

/** Powers of ten, or all ticks where fewer than two are inside, or the ends where fewer than two of these are. */
function fewTicks(from: number, to: number): number[] {
  const all = logTicks(from, to);
  const tens = all.filter((tick) => Number.isInteger(Math.log10(tick)));
  if (tens.length > 1) return tens;
  return all.length > 1 ? all : [Math.ceil(from), Math.floor(to)];
}

interface Range {
  from: number;
  to: number;
}

function drawable({ label, lag, msd, low, high, pairs }: MsdCurve) {
  for (const [name, column] of Object.entries({ MSDs: msd, lows: low, highs: high, pairs })) {
    if (column === undefined || column.length === lag.length) continue;
    throw new EvaluationError(
      `curve ${JSON.stringify(label)} has ${lag.length} lags and ${column.length} ${name}: expected as many`,
    );
  }
  return Array.from(lag, (x, i) => ({
    label,
    lag: x,
    msd: msd[i],
    low: low?.[i] ?? Number.NaN,
    high: high?.[i] ?? Number.NaN,
    pairs: pairs?.[i] ?? Number.NaN,
  })).filter((p) => p.lag > 0 && p.msd > 0 && Number.isFinite(p.lag) && Number.isFinite(p.msd));
}

/** What an axis shows: the values and a twentieth of their decades at both ends. */
function range(values: readonly number[]): Range {
  const { from, to } = extent(values);
  const room = (to / from) ** 0.05 * 1.05;
  return { from: from / room, to: to * room };
}

/**
 * A line of the given slope from just above the curves' first points to where it leaves the picture, and at its end, which it
 * stops short of, the place of its label.
 */
function guide(slope: number, from: { lag: number; msd: number }, lag: Range, msd: Range) {
  const limit = slope > 0 ? (msd.to / from.msd) ** (1 / slope) * from.lag : lag.to;
  const end = Math.min(lag.to, limit);
  // Decades per pixel, and how far the line runs to the right where it rises by one label's height or runs by its width.
  const perPixel = {
    x: Math.log(lag.to / lag.from) / WIDTH,
    y: Math.log(msd.to / msd.from) / HEIGHT,
  };
  const rise = (Math.abs(slope) * perPixel.x) / perPixel.y;
  const room = (pixels: number) => Math.exp(-pixels * perPixel.x);
  // The label is 34 × 12 pixels: its middle is half of it inside the picture.
  const inside = Math.min(end * room(9 / Math.max(rise, 1e-9)), lag.to * room(20));
  const half = Math.min(21, 10 / Math.max(rise, 1e-9));
  const at = (x: number) => ({ slope, lag: x, msd: from.msd * (x / from.lag) ** slope });
  const last = Math.max(from.lag, inside * room(half));
  return { text: `α = ${slope}`, label: at(inside), points: [at(from.lag), at(last)] };
}
