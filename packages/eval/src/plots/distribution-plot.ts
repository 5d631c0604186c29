import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { classScale, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link distributionPlot} draws. */
export interface DistributionPlotOptions {
  /** Numbers of each class; those that are not finite are left out. */
  readonly groups: readonly { readonly name: string; readonly values: ArrayLike<number> }[];
  /** Title of the horizontal axis, with its unit. */
  readonly x: string;
  /** Bins over all groups; 40 when absent. */
  readonly bins?: number;
}

const OPTIONS: PlotOptionNames<DistributionPlotOptions> = { groups: true, x: true, bins: false };

/**
 * How a feature is distributed in each class, as densities over common bins (figure 5 of Gajowczyk and Szwabiński 2021).
 * The outermost hundredth of a percent on either side is drawn in the last bins, so that a stray value does not press the rest.
 *
 * Throws {@link EvaluationError} when there is no number, or bins is not a whole number of at least 2.
 *
 * @example
 * distributionPlot({ groups: [{ name: 'ND', values: [0.1, 0.2, 0.2] }, { name: 'DM', values: [0.6, 0.9] }], x: 'asymmetry' })
 */
export function distributionPlot(options: DistributionPlotOptions): PlotSpec {
  checkPlotOptions('distributionPlot', options, OPTIONS);
  const { groups, x, bins = 40 } = options;
  if (!(Number.isInteger(bins) && bins >= 2)) {
    throw new EvaluationError(`bins is ${bins}: expected a whole number of at least 2`);
  }
  const kept = groups.map(({ name, values }) => ({
    name,
    values: Array.from(values).filter(Number.isFinite),
  }));
  const all = kept.flatMap(({ values }) => values).sort((a, b) => a - b);
  if (all.length === 0) throw new EvaluationError('groups has no number: expected at least one');
  const cut = Math.floor(all.length / 10_000);
  const { from, to } = extent(all.slice(cut, all.length - cut));
  const width = (to - from) / bins || 1;
  const values = kept.flatMap(({ name, values: own }) => {
    const counts = new Array<number>(bins).fill(0);
    for (const value of own) {
      counts[Math.max(0, Math.min(bins - 1, Math.floor((value - from) / width)))]++;
    }
    return counts.map((count, k) => ({
      name,
      at: from + (k + 0.5) * width,
      density: own.length === 0 ? 0 : count / own.length / width,
    }));
  });
  const names = groups.map(({ name }) => name);
  return plotSpec(`Distribution of ${x} in each class`, {
    width: 320,
    height: 200,
    data: { values },
    mark: { type: 'area', interpolate: 'step', fillOpacity: 0.16, line: { strokeWidth: 2 } },
    encoding: {
      x: {
        field: 'at',
        type: 'quantitative',
        title: x,
        scale: { nice: false, zero: false },
        axis: { tickCount: 6, format: '.6~g' },
      },
      y: {
        field: 'density',
        type: 'quantitative',
        stack: null,
        title: 'density',
        axis: { tickCount: 5 },
      },
      color: {
        field: 'name',
        type: 'nominal',
        scale: classScale(names),
        legend: { title: null, columns: legendColumns(names), symbolType: 'stroke' },
      },
    },
  });
}
