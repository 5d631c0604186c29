import type { Track, Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { withUnit } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { drawnPoints } from './drawn-points.ts';
import { extent } from './extent.ts';
import { FIRST_POINT_MARK } from './first-point-mark.ts';
import { signedScale } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link relevancePlot} draws. */
export interface RelevancePlotOptions {
  readonly tracks: Tracks;
  /** Places of the tracks to draw, one panel each, in this order. */
  readonly rows: ArrayLike<number>;
  /** A number per point of the whole set, positive where it speaks for the answer; NaN for a track that is not explained. */
  readonly points: ArrayLike<number>;
  /** Points to be marked, as places in the track, per track of the set; none when absent. */
  readonly marked?: readonly ArrayLike<number>[];
  /** Title per panel; an array stands on several lines. */
  readonly titles?: readonly (string | readonly string[])[];
  /** Panels side by side, 2 when absent. */
  readonly columns?: number;
  /** Width and height of a panel in pixels, 220 when absent. */
  readonly size?: number;
  /** A longer track is thinned to about so many points, 400 when absent; what a stretch has is the mean of its points. */
  readonly maxPoints?: number;
}

const OPTIONS: PlotOptionNames<RelevancePlotOptions> = {
  tracks: true,
  rows: true,
  points: true,
  marked: false,
  titles: false,
  columns: false,
  size: false,
  maxPoints: false,
};

/**
 * Tracks with the relevance of their points on the path: what speaks for the answer is vermilion and thick, what speaks against it blue and
 * thick, the rest thin and grey, each track to its own largest. Marked points are dots, a circle is the first point. Lines
 * break at gaps. A 3D track is seen along z, a 1D track is drawn against time.
 *
 * Throws {@link EvaluationError} when rows is empty or names a track that is not there, and unless there is a number per point.
 *
 * @example
 * const spec = relevancePlot({ tracks, rows: [0, 3], points, marked: mostRelevantPoints(tracks, points, 25) });
 */
export function relevancePlot(options: RelevancePlotOptions): PlotSpec {
  checkPlotOptions('relevancePlot', options, OPTIONS);
  const {
    tracks,
    rows,
    points,
    marked,
    titles,
    columns = 2,
    size = 220,
    maxPoints = 400,
  } = options;
  if (rows.length === 0) {
    throw new EvaluationError('rows is empty: expected at least one track to draw');
  }
  if (points.length !== tracks.pointCount) {
    throw new EvaluationError(
      `points has ${points.length} numbers: expected one per point of the tracks, ${tracks.pointCount}`,
    );
  }
  const panels = Array.from(rows, (row, j) => {
    if (!(Number.isInteger(row) && row >= 0 && row < tracks.count)) {
      throw new EvaluationError(
        `rows[${j}] is ${row}: expected the place of a track, 0 to ${tracks.count - 1}`,
      );
    }
    const own = Float64Array.from(
      { length: tracks.lengthOf(row) },
      (_, p) => points[tracks.offsets[row] + p],
    );
    return panel(tracks.at(row), own, {
      marked: marked?.[row],
      title: titles?.[j],
      size,
      maxPoints,
      left: j % columns === 0,
      bottom: j + columns >= rows.length,
      positionUnit: tracks.positionUnit,
      timeUnit: tracks.timeUnit,
    });
  });
  const all = 'Tracks, coloured by what their points did for the answer';
  return panels.length === 1
    ? plotSpec(all, panels[0])
    : plotSpec(all, { columns, concat: panels });
}

/** Answers are logits, exponents or differences of them: what is smaller is none. */
const ROUNDING = 1e-9;

interface PanelOptions {
  marked: ArrayLike<number> | undefined;
  title: string | readonly string[] | undefined;
  size: number;
  maxPoints: number;
  left: boolean;
  bottom: boolean;
  positionUnit: string;
  timeUnit: string;
}

