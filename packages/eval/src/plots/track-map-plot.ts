import type { Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { withUnit } from './axis.ts';
import { drawnPoints } from './drawn-points.ts';
import { extent } from './extent.ts';
import { classScale } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link trackMapPlot} draws. */
export interface TrackMapPlotOptions {
  /** 2D tracks, or 3D tracks seen along z. */
  readonly tracks: Tracks;
  /** Class per track, −1 for one without. */
  readonly codes: ArrayLike<number>;
  readonly classes: readonly string[];
  /** Places of the tracks to draw; absent means all. */
  readonly rows?: ArrayLike<number>;
  /** What tracks without a class are called, no class's name; `unjudged` if left out. */
  readonly withoutClass?: string;
  /** Longer side of the map in pixels, 560 when absent. */
  readonly size?: number;
  /** Tracks are thinned where they hold more points than this in all, 15,000 when absent. */
  readonly maxPoints?: number;
}

/**
 * Tracks where they lie, coloured by class, with the same scale in x and y: the field of view at a glance. Lines break
 * at gaps, a point by itself is a dot, tracks without a class are grey and lie beneath.
 *
 * Throws {@link EvaluationError} for 1D tracks, when no point is to be drawn, or unless there is one code per track.
 *
 * @example
 * const spec = trackMapPlot({ tracks, codes: predicted, classes: ['ND', 'DM', 'CD', 'FBM'] });
 */
export function trackMapPlot(options: TrackMapPlotOptions): PlotSpec {
  const { tracks, codes, classes, withoutClass = 'unjudged', size = 560 } = options;
  if (tracks.dim === 1) throw new EvaluationError('tracks has dim 1: expected 2 or 3 for a map');
  if (codes.length !== tracks.count) {
    throw new EvaluationError(
      `codes has ${codes.length} rows: expected one per track, ${tracks.count}`,
    );
  }
  const values = mapPoints(options, withoutClass);
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
  const encoding = (field: 'x' | 'y') => ({
    field,
    type: 'quantitative',
    title: withUnit(field, tracks.positionUnit),
    scale: side(field === 'x' ? x : y).scale,
    axis: { grid: false, tickCount: 5, format: '.6~g' },
  });
  const lines = (filter: string) => ({
    transform: [{ filter }],
    mark: { type: 'line', strokeWidth: 1.1, strokeJoin: 'round', aria: false },
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
      },
    },
    layer: [
      lines(`datum.label === '${withoutClass}'`),
      lines(`datum.label !== '${withoutClass}'`),
      {
        transform: [{ filter: 'datum.alone' }],
        mark: { type: 'circle', size: 8, opacity: 1, aria: false },
      },
    ],
  });
}

function mapPoints(
  { tracks, codes, classes, rows, maxPoints = 15_000 }: TrackMapPlotOptions,
  withoutClass: string,
) {
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
      run,
      alone,
      i,
      label,
    }));
  }).flat();
}
