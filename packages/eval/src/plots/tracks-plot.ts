import type { Track, Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';
import { withUnit } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { drawnPoints } from './drawn-points.ts';
import { extent } from './extent.ts';
import { FIRST_POINT_MARK } from './first-point-mark.ts';
import { classColor } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link tracksPlot} draws. */
export interface TracksPlotOptions {
  readonly tracks: Tracks;
  /** Places of the tracks to draw, one panel each, in this order; the first six when absent. */
  readonly rows?: ArrayLike<number>;
  /** Class per track of the whole set, an index into the palette, −1 for unjudged; absent draws all as the first class. */
  readonly codes?: ArrayLike<number>;
  /** Title per panel; an array stands on several lines. */
  readonly titles?: readonly (string | readonly string[])[];
  /** Panels side by side, 2 when absent. */
  readonly columns?: number;
  /** Whether axes say what they are, true when absent. */
  readonly axisTitles?: boolean;
  /** Width and height of a panel in pixels, 140 when absent. */
  readonly size?: number;
  /**
   * Length that each side of every panel stands for, in the unit of positions, so that panels can be compared; absent: each track
   * fills its own. Of 2D and 3D tracks only.
   */
  readonly side?: number;
  /** A longer track is thinned to about so many points, 1,000 when absent. */
  readonly maxPoints?: number;
}

const OPTIONS: PlotOptionNames<TracksPlotOptions> = {
  tracks: true,
  rows: false,
  codes: false,
  titles: false,
  columns: false,
  axisTitles: false,
  size: false,
  side: false,
  maxPoints: false,
};

/**
 * Small multiples of tracks, each from its own start, coloured by class, with the same scale in x and y. A circle
 * marks the first point. Lines break at gaps. A 3D track is seen along z; a 1D track is drawn against time.
 *
 * Throws {@link EvaluationError} when there is no track to draw, or rows names one that is not there.
 *
 * @example
 * const spec = tracksPlot({ tracks, rows: [0, 5, 9, 12], codes, titles: ['ND', 'DM', 'CD', 'FBM'] });
 */
export function tracksPlot(options: TracksPlotOptions): PlotSpec {
  checkPlotOptions('tracksPlot', options, OPTIONS);
  checkTracks(options.tracks, EvaluationError);
  const { tracks, codes, titles, columns = 2, size = 140, maxPoints = 1000 } = options;
  const { rows = firstRows(tracks.count) } = options;
  const { axisTitles = true } = options;
  if (rows.length === 0) {
    const none = tracks.count === 0 ? 'tracks has no track' : 'rows is empty';
    throw new EvaluationError(`${none}: expected at least one track to draw`);
  }
  const panels = Array.from(rows, (row, j) => {
    if (!(Number.isInteger(row) && row >= 0 && row < tracks.count)) {
      throw new EvaluationError(
        `rows[${j}] is ${row}: expected the place of a track, 0 to ${tracks.count - 1}`,
      );
    }
    return panel(tracks.at(row), {
      color: classColor(codes ? codes[row] : 0),
      title: titles?.[j],
      size,
      maxPoints,
      side: options.side,
      left: j % columns === 0 && axisTitles,
      bottom: j + columns >= rows.length && axisTitles,
      positionUnit: tracks.positionUnit,
      timeUnit: tracks.timeUnit,
    });
  });
  // A panel by itself has the place for its axes that it is told, so that many of them are of one size.
  if (panels.length === 1 && !axisTitles) {
    const padding = { left: 36, right: 10, top: titles ? 36 : 4, bottom: 20 };
    return plotSpec('a track', { ...panels[0], autosize: { type: 'none' }, padding });
  }
  return plotSpec(`${rows.length} tracks`, { columns, concat: panels });
}

/** The first few of so many places. */
const firstRows = (count: number): number[] =>
  Array.from({ length: Math.min(count, 6) }, (_, i) => i);

interface PanelOptions {
  color: string;
  title: string | readonly string[] | undefined;
  size: number;
  maxPoints: number;
  side: number | undefined;
  left: boolean;
  bottom: boolean;
  positionUnit: string;
  timeUnit: string;
}

function panel(track: Track, options: PanelOptions) {
  const { color, title, size, left, bottom, positionUnit, timeUnit } = options;
  const values = points(track, options.maxPoints);
  const flat = track.dim === 1;
  const x = { field: 'x', type: 'quantitative' } as const;
  const y = { field: 'y', type: 'quantitative' } as const;
  const [xs, ys] = [extent(values.map((p) => p.x)), extent(values.map((p) => p.y))];
  const half = options.side
    ? options.side / 2
    : 0.54 * Math.max(xs.to - xs.from, ys.to - ys.from) || 0.5;
  const square = ({ from, to }: { from: number; to: number }) => {
    const middle = (from + to) / 2;
    return { domain: [middle - half, middle + half], nice: false, zero: false };
  };
  const axis = { tickCount: 3, format: '.3~g', grid: false };
  const xTitle = flat ? withUnit('time', timeUnit) : withUnit('x − x₀', positionUnit);
  const yTitle = withUnit(flat ? 'x − x₀' : 'y − y₀', positionUnit);
  // That there is no unit is longer than the panel is high, and would push its title above those of the others.
  const lines = positionUnit === '' ? { title: yTitle.split(/ (?=\()/), titleFontSize: 11 } : {};
  const scaleOf = (range: { from: number; to: number }) => (flat ? { zero: false } : square(range));
  const encoding = {
    x: { ...x, scale: scaleOf(xs), axis: { ...axis, title: bottom ? xTitle : null } },
    y: {
      ...y,
      scale: scaleOf(ys),
      axis: left ? { ...axis, title: yTitle, ...lines } : { ...axis, title: null },
    },
  };
  return {
    width: size,
    height: size,
    ...(title !== undefined && { title }),
    data: { values },
    layer: [
      {
        mark: { type: 'line', color, strokeWidth: 1.3, strokeJoin: 'round', aria: false },
        encoding: {
          ...encoding,
          detail: { field: 'run', type: 'nominal' },
          order: { field: 'i', type: 'quantitative' },
        },
      },
      {
        transform: [{ filter: 'datum.alone' }],
        mark: { type: 'circle', color, size: 8, opacity: 1, aria: false },
        encoding,
      },
      {
        transform: [{ filter: 'datum.i === 0' }],
        mark: FIRST_POINT_MARK,
        encoding,
      },
    ],
  };
}

function points(track: Track, maxPoints: number) {
  const { positions, dim, length, frames, dt } = track;
  const step = Math.max(1, Math.ceil(length / maxPoints));
  return drawnPoints(track, step).map(({ point, run, alone }, i) => {
    const dx = positions[point * dim] - positions[0];
    if (dim > 1) return { x: dx, y: positions[point * dim + 1] - positions[1], i, run, alone };
    return { x: (frames ? frames[point] - frames[0] : point) * dt, y: dx, i, run, alone };
  });
}
