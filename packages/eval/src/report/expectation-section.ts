import { mostProbable } from '@diffusion/tracks';
import { calibration } from '../metrics/calibration.ts';
import { intervalPlot } from '../plots/interval-plot.ts';
import { reliabilityPlot } from '../plots/reliability-plot.ts';
import { classLines, classTitle } from './class-names.ts';
import {
  counted,
  decimal,
  digits,
  intervalPercent,
  percent,
  sharePercent,
  whole,
} from './format.ts';
import type { Figure, Piece, Section, Table } from './html-report.ts';

/** A value with a 95 % interval; NaN where nothing can be said. */
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

/** Errors of an estimate: estimate less truth. */
export interface ReportedErrors {
  readonly rows: number;
  readonly median: number;
  readonly rms: number;
  /** Share of the 95 % intervals that hold the truth. */
  readonly inside: ReportedRange;
}

/** What {@link expectationSection} tells, as `expectOn` of `@diffusion/expect` gives it; what is absent is left out. */
export interface ReportedExpectation {
  /** Share of the judged tracks whose most probable class is right. */
  readonly accuracy: ReportedRange;
  readonly classes: readonly ReportedClassExpectation[];
  /** How far the estimates are from the truth: of ln D and of α. */
  readonly estimates?: readonly {
    readonly name: string;
    readonly diffusion: ReportedErrors;
    readonly alpha: ReportedErrors;
  }[];
  /** The exact likelihoods in place of the model, on the same simulated tracks. */
  readonly ceiling?: {
    readonly tracks: number;
    readonly exact: ReportedRange;
    readonly model: ReportedRange;
    readonly classes: readonly { readonly name: string; readonly exact: ReportedRange }[];
  };
  /** Whether the file is like anything that was simulated. */
  readonly check?: {
    readonly passed: boolean;
    readonly numbers: readonly {
      readonly name: string;
      readonly distance: number;
      readonly p: number;
    }[];
  };
  /** What the tracks move in common. */
  readonly drift?: {
    readonly found: boolean;
    /** NaN where too few tracks are there together. */
    readonly p: number;
    /** Per frame, in the unit of the positions. */
    readonly speed: number;
    /** Tracks called directed, as they are and without it. */
    readonly directed: { readonly before: number; readonly after: number };
  };
  /** What of the file no simulated track has. */
  readonly warnings?: readonly { readonly text: string }[];
  /** The simulated tracks and what the model says of them. */
  readonly outcomes?: {
    readonly truth: ArrayLike<number>;
    /** Rows × classes. */
    readonly probabilities: ArrayLike<number>;
    readonly judged: ArrayLike<number>;
    /** What a row counts for, 1 on average; 1 each when absent. */
    readonly weight?: ArrayLike<number>;
  };
}

/**
 * What to expect of the model on tracks like those of the file: recall of each class with its interval, the best that could be reached,
 * errors of D and α, whether probabilities can be believed, and what speaks against any of it: a file like nothing simulated, a
 * common drift, expected swaps, positions on a grid.
 *
 * @param positionUnit of the file.
 * @example
 * const section = expectationSection(await expectOn(tracks, model), tracks.positionUnit);
 */
export function expectationSection(expected: ReportedExpectation, positionUnit = ''): Section {
  const { accuracy, classes, ceiling, estimates = [], outcomes } = expected;
  const simulated = classes.reduce((sum, { rows }) => sum + rows, 0);
  const best = ceiling
    ? ` Of ${counted(ceiling.tracks, 'track')} that the exact likelihoods can be asked of, they are right for ${range(ceiling.exact)} and the model for ${range(ceiling.model)}: who does not know how a track was made cannot do better than they.`
    : '';
  return {
    heading: 'What to expect on tracks like these',
    text: [
      ...doubts(expected, positionUnit),
      `${whole(simulated)} tracks like those of the file (in length, gaps, steps, noise and class) were simulated and judged by the same model: its most probable class is expected to be right for ${range(accuracy)} of the judged tracks.${best}`,
    ],
    pieces: [
      ...recallFigure(expected),
      recallTable(classes),
      ...(outcomes ? reliability(outcomes, classes.length) : []),
      ...(estimates.some(({ diffusion }) => Number.isFinite(diffusion.rms))
        ? [errorTable(estimates)]
        : []),
      ...checkTable(expected),
    ],
  };
}

const range = ({ value, low, high }: ReportedRange): string =>
  Number.isFinite(value) ? `${sharePercent(value)} (${intervalPercent([low, high])})` : '–';

