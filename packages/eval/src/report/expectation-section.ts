import type { Calibration } from '../metrics/calibration.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { reliabilityPlot } from '../plots/reliability-plot.ts';
import { classLines, classTitle } from './class-names.ts';
import { decimal, intervalPercent, intervalText, percent, sharePercent, whole } from './format.ts';
import type { Piece, Section, Table } from './html-report.ts';

/** A value with a 95 % interval. */
export interface ReportedRange {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What to expect of a class. */
export interface ReportedClassExpectation {
  readonly name: string;
  /** Share of its judged tracks whose most probable class is right. */
  readonly recall: ReportedRange;
  /** Share of the tracks called by its name that are of it. */
  readonly precision: ReportedRange;
  /** Share of its tracks that are refused. */
  readonly refused: number;
  /** Simulated tracks behind it. */
  readonly rows: number;
}

/** What {@link expectationSection} tells; what is absent is left out. */
export interface ReportedExpectation {
  readonly accuracy: ReportedRange;
  readonly classes: readonly ReportedClassExpectation[];
  /** The same with the exact likelihoods in place of the model: more is not in the tracks. */
  readonly ceiling?: ReportedRange;
  /** Confidence against what is right, of the simulated tracks. */
  readonly calibration?: Calibration;
  /** How far estimates are from the truth there: of ln D and of α. */
  readonly errors?: readonly {
    readonly quantity: string;
    readonly bias: number;
    readonly rmse: number;
  }[];
  /** Numbers of the file beside those of files simulated to be like it. */
  readonly check?: readonly ({
    readonly quantity: string;
    readonly observed: number;
  } & ReportedRange)[];
  /** What speaks against believing any of it: drift, expected swaps, positions on a grid, a failed check. */
  readonly warnings?: readonly string[];
}

/**
 * What to expect of the model on tracks like those of the file: recall of each class with its interval, errors of D and α, the best that
 * could be reached, and whether the file is like anything that was simulated.
 *
 * @example
 * const section = expectationSection(await expectOn(tracks, model));
 */
export function expectationSection(expected: ReportedExpectation): Section {
  const {
    accuracy,
    classes,
    ceiling,
    calibration,
    errors = [],
    check = [],
    warnings = [],
  } = expected;
  const range = ({ value, low, high }: ReportedRange) =>
    Number.isFinite(value) ? `${sharePercent(value)} (${intervalPercent([low, high])})` : '–';
  const simulated = classes.reduce((sum, { rows }) => sum + rows, 0);
  const shown = classes.filter(({ recall }) => Number.isFinite(recall.value));
  const refused = classes.some((one) => one.refused >= 0.0005);
  const table: Table = {
    caption: 'Expected on the tracks of this file, 95 % intervals in brackets',
    columns: ['class', 'recall', 'precision', ...(refused ? ['refused'] : [])],
    rows: classes.map((one) => [
      classTitle(one.name),
      range(one.recall),
      range(one.precision),
      ...(refused ? [percent(one.refused)] : []),
    ]),
  };
  const pieces: Piece[] = [
    ...(shown.length > 0
      ? [
          {
            spec: intervalPlot({
              rows: classes.map(({ name, recall: { value, low, high } }, code) => ({
                label: classLines(name),
                value,
                interval: [low, high] as const,
                code,
              })),
              title: 'expected recall',
              domain: [0, 1] as const,
              format: '.0%',
            }),
            alt: `Expected recall: ${classes.map(({ name, recall }) => `${name} ${range(recall)}`).join(', ')}`,
            caption:
              'Of the tracks of each class, the share whose most probable class is expected to be right.',
          },
        ]
      : []),
    table,
    ...(calibration
      ? [
          {
            spec: reliabilityPlot(calibration),
            alt: `Reliability on simulated tracks like these: expected calibration error ${percent(calibration.error)}`,
            caption: `Probabilities against what is right on simulated tracks like these: on the dashed line they can be taken at their word. The mean distance is ${percent(calibration.error)}.`,
          },
        ]
      : []),
    ...(errors.length > 0
      ? [
          {
            caption: 'Errors of the estimates on simulated tracks like these',
            columns: ['quantity', 'bias', 'root mean square'],
            rows: errors.map(({ quantity, bias, rmse }) => [
              quantity,
              decimal(bias, 2),
              decimal(rmse, 2),
            ]),
          },
        ]
      : []),
    ...(check.length > 0
      ? [
          {
            caption:
              'Is the file like what was simulated? Its own numbers, and the 95 % range of simulated files',
            columns: ['quantity', 'this file', 'simulated', 'alike'],
            rows: check.map(({ quantity, observed, low, high }) => [
              quantity,
              decimal(observed, 2),
              intervalText([low, high], (x) => decimal(x, 2)),
              observed >= low && observed <= high ? 'yes' : 'no',
            ]),
          },
        ]
      : []),
  ];
  return {
    heading: 'What to expect on tracks like these',
    text: [
      ...warnings,
      `Of ${whole(simulated)} tracks that were simulated to be like those of the file (length, gaps, step, noise, class) and judged by the same model, the most probable class is right for ${range(accuracy)}.${ceiling ? ` The exact likelihoods of the laws, which know how the tracks were made, would be right for ${range(ceiling)}: more cannot be told from tracks as short and noisy as these.` : ''}`,
    ],
    pieces,
  };
}
