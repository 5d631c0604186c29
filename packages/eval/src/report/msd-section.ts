import { type MsdPlotOptions, msdPlot } from '../plots/msd-plot.ts';
import { classTitle } from './class-names.ts';
import { digits, intervalText, whole } from './format.ts';
import type { Section, Table } from './html-report.ts';

/** What {@link msdSection} draws. */
export interface MsdReport extends MsdPlotOptions {
  /** Of a single track, so that no curve is missing of the other classes. */
  readonly single?: boolean;
  /** Axes that the displacements have; 1 when absent. */
  readonly dim?: number;
  /** How curves come from tracks and where they end, a sentence each. */
  readonly notes?: readonly string[];
}

/**
 * Mean squared displacement by class, with bands and the number of pairs where the curves have them.
 *
 * @example
 * const section = msdSection({ curves: [{ label: 'brownian', lag, msd, low, high, pairs }], positionUnit: 'µm', timeUnit: 's' });
 */
export function msdSection({
  notes = [],
  single = false,
  dim = 1,
  ...options
}: MsdReport): Section {
  const spelled = {
    ...options,
    curves: options.curves.map((curve) => ({ ...curve, label: classTitle(curve.label) })),
    ...(options.classes && { classes: options.classes.map(classTitle) }),
  };
  const left = (single ? [] : (options.classes ?? []))
    .filter((name) => !options.curves.some(({ label }) => label === name))
    .map(classTitle);
  const ends = options.curves.flatMap(({ label, lag, pairs }) =>
    pairs && lag.length > 0
      ? [
          `${label} ${lag.length} lags, ${whole(Math.round(pairs[0]))} pairs at the first and ${whole(Math.round(pairs[pairs.length - 1]))} at the last`,
        ]
      : [],
  );
  return {
    heading: `Mean squared displacement${single ? '' : ' by class'}`,
    text: [
      ...notes,
      ...(left.length > 0
        ? [`No curve is drawn of ${left.join(', ')}: too few displacements.`]
        : []),
      `${over(dim)}A straight line here is a power law, MSD ∝ τ^α; a curve that flattens at short lags has localisation error in it, and at long lags a boundary.`,
      ...(single ? [] : ['The mean over tracks hides what differs between them.']),
    ],
    pieces: [
      {
        spec: msdPlot(spelled),
        alt: `Mean squared displacement against lag, both logarithmic: ${ends.join('; ') || options.curves.map(({ label }) => label).join(', ')}`,
        caption: `Mean squared displacement${options.curves.some(({ low }) => low) ? ', 95 % band' : ''}${ends.length > 0 ? ', and below from how many pairs of points' : ''}. Dashed: MSD ∝ τ^α with the given exponent.`,
      },
      ...(ends.length > 0
        ? [firstLags(options, single && options.curves.length > 1 ? 'track' : 'class')]
        : []),
    ],
  };
}

/** Of what the squares are the sum, where there is more than one axis. */
const over = (dim: number): string =>
  dim > 1
    ? `The squares are summed over ${dim} axes: with D as above the MSD is ${2 * dim}·D·τ^α, and more by the localisation error. `
    : '';

/** The curves at their first lag, and how far they go. */
function firstLags({ curves, positionUnit, timeUnit }: MsdPlotOptions, of: string): Table {
  const time = timeUnit ? ` (${timeUnit})` : '';
  return {
    caption: `MSD at the first lag${positionUnit ? `, in ${positionUnit}²` : ''}, with its 95 % interval; the longest lag, and how many pairs are left there`,
    columns: [of, 'first MSD', `longest lag${time}`, 'pairs left'],
    rows: curves
      .filter(({ lag }) => lag.length > 0)
      .map(({ label, lag, msd, low, high, pairs }) => [
        classTitle(label),
        low && high
          ? `${digits(msd[0])} (${intervalText([low[0], high[0]], digits)})`
          : digits(msd[0]),
        digits(lag[lag.length - 1]),
        whole(Math.round(pairs?.[lag.length - 1] ?? Number.NaN)),
      ]),
  };
}