/** What speaks against believing the rest, a sentence each. */
function doubts({ check, drift, warnings = [] }: ReportedExpectation, unit: string): string[] {
  const said = warnings.map(({ text }) => `Beware: ${text}.`);
  if (check && !check.passed) {
    const off = check.numbers.filter(({ p }) => p < 0.05).map(({ name }) => CHECKED[name] ?? name);
    said.unshift(
      `Beware: this file is like nothing that was simulated${off.length > 0 ? ` (${off.join('; ')})` : ''}. What is expected here, and what the model says, may not hold for it.`,
    );
  }
  if (drift?.found) {
    const { before, after } = drift.directed;
    const fewer =
      before > after
        ? `, and ${counted(before - after, 'track')} of ${whole(before)} called directed are not without it`
        : '';
    said.push(
      `The tracks drift together, by ${digits(drift.speed)} ${unit || 'units'} per frame${fewer}: take the drift off before you believe in directed motion.`,
    );
  }
  return said;
}

/** What of the file is compared with simulated ones. */
const CHECKED: Readonly<Record<string, string>> = {
  steps: 'the law of the steps',
  msd: 'the growth of the MSD',
  correlation: 'the correlation of one step with the next',
};

function recallFigure({ classes, ceiling }: ReportedExpectation): Figure[] {
  if (!classes.some(({ recall }) => Number.isFinite(recall.value))) return [];
  const exact = (name: string) => ceiling?.classes.find((one) => one.name === name)?.exact.value;
  return [
    {
      spec: intervalPlot({
        rows: classes.map(({ name, recall: { value, low, high } }, code) => ({
          label: classLines(name),
          value,
          interval: [low, high],
          code,
          ...(exact(name) !== undefined && { beside: exact(name) }),
        })),
        title: 'expected recall',
        domain: [0, 1],
        format: '.0%',
      }),
      alt: `Expected recall: ${classes.map(({ name, recall }) => `${name} ${range(recall)}`).join(', ')}`,
      caption: `Of the judged tracks of each class, the share whose most probable class is expected to be right, with 95 % intervals.${ceiling ? ' Upright stroke: what the exact likelihoods reach.' : ''}`,
    },
  ];
}

function recallTable(classes: readonly ReportedClassExpectation[]): Table {
  const refused = classes.some((one) => one.refused >= 0.0005);
  return {
    caption:
      'Expected recall, and precision (of the tracks called so, the share that is), with 95 % intervals',
    columns: ['class', 'recall', 'precision', ...(refused ? ['refused'] : [])],
    rows: classes.map((one) => [
      classTitle(one.name),
      range(one.recall),
      range(one.precision),
      ...(refused ? [percent(one.refused)] : []),
    ]),
  };
}

function reliability(
  { truth, probabilities, judged, weight }: NonNullable<ReportedExpectation['outcomes']>,
  classes: number,
): Figure[] {
  // Rows as often as they count, so that they are together like the file.
  const rows: number[] = [];
  let [sum, taken] = [0.5, 0];
  for (let i = 0; i < truth.length; i++) {
    sum += weight?.[i] ?? 1;
    for (; taken + 1 <= sum; taken++) if (judged[i]) rows.push(i);
  }
  if (rows.length < 50) return [];
  const all = mostProbable(probabilities, classes, classes);
  const result = calibration({
    actual: rows.map((i) => truth[i]),
    predicted: rows.map((i) => all[i]),
    probabilities: rows.flatMap((i) =>
      Array.from({ length: classes }, (_, k) => probabilities[i * classes + k]),
    ),
    classes,
  });
  return [
    {
      spec: reliabilityPlot(result),
      alt: `Reliability on simulated tracks like these, with a mean distance of ${percent(result.error)}: ${result.bins
        .filter(({ count }) => count > 0)
        .map(
          ({ confidence, accuracy }) =>
            `confidence ${percent(confidence, 0)}, right ${percent(accuracy, 0)}`,
        )
        .join('; ')}`,
      caption: `Can the probabilities be believed? Of simulated tracks like these, the share that is right against the probability of the most probable class. On the dashed line they can; the mean distance from it is ${percent(result.error)}.`,
    },
  ];
}

function errorTable(estimates: NonNullable<ReportedExpectation['estimates']>): Table {
  const cells = ({ median, rms }: ReportedErrors) => [decimal(median, 2), decimal(rms, 2)];
  return {
    caption:
      'Errors of the estimates on simulated tracks like these: median, and root mean square (RMS); ln D 0.1 is a tenth of D',
    columns: ['class', 'ln D', 'RMS', 'α', 'RMS'],
    rows: estimates
      .filter(({ diffusion }) => Number.isFinite(diffusion.rms))
      .map(({ name, diffusion, alpha }) => [
        classTitle(name),
        ...cells(diffusion),
        ...cells(alpha),
      ]),
  };
}

function checkTable({ check }: ReportedExpectation): Piece[] {
  if (!check || check.numbers.length === 0) return [];
  return [
    {
      caption:
        'Is the file like simulated ones? Largest difference of the cumulative shares, and how often simulated files differ as much by chance',
      columns: ['compared', 'difference', 'by chance'],
      rows: check.numbers.map(({ name, distance, p }) => [
        CHECKED[name] ?? name,
        decimal(distance, 2),
        Number.isFinite(p) ? percent(p) : '–',
      ]),
    },
  ];
}
