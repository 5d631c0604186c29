import { EvaluationError } from '../errors.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { classColor, legendColumns } from './palette.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** One model in {@link classScoresPlot}. */
export interface ClassScores {
  readonly name: string;
  /** One per class, 0 to 1; NaN where it is undefined. */
  readonly values: readonly number[];
  /** 95 % intervals of them. */
  readonly intervals?: readonly (readonly [low: number, high: number])[];
}

/** A panel of {@link classScoresPlot}: one measure. */
export interface ClassScoresPanel {
  readonly title: string;
  readonly models: readonly ClassScores[];
}

/** What {@link classScoresPlot} draws. */
export interface ClassScoresPlotOptions {
  readonly classes: readonly string[];
  readonly panels: readonly ClassScoresPanel[];
  /** Panels side by side; 2 when absent and there are several. */
  readonly columns?: number;
}

const OPTIONS: PlotOptionNames<ClassScoresPlotOptions> = {
  classes: true,
  panels: true,
  columns: false,
};

/**
 * Measures of models for each class side by side: with one panel, such as F1(TPR, TNR), figures 18 and 19 of Gryshkevych (2016);
 * with one each for TPR, TNR, PPV and NPV, figure 22. A model has the same colour in every panel.
 *
 * Throws {@link EvaluationError} when there is nothing to draw or a model has not one value per class.
 *
 * @example
 * classScoresPlot({
 *   classes: ['full', 'empty'],
 *   panels: [{ title: 'TPR', models: [{ name: 'LipNet-4', values: [0.87, 0.61] }, { name: 'SVM', values: [0.87, 0.89] }] }],
 * });
 */
export function classScoresPlot(options: ClassScoresPlotOptions): PlotSpec {
  checkPlotOptions('classScoresPlot', options, OPTIONS);
  const { classes, panels, columns } = options;
  const names = [...new Set(panels.flatMap(({ models }) => models.map(({ name }) => name)))];
  if (names.length === 0 || classes.length === 0) {
    throw new EvaluationError(
      'panels has no model, or classes is empty: expected at least one each',
    );
  }
  const side = columns ?? Math.min(2, panels.length);
  const color = {
    field: 'model',
    type: 'nominal',
    scale: { domain: names, range: names.map((_, k) => classColor(k)) },
    legend: {
      title: null,
      columns: legendColumns(names),
      symbolType: 'circle',
      symbolOpacity: 1,
      symbolStrokeWidth: 0,
    },
  };
  const concat = panels.map(({ title, models }, p) => {
    const lowest = p + side >= panels.length;
    const values = models.flatMap(({ name, values, intervals }) => {
      for (const [what, list] of Object.entries({ values, intervals })) {
        if (!list || list.length === classes.length) continue;
        throw new EvaluationError(
          `${what} of '${name}' has ${list.length} entries: expected one per class, ${classes.length}`,
        );
      }
      return values.flatMap((value, k) => {
        if (!Number.isFinite(value)) return [];
        const [low, high] = intervals?.[k] ?? [Number.NaN, Number.NaN];
        const known = Number.isFinite(low) && Number.isFinite(high);
        return [
          {
            label: classes[k],
            model: name,
            value,
            ...(known && { low: Math.max(0, low), high: Math.min(1, high) }),
          },
        ];
      });
    });
    const x = {
      field: 'label',
      type: 'nominal',
      scale: { domain: classes },
      title: null,
      axis: {
        labelAngle: longest(classes) * classes.length > 24 / side ? -35 : 0,
        ticks: false,
        grid: false,
        ...(!lowest && { labels: false }),
      },
    };
    const xOffset = { field: 'model', type: 'nominal', scale: { domain: names } };
    const y = (field: string) => ({
      field,
      type: 'quantitative',
      scale: { domain: [0, 1] },
      title: null,
      axis: { tickCount: 5, ...(p % side > 0 && { labels: false, ticks: false }) },
    });
    return {
      title: { text: title, frame: 'group' },
      width: side === 1 ? 300 : Math.floor(310 / side) - 12,
      height: side === 1 ? 200 : 140,
      data: { values },
      layer: [
        {
          transform: [{ filter: 'isValid(datum.low)' }],
          mark: { type: 'rule', strokeWidth: 2, opacity: 0.75, aria: false },
          encoding: { x, xOffset, y: y('low'), y2: { field: 'high' }, color },
        },
        {
          mark: { type: 'circle', size: side === 1 ? 70 : 45, opacity: 1 },
          encoding: { x, xOffset, y: y('value'), color },
        },
      ],
    };
  });
  const of = panels.map(({ title }) => title).join(', ');
  return plotSpec(`${of} of each class by model`, { columns: side, concat });
}

const longest = (names: readonly string[]): number =>
  names.reduce((most, name) => Math.max(most, name.length), 1);
