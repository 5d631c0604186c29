import { EvaluationError } from '../errors.ts';
import { logTicks, withUnit } from './axis.ts';
import { extent } from './extent.ts';
import { classScale } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** One MSD curve, as whoever estimated it gives it. */
export interface MsdCurve {
  /** What is drawn: a class, a model, a condition. */
  readonly label: string;
  /** Lag time per point. */
  readonly lag: ArrayLike<number>;
  /** Mean squared displacement at that lag. */
  readonly msd: ArrayLike<number>;
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

/**
 * Mean squared displacement against lag, both logarithmic, with dashed lines of known slope: MSD ∝ τ^α is straight
 * there with slope α. Points that are not positive have no place on a logarithm and are left out.
 *
 * Throws {@link EvaluationError} when a curve's columns differ in length or no point is positive.
 *
 * @example
 * msdPlot({ curves: [{ label: 'ND', lag: [1, 2, 4], msd: [4, 8, 16] }], positionUnit: 'µm', timeUnit: 's' })
 */
export function msdPlot(options: MsdPlotOptions): PlotSpec {
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
  const msd = range([...values.map((point) => point.msd), 2 * anchor.msd]);
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
  return plotSpec(`Mean squared displacement against lag for ${shown.join(', ')}, log–log`, {
    width: 320,
    height: 260,
    layer: [
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
        data: { values: lines.map((line) => ({ ...line.points[1], text: line.text })) },
        mark: { type: 'text', align: 'right', baseline: 'top', dx: -7, dy: 2, opacity: 0.75 },
        encoding: { x, y, text: { field: 'text' } },
      },
      {
        data: { values },
        mark: { type: 'line', strokeWidth: 2.2 },
        encoding: {
          x,
          y,
          color: {
            ...name,
            scale: {
              domain: shown,
              range: shown.map((label) => full.range[full.domain.indexOf(label)]),
            },
          },
        },
      },
    ],
  });
}

interface Range {
  from: number;
  to: number;
}

function drawable({ label, lag, msd }: MsdCurve) {
  if (lag.length !== msd.length) {
    throw new EvaluationError(
      `curve ${JSON.stringify(label)} has ${lag.length} lags and ${msd.length} MSDs: expected as many`,
    );
  }
  return Array.from(lag, (x, i) => ({ label, lag: x, msd: msd[i] })).filter(
    (p) => p.lag > 0 && p.msd > 0 && Number.isFinite(p.lag) && Number.isFinite(p.msd),
  );
}

/** What an axis shows: the values and a twentieth of their decades at both ends. */
function range(values: readonly number[]): Range {
  const { from, to } = extent(values);
  const room = (to / from) ** 0.05 * 1.05;
  return { from: from / room, to: to * room };
}

/** A line of the given slope from just above the curves' first points to where it leaves the picture. */
function guide(slope: number, from: { lag: number; msd: number }, lag: Range, msd: Range) {
  const limit = slope > 0 ? (msd.to / from.msd) ** (1 / slope) * from.lag : lag.to;
  const points = [from.lag, Math.min(lag.to, limit)].map((at) => ({
    slope,
    lag: at,
    msd: from.msd * (at / from.lag) ** slope,
  }));
  return { text: `α = ${slope}`, points };
}
