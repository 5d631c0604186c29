import { checkOptions, type OptionNames } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';

/** The names of the options that cannot be left out. */
type Needed<Options> = {
  [name in keyof Options]-?: undefined extends Options[name] ? never : name;
}[keyof Options];

/** The options of a plot: true for those that it needs, false for those that it can do without. */
export type PlotOptionNames<Options> = {
  readonly [name in keyof Required<Options>]: name extends Needed<Options> ? true : false;
};

/**
 * Throws {@link EvaluationError} for an option that a plot does not have, with the nearest one that it has, and for one that it
 * needs and was not given: plain JavaScript would otherwise fail somewhere inside.
 *
 * @param callee name of the plot.
 * @param result whether it is given what another function answers, which may have more than the plot draws.
 *
 * @example
 * checkPlotOptions('exponentPlot', { actual: [1] }, { actual: true, predicted: true });
 * // EvaluationError: predicted is missing: exponentPlot needs actual, predicted
 */
export function checkPlotOptions<Options extends object>(
  callee: string,
  options: Options,
  known: PlotOptionNames<Options>,
  result = false,
): void {
  const isObject = typeof options === 'object' && options !== null;
  if (!(result && isObject)) {
    checkOptions(callee, options, known as unknown as OptionNames<Options>, EvaluationError);
  }
  const needed = (Object.keys(known) as (keyof Options & string)[]).filter((name) => known[name]);
  const missing = needed.find((name) => options[name] === undefined || options[name] === null);
  if (missing !== undefined) {
    throw new EvaluationError(`${missing} is missing: ${callee} needs ${needed.join(', ')}`);
  }
}
