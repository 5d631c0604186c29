import type { Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';
import { withUnit } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { drawnPoints } from './drawn-points.ts';
import { extent } from './extent.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link trackMapPlot} draws. */
export interface TrackMapPlotOptions {
  /** 2D tracks, or 3D tracks seen along z. */
  readonly tracks: Tracks;
  /** Class per track, −1 for one without; absent: no track has one. */
  readonly codes?: ArrayLike<number>;
  /** Names of the classes; absent: none. */
  readonly classes?: readonly string[];
  /** Places of the tracks to draw; absent means all. */
  readonly rows?: ArrayLike<number>;
  /** What tracks without a class are called, no class's name; `unjudged` if left out, `no class` without codes. */
  readonly withoutClass?: string;
  /** Name per track of the set, written beside it where there is room; absent: none. */
  readonly ids?: ArrayLike<string>;
  /** 1 per track of the set whose line is thin and pale: its class is not certain. Absent: none. */
  readonly faint?: ArrayLike<number>;
  /** Longer side of the map in pixels, 560 when absent. */
  readonly size?: number;
  /** Tracks are thinned where they hold more points than this in all, 15,000 when absent. */
  readonly maxPoints?: number;
}

const OPTIONS: PlotOptionNames<TrackMapPlotOptions> = {
  tracks: true,
  codes: false,
  classes: false,
  rows: false,
  withoutClass: false,
  ids: false,
  faint: false,
  size: false,
  maxPoints: false,
};

/**
 * Tracks where they lie, coloured by class, with the same scale in x and y: the field of view at a glance. Lines break
 * at gaps, a point by itself is a dot, tracks without a class are grey and lie beneath. Names are written where they fall on
 * no other.
 *
 * Throws {@link EvaluationError} for 1D tracks, when no point is to be drawn, or unless there is one code per track.
 *
 * @example
 * const spec = trackMapPlot({ tracks, codes: predicted, classes: ['ND', 'DM', 'CD', 'FBM'] });
 */
export function trackMapPlot(options: TrackMapPlotOptions): PlotSpec {
  checkPlotOptions('trackMapPlot', options, OPTIONS);
  checkTracks(options.tracks, EvaluationError);
  const { tracks, classes = [], size = 560 } = options;
  const codes = options.codes ?? new Int8Array(tracks.count).fill(-1);
  const withoutClass = options.withoutClass ?? (options.codes ? 'unjudged' : 'no class');
  if (tracks.dim === 1) throw new EvaluationError('tracks has dim 1: expected 2 or 3 for a map');
  if (codes.length !== tracks.count) {
    throw new EvaluationError(
      `codes has ${codes.length} rows: expected one per track, ${tracks.count}`,
    );
  }
  const values = mapPoints({ ...options, codes, classes, withoutClass });
  if (values.length === 0) {
    throw new EvaluationError('the tracks to draw hold no point: expected at least one');
  }
  const x = extent(values.map((point) => point.x));
  const y = extent(values.map((point) => point.y));
  const longer = Math.max(x.to - x.from, y.to - y.from) || 1;
  const side = ({ from, to }: { from: number; to: number }) => {
    const width = Math.max(to - from, longer / 12);
    const middle = (from + to) / 2;
    const pixels = Math.round((size * width) / longer);
    const half = (0.52 * longer * pixels) / size;
    return {
      pixels,
      scale: {
        domain: [middle - half, middle + half],
        nice: false,
        zero: false,
      },
    };
  };
  const used = new Set(values.map((point) => point.label));
  const full = classScale(classes, [withoutClass]);
  const shown = full.domain.filter((name) => used.has(name));
  const ids = options.ids ? placedIds(values, options.ids, side(x), side(y)) : [];
  const encoding = (field: 'x' | 'y') => ({
    field,
    type: 'quantitative',
    title: withUnit(field, tracks.positionUnit),
    scale: side(field === 'x' ? x : y).scale,
    axis: { grid: false, tickCount: 5, format: '.6~g' },
  });
  const name = {
    data: { values: ids },
    mark: { type: 'text', fontSize: ID_SIZE, baseline: 'bottom', dy: -2, aria: false },
    encoding: {
      x: encoding('x'),
      y: encoding('y'),
      text: { field: 'id' },
      color: { value: 'currentColor' },
    },
  };
  const lines = (filter: string, strokeWidth: number, opacity: number) => ({
    transform: [{ filter }],
    mark: { type: 'line', strokeWidth, opacity, strokeJoin: 'round', aria: false },
    encoding: {
      detail: [
        { field: 'track', type: 'nominal' },
        { field: 'run', type: 'nominal' },
      ],
      order: { field: 'i', type: 'quantitative' },
    },
  });
  return plotSpec('Tracks where they lie, coloured by class', {
    width: side(x).pixels,
    height: side(y).pixels,
    data: { values },
    encoding: {
      x: encoding('x'),
      y: encoding('y'),
      color: {
        field: 'label',
        type: 'nominal',
        title: null,
        scale: {
          domain: shown,
          range: shown.map((name) => full.range[full.domain.indexOf(name)]),
        },
        legend: { columns: legendColumns(shown, size) },
      },
    },
    layer: [
      lines(`datum.label === ${JSON.stringify(withoutClass)}`, 1, 1),
      lines(`datum.label !== ${JSON.stringify(withoutClass)} && datum.faint`, 1, 0.75),
      lines(`datum.label !== ${JSON.stringify(withoutClass)} && !datum.faint`, 1.6, 1),
      {
        transform: [{ filter: 'datum.alone' }],
        mark: { type: 'circle', size: 8, opacity: 0.7, aria: false },
      },
      ...(ids.length === 0
        ? []
        : [
            // On the paper of the page, so that no track strikes through a name.
            { ...name, mark: { ...name.mark, stroke: 'var(--paper, none)', strokeWidth: 3.5 } },
            name,
          ]),
    ],
  });
}

/** Size of the names in pixels. */
const ID_SIZE = 10;

interface Side {
  readonly pixels: number;
  readonly scale: { readonly domain: number[] };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

/**
 * The name of each track above its highest point or below its lowest one, from the longest track on, where it falls on no name
 * before it.
 */
function placedIds(
  values: readonly { x: number; y: number; row: number }[],
  names: ArrayLike<string>,
  across: Side,
  up: Side,
) {
  const ends = new Map<number, { top: Place; bottom: Place; points: number }>();
  for (const { x, y, row } of values) {
    const { top, bottom, points } = ends.get(row) ?? { top: { x, y }, bottom: { x, y }, points: 0 };
    ends.set(row, {
      top: y > top.y ? { x, y } : top,
      bottom: y < bottom.y ? { x, y } : bottom,
      points: points + 1,
    });
  }
  const pixels = ({ pixels: length, scale: { domain } }: Side, at: number) =>
    (length * (at - domain[0])) / (domain[1] - domain[0]);
  const perPixel = (up.scale.domain[1] - up.scale.domain[0]) / up.pixels;
  const taken: { left: number; right: number; bottom: number }[] = [];
  const fits = ({ x, y }: Place, half: number): boolean => {
    const [middle, bottom] = [pixels(across, x), pixels(up, y)];
    const [left, right] = [middle - half, middle + half];
    const inside =
      left >= 0 && right <= across.pixels && bottom >= 0 && bottom + ID_SIZE + 4 <= up.pixels;
    const falls = taken.some(
      (other) =>
        left < other.right && right > other.left && Math.abs(bottom - other.bottom) < ID_SIZE + 1,
    );
    if (!inside || falls) return false;
    taken.push({ left, right, bottom });
    return true;
  };
  return [...ends]
    .sort(([a, one], [b, other]) => other.points - one.points || a - b)
    .flatMap(([row, { top, bottom }]) => {
      const id = names[row];
      if (id === '') return [];
      const half = 0.31 * ID_SIZE * id.length + 2;
      const below = { x: bottom.x, y: bottom.y - (ID_SIZE + 6) * perPixel };
      const place = [top, below].find((one) => fits(one, half));
      return place ? [{ ...place, id }] : [];
    });
}

function mapPoints(
  options: TrackMapPlotOptions &
    Required<Pick<TrackMapPlotOptions, 'codes' | 'classes' | 'withoutClass'>>,
) {
  const { tracks, codes, classes, rows, faint, maxPoints = 15_000, withoutClass } = options;
  const count = rows ? rows.length : tracks.count;
  const place = (r: number) => (rows ? rows[r] : r);
  let points = 0;
  for (let r = 0; r < count; r++) points += tracks.lengthOf(place(r));
  const step = Math.max(1, Math.ceil(points / maxPoints));
  return Array.from({ length: count }, (_, r) => {
    const track = tracks.at(place(r));
    const code = codes[track.index];
    const label = code < 0 ? withoutClass : classes[code];
    return drawnPoints(track, step).map(({ point, run, alone }, i) => ({
      x: track.positions[point * track.dim],
      y: track.positions[point * track.dim + 1],
      track: r,
      row: track.index,
      faint: Boolean(faint?.[track.index]),
      run,
      alone,
      i,
      label,
    }));
  }).flat();
}
