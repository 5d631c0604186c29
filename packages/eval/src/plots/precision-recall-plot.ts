import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** Precision and recall of a class; NaN where one is undefined. */
export interface PrecisionRecall {
  readonly precision: number;
  readonly recall: number;
}

/** What {@link precisionRecallPlot} draws. */
export interface PrecisionRecallPlotOptions {
  readonly classes: readonly string[];
  /** Of all tracks, one per class: the dots. */
  readonly overall: readonly PrecisionRecall[];
  /** Of some of the tracks, such as those of one signal-to-noise ratio, one per class: the squares, named where there is room. */
  readonly strata: readonly {
    readonly name: string;
    readonly values: readonly PrecisionRecall[];
  }[];
}

const OPTIONS: PlotOptionNames<PrecisionRecallPlotOptions> = {
  classes: true,
  overall: true,
  strata: true,
};

const WIDTH = 300;
const HEIGHT = 260;

/**
 * Precision against recall of each class: a dot for all tracks, a square for each stratum, and their convex hull, whose area
 * says how much the class depends on what was stratified by (figure 7 d–f of Li, Yao and Huang 2021).
 *
 * Throws {@link EvaluationError} when a list has not one entry per class, or nothing can be drawn.
 *
 * @example
 * precisionRecallPlot({
 *   classes: ['fbm', 'sbm'],
 *   overall: [{ precision: 0.9, recall: 0.8 }, { precision: 0.8, recall: 0.9 }],
 *   strata: [],
 * })
 */
export function precisionRecallPlot(options: PrecisionRecallPlotOptions): PlotSpec {
  checkPlotOptions('precisionRecallPlot', options, OPTIONS);
  const { classes, overall, strata } = options;
  for (const { name, values } of [{ name: 'overall', values: overall }, ...strata]) {
    if (values.length === classes.length) continue;
    throw new EvaluationError(
      `'${name}' has ${values.length} entries: expected one per class, ${classes.length}`,
    );
  }
  const points = (values: readonly PrecisionRecall[], stratum: string) =>
    values
      .map(({ precision, recall }, k) => ({ label: classes[k], precision, recall, stratum }))
      .filter(({ precision, recall }) => Number.isFinite(precision) && Number.isFinite(recall));
  const dots = points(overall, 'all');
  const squares = strata.flatMap(({ name, values }) => points(values, name));
  if (dots.length + squares.length === 0) {
    throw new EvaluationError('overall has no number that can be drawn: expected at least one');
  }
  const hulls = classes.flatMap((label) =>
    hullOf(squares.filter((one) => one.label === label)).map(({ precision, recall }, order) => ({
      label,
      precision,
      recall,
      order,
    })),
  );
  const color = {
    field: 'label',
    type: 'nominal',
    scale: classScale(classes),
    legend: {
      title: null,
      columns: legendColumns(classes),
      symbolType: 'circle',
      symbolStrokeWidth: 0,
      symbolOpacity: 1,
    },
  };
  const axis = (field: 'precision' | 'recall') => ({
    field,
    type: 'quantitative',
    title: field,
    scale: { zero: false, nice: true },
    axis: { tickCount: 5, format: '.2~f' },
  });
  const encoding = { x: axis('recall'), y: axis('precision'), color };
  return plotSpec('Precision against recall of each class, with the hull of the strata', {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      {
        data: { values: hulls },
        mark: {
          type: 'line',
          interpolate: 'linear-closed',
          fillOpacity: 0.18,
          strokeWidth: 1,
          filled: true,
        },
        encoding: {
          ...encoding,
          order: { field: 'order', type: 'quantitative' },
        },
      },
      {
        data: { values: squares },
        mark: { type: 'square', size: 40, opacity: 0.9 },
        encoding,
      },
      {
        data: { values: withRoom(squares) },
        mark: { type: 'text', dx: 6, align: 'left', fontSize: 9, aria: false },
        encoding: { x: axis('recall'), y: axis('precision'), text: { field: 'stratum' } },
      },
      {
        data: { values: dots },
        mark: { type: 'circle', size: 90, opacity: 1, stroke: 'currentColor', strokeWidth: 1 },
        encoding,
      },
    ],
  });
}

/** Those of the squares whose names lie over none of those before them. */
function withRoom<Square extends PrecisionRecall & { readonly stratum: string }>(
  squares: readonly Square[],
): Square[] {
  const place = (field: 'precision' | 'recall', pixels: number) => {
    const values = squares.map((one) => one[field]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    // The axes end at round numbers, past the last of the squares.
    return (one: Square) => (0.8 * pixels * (one[field] - low)) / (high - low || 1);
  };
  const [x, y] = [place('recall', WIDTH), place('precision', HEIGHT)];
  const widthOf = ({ stratum }: Square) => 8 + 5 * stratum.length;
  const named: Square[] = [];
  for (const one of squares) {
    const covered = named.some(
      (other) =>
        Math.abs(y(one) - y(other)) < 10 &&
        x(one) < x(other) + widthOf(other) &&
        x(other) < x(one) + widthOf(one),
    );
    if (!covered) named.push(one);
  }
  return named;
}

/** Andrew's monotone chain, counter-clockwise; the points themselves where there are less than three. */
function hullOf<Point extends PrecisionRecall>(points: readonly Point[]): Point[] {
  if (points.length < 3) return [...points];
  const sorted = [...points].sort((a, b) => a.recall - b.recall || a.precision - b.precision);
  const half = (given: readonly Point[]) => {
    const chain: Point[] = [];
    for (const point of given) {
      while (chain.length > 1 && turn(chain.at(-2)!, chain.at(-1)!, point) <= 0) chain.pop();
      chain.push(point);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Above 0 where the way from `a` over `b` to `c` turns left. */
const turn = (a: PrecisionRecall, b: PrecisionRecall, c: PrecisionRecall): number =>
  (b.recall - a.recall) * (c.precision - a.precision) -
  (b.precision - a.precision) * (c.recall - a.recall);
