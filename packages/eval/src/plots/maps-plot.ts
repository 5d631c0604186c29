import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { AGAINST_COLOR, FOR_COLOR } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';
import { pngUri } from './png-uri.ts';

/** What {@link mapsPlot} draws. */
export interface MapsPlotOptions {
  /** Small pictures of one size, height × width numbers each. */
  readonly maps: readonly ArrayLike<number>[];
  readonly height: number;
  readonly width: number;
  /** What stands above each; nothing when absent. */
  readonly titles?: readonly string[];
  /**
   * `signed`: 0 is the paper, what is positive vermilion, what is negative blue (kernels, reconstructions); `grey`: from black for the
   * least to white for the largest number (pictures). `signed` when absent.
   */
  readonly colours?: 'signed' | 'grey';
  /** Whether each map is drawn to its own largest number: true; or all to one, which is the default. */
  readonly each?: boolean;
  /** Maps side by side, 8 when absent. */
  readonly columns?: number;
  /** Longer side of a map in pixels, 56 when absent. */
  readonly size?: number;
}

const OPTIONS: PlotOptionNames<MapsPlotOptions> = {
  maps: true,
  height: true,
  width: true,
  titles: false,
  colours: false,
  each: false,
  columns: false,
  size: false,
};

/**
 * Kernels, activations or pictures side by side, each number a square. Signed numbers are drawn in a diverging map whose middle is the paper,
 * so that it is right on light and on dark pages.
 *
 * Throws {@link EvaluationError} when there are no maps, or one has another number of numbers than height × width.
 *
 * @example
 * const spec = mapsPlot({ maps: [[1, 0, -1, 2, 0, -2, 1, 0, -1]], height: 3, width: 3 });
 */
export function mapsPlot(options: MapsPlotOptions): PlotSpec {
  checkPlotOptions('mapsPlot', options, OPTIONS, true);
  const { maps, height, width, titles, colours = 'signed', each = false } = options;
  const { columns = 8, size = 56 } = options;
  if (maps.length === 0) throw new EvaluationError('maps is empty: expected at least one');
  for (const [k, map] of maps.entries()) {
    if (map.length !== height * width) {
      throw new EvaluationError(
        `maps[${k}] has ${map.length} numbers: expected height × width, ${height * width}`,
      );
    }
  }
  const scale = size / Math.max(height, width);
  // A map of one row is drawn taller than its squares are wide: kernels along time.
  const [w, h] = [Math.round(Math.max(4, width * scale)), Math.round(Math.max(12, height * scale))];
  const [across, down] = [w + GAP, h + GAP + (titles ? TITLE : 0)];
  const all = rangeOf(maps);
  const values = maps.map((map, k) => ({
    x: (k % columns) * across,
    y: Math.floor(k / columns) * down + (titles ? TITLE : 0),
    url: uriOf(map, width, height, colours, each ? rangeOf([map]) : all),
    title: titles?.[k] ?? '',
  }));
  const [wide, high] = [
    Math.min(columns, maps.length) * across - GAP,
    Math.ceil(maps.length / columns) * down - GAP,
  ];
  const place = (field: 'x' | 'y', length: number) => ({
    field,
    type: 'quantitative',
    axis: null,
    scale: { domain: field === 'x' ? [0, length] : [length, 0], nice: false, zero: false },
  });
  const encoding = { x: place('x', wide), y: place('y', high) };
  return plotSpec(`${maps.length} maps of ${height} × ${width} numbers`, {
    width: wide,
    height: high,
    view: { stroke: null },
    data: { values },
    layer: [
      {
        mark: {
          type: 'image',
          width: w,
          height: h,
          align: 'left',
          baseline: 'top',
          aspect: false,
          smooth: false,
          aria: false,
        },
        encoding: { ...encoding, url: { field: 'url', type: 'nominal' } },
      },
      {
        mark: {
          type: 'text',
          align: 'left',
          baseline: 'bottom',
          dy: -2,
          fontSize: 10,
          aria: false,
        },
        encoding: { ...encoding, text: { field: 'title' } },
      },
    ],
  });
}

const GAP = 6;
const TITLE = 15;
/** Steps of colour on either side of the middle. */
const SHADES = 31;

function rangeOf(maps: readonly ArrayLike<number>[]): [from: number, to: number] {
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const map of maps) {
    for (let i = 0; i < map.length; i++) {
      if (map[i] < from) from = map[i];
      if (map[i] > to) to = map[i];
    }
  }
  return [from, to];
}

function uriOf(
  map: ArrayLike<number>,
  width: number,
  height: number,
  colours: 'signed' | 'grey',
  [from, to]: readonly [number, number],
): string {
  const largest = Math.max(-from, to) || 1;
  const shade =
    colours === 'grey'
      ? (x: number) => (to > from ? (2 * SHADES * (x - from)) / (to - from) : 0)
      : (x: number) => SHADES * (1 + x / largest);
  const pixels = Uint8Array.from(map, (x) => Math.round(shade(x)));
  return pngUri(pixels, width, height, colours === 'grey' ? GREYS : SIGNED);
}

const rgb = (hex: string): [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

const GREYS = Array.from({ length: 2 * SHADES + 1 }, (_, v) => {
  const grey = Math.round((255 * v) / (2 * SHADES));
  return [grey, grey, grey, 255] as const;
});
const SIGNED = Array.from({ length: 2 * SHADES + 1 }, (_, v) => {
  const strength = Math.round((255 * Math.abs(v - SHADES)) / SHADES);
  return [...rgb(v < SHADES ? AGAINST_COLOR : FOR_COLOR), strength] as const;
});
