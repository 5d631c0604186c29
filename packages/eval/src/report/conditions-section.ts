import { intervalPlot } from '../plots/interval-plot.ts';
import type { Conditions } from '../shares/compare-conditions.ts';
import { classTitle } from './class-names.ts';
import {
  counted,
  intervalPercent,
  intervalText,
  percent,
  sharePercent,
  shareWithInterval,
} from './format.ts';
import type { Figure, Section, Table } from './html-report.ts';

/** What {@link conditionsSection} tells. */
export interface ConditionsReport {
  /** Classes of the model, in its order. */
  readonly classes: readonly string[];
  /** As `compareConditions` gives them. */
  readonly conditions: Conditions;
  /** What the tracks of a condition were measured in: `cell` or `file`; `unit` where left out. */
  readonly unitName?: string;
}

/**
 * The shares of the classes in each condition, and by how much they differ, with the intervals that there are between cells or
 * files.
 *
 * @example
 * const section = conditionsSection({ classes, conditions: compareConditions(rows, outcomes, { random }), unitName: 'cell' });
 */
export function conditionsSection({
  classes,
  conditions: { conditions, differences },
  unitName = 'unit',
}: ConditionsReport): Section {
  const names = conditions.map(({ name, units, shares }) => {
    return `${name}: ${counted(shares.tracks, 'track')} of ${counted(units, unitName)}`;
  });
  const reasons = conditions.flatMap(({ name, shares: { perParticle } }) => {
    const reason = perParticle.find(({ interval }) => !interval)?.reason;
    return reason ? [`${name} has no intervals: ${reason}.`] : [];
  });
  const figures = classes.map((name, k): Figure => {
    const rows = conditions.map(({ name: label, shares }) => ({
      label,
      value: shares.perParticle[k].share,
      interval: shares.perParticle[k].interval,
      code: k,
    }));
    return {
      spec: intervalPlot({ rows, title: `share of ${name}`, domain: [0, 1], format: '.0%' }),
      alt: `Share of ${name}: ${rows.map(({ label, value, interval }) => `${label} ${sharePercent(value)} (${intervalPercent(interval)})`).join(', ')}`,
      caption: `Share of ${classTitle(name)} in each condition.`,
    };
  });
  const shares: Table = {
    wide: true,
    caption: 'Shares of the particles, 95 % intervals in brackets',
    columns: ['class', ...conditions.map(({ name }) => name)],
    rows: classes.map((name, k) => [
      classTitle(name),
      ...conditions.map(({ shares: { perParticle } }) =>
        shareWithInterval(perParticle[k].share, perParticle[k].interval),
      ),
    ]),
  };
  const less: Table = {
    wide: true,
    caption:
      'Differences in percentage points, 95 % intervals in brackets; an interval without 0 is a difference that chance alone rarely makes',
    columns: ['class', ...differences.map(({ from, to }) => `${to} less ${from}`)],
    rows: classes.map((name, k) => [
      classTitle(name),
      ...differences.map(({ perParticle }) => {
        const { difference, interval } = perParticle[k];
        return interval
          ? `${points(difference)} (${intervalText(interval, points)})`
          : points(difference);
      }),
    ]),
  };
  return {
    heading: 'The conditions',
    text: [
      `${names.join('; ')}.`,
      `The shares are corrected as those above. Their intervals come from how much ${unitName}s of one condition differ, since the tracks of one ${unitName} have more in common than those of two; never from the number of tracks alone.`,
      ...(classes.length > 1 && differences.length > 0
        ? [
            `${counted(classes.length * differences.length, 'difference')} are compared with 0: where there is none, one interval of twenty leaves 0 out by chance.`,
          ]
        : []),
      ...reasons,
    ],
    pieces: [...figures, shares, ...(differences.length > 0 ? [less] : [])],
  };
}

/** A difference of shares, with its sign: `+12`, `−3.1`. */
function points(difference: number): string {
  const text = percent(Math.abs(difference), Math.abs(difference) < 0.0995 ? 1 : 0).replace(
    /\s%$/,
    '',
  );
  if (Number(text) === 0 || text === '–') return text;
  return `${difference < 0 ? '−' : '+'}${text}`;
}
