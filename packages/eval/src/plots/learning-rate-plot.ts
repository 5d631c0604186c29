import { EvaluationError } from '../errors.ts';
import { logTicks } from './axis.ts';
import { checkPlotOptions, type PlotOptionNames } from './check-plot-options.ts';
import { extent } from './extent.ts';
import { type PlotSpec, plotSpec } from './plot-spec.ts';

/** What {@link learningRatePlot} draws: what `findLearningRate` of `@diffusion/train` gives. */
export interface LearningRatePlotOptions {
  /** Rates in rising order, all positive. */
  readonly rates: readonly number[];
  /** Smoothed loss at each rate. */
  readonly losses: readonly number[];
  /** Loss of the batch at each rate; not drawn if left out. */
  readonly batchLosses?: readonly number[];
  /** The rate to mark; none if left out. */
  readonly suggestion?: number;
}

const OPTIONS: PlotOptionNames<LearningRatePlotOptions> = {
  rates: true,
  losses: true,
  batchLosses: false,
  suggestion: false,
};

/**
 * Loss against the logarithm of the learning rate (the range test of Smith 2017): a line of the smoothed loss, points of the
 * batches, and the suggested rate. Points far above the line have no place in the picture.
 *
 * Throws {@link EvaluationError} for columns of different lengths and for rates of which there are not two, or which do not rise.
 *
 * @example
 * learningRatePlot({ rates: [1e-4, 1e-3, 1e-2], losses: [1.4, 1.1, 2.5], suggestion: 1e-3 })
 */
export function learningRatePlot(options: LearningRatePlotOptions): PlotSpec {
  checkPlotOptions('learningRatePlot', options, OPTIONS, true);
  const { rates, losses, batchLosses = [], suggestion } = options;
  check(options);
  const [from, to] = [rates[0], rates[rates.length - 1]];
  const line = extent(losses);
  const room = 0.08 * (line.to - line.from || Math.abs(line.to) || 1);
  const [least, most] = [line.from - room, line.to + room];
  const points = batchLosses.flatMap((loss, i) =>
    loss >= least && loss <= most ? [{ rate: rates[i], loss }] : [],
  );
  const x = {
    field: 'rate',
    type: 'quantitative',
    scale: { type: 'log', domain: [from, to], nice: false },
    axis: { title: 'learning rate', values: logTicks(from, to), format: '.1~e' },
  };
  const y = {
    field: 'loss',
    type: 'quantitative',
    title: 'loss',
    scale: { domain: [least, most], nice: false, zero: false },
    axis: { tickCount: 5 },
  };
  const marked = suggestion === undefined ? [] : [{ rate: suggestion, loss: most }];
  // On the side that has more room.
  const left = marked.some(({ rate }) => rate * rate > from * to);
  return plotSpec('Loss against the learning rate', {
    width: 320,
    height: 180,
    layer: [
      {
        data: { values: points },
        mark: { type: 'point', filled: true, size: 14, color: 'currentColor', opacity: 0.35 },
        encoding: { x, y },
      },
      {
        data: { values: rates.map((rate, i) => ({ rate, loss: losses[i] })) },
        mark: { type: 'line', strokeWidth: 2.2, color: '#0072b2' },
        encoding: { x, y },
      },
      {
        data: { values: marked },
        mark: { type: 'rule', color: '#d55e00', strokeDash: [5, 4], strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        data: { values: marked.map((mark) => ({ ...mark, text: mark.rate.toExponential(1) })) },
        mark: {
          type: 'text',
          align: left ? 'right' : 'left',
          baseline: 'top',
          dx: left ? -5 : 5,
          dy: 4,
          color: '#d55e00',
        },
        encoding: { x, y, text: { field: 'text' } },
      },
    ],
  });
}

function check({ rates, losses, batchLosses, suggestion }: LearningRatePlotOptions): void {
  for (const [name, column] of Object.entries({ losses, batchLosses })) {
    if (column === undefined) continue;
    if (column.length !== rates.length) {
      throw new EvaluationError(
        `${name} has ${column.length} numbers: expected ${rates.length}, as many as rates`,
      );
    }
    const place = column.findIndex((value) => !Number.isFinite(value));
    if (place < 0) continue;
    throw new EvaluationError(`${name}[${place}] is ${column[place]}: expected a finite number`);
  }
  if (rates.length < 2) {
    throw new EvaluationError(`rates has ${rates.length} numbers: expected at least 2`);
  }
  for (const [i, rate] of rates.entries()) {
    if (rate > (i === 0 ? 0 : rates[i - 1]) && Number.isFinite(rate)) continue;
    throw new EvaluationError(`rates[${i}] is ${rate}: expected more than ${rates[i - 1] ?? 0}`);
  }
  if (suggestion === undefined || (suggestion >= rates[0] && suggestion <= rates[rates.length - 1]))
    return;
  throw new EvaluationError(
    `suggestion is ${suggestion}: expected ${rates[0]} to ${rates[rates.length - 1]}`,
  );
}