function panel(track: Track, relevance: Float64Array, options: PanelOptions) {
  const { title, size, left, bottom, positionUnit, timeUnit } = options;
  const flat = track.dim === 1;
  const place = placing(track);
  const most = relevance.reduce((top, r) => Math.max(top, Math.abs(r) || 0), 0);
  // What is left of rounding is nothing to look at.
  const largest = most > ROUNDING ? most : Number.POSITIVE_INFINITY;
  const links = linksOf(track, relevance, options.maxPoints, place).map((link) => ({
    ...link,
    relevance: link.relevance / largest,
    size: Math.abs(link.relevance / largest),
  }));
  const dots = Array.from(options.marked ?? [], place);
  const every = Array.from({ length: track.length }, (_, p) => place(p));
  const [xs, ys] = [extent(every.map(({ x }) => x)), extent(every.map(({ y }) => y))];
  const half = 0.54 * Math.max(xs.to - xs.from, ys.to - ys.from) || 0.5;
  const scaleOf = ({ from, to }: { from: number; to: number }) =>
    flat
      ? { zero: false }
      : { domain: [(from + to) / 2 - half, (from + to) / 2 + half], nice: false, zero: false };
  const axis = { tickCount: 3, format: '.3~g', grid: false };
  const xTitle = flat ? withUnit('time', timeUnit) : withUnit('x − x₀', positionUnit);
  const yTitle = withUnit(flat ? 'x − x₀' : 'y − y₀', positionUnit);
  const encoding = {
    x: {
      field: 'x',
      type: 'quantitative',
      scale: scaleOf(xs),
      axis: { ...axis, title: bottom ? xTitle : null },
    },
    y: {
      field: 'y',
      type: 'quantitative',
      scale: scaleOf(ys),
      axis: { ...axis, title: left ? yTitle : null },
    },
  };
  return {
    width: flat ? 1.6 * size : size,
    height: flat ? 0.7 * size : size,
    ...(title !== undefined && { title }),
    layer: [
      {
        data: { values: links },
        mark: { type: 'rule', strokeCap: 'round', aria: false },
        encoding: {
          ...encoding,
          x2: { field: 'x2' },
          y2: { field: 'y2' },
          color: {
            field: 'relevance',
            type: 'quantitative',
            title: null,
            scale: signedScale(1),
            legend: null,
          },
          strokeWidth: {
            field: 'size',
            type: 'quantitative',
            scale: { domain: [0, 1], range: [1.1, 4] },
            legend: null,
          },
        },
      },
      {
        data: { values: dots },
        mark: {
          type: 'circle',
          size: 9,
          opacity: 1,
          color: 'currentColor',
          aria: false,
        },
        encoding,
      },
      { data: { values: every.slice(0, 1) }, mark: FIRST_POINT_MARK, encoding },
    ],
  };
}

/** Where a point of a track is drawn. */
function placing({ positions, dim, frames, dt }: Track) {
  return (p: number): { x: number; y: number } => {
    const dx = positions[p * dim] - positions[0];
    if (dim > 1) return { x: dx, y: positions[p * dim + 1] - positions[1] };
    return { x: (frames ? frames[p] - frames[0] : p) * dt, y: dx };
  };
}

/** Lines between drawn points of one stretch, with the mean relevance of the points that they stand for. */
function linksOf(
  track: Track,
  relevance: Float64Array,
  maxPoints: number,
  place: (p: number) => { x: number; y: number },
) {
  const step = Math.max(1, Math.ceil(track.length / maxPoints));
  const drawn = drawnPoints(track, step);
  return drawn.slice(1).flatMap(({ point, run }, i) => {
    const before = drawn[i];
    if (before.run !== run) return [];
    let sum = 0;
    for (let p = before.point; p <= point; p++) sum += relevance[p] || 0;
    const { x: x2, y: y2 } = place(point);
    return [{ ...place(before.point), x2, y2, relevance: sum / (point - before.point + 1) }];
  });
}
