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
  /** Tracks of the file; where it has one, nothing is counted, and there are no intervals. */
  readonly tracks?: number;
  /** Share of the judged tracks whose most probable class is right. */
  readonly accuracy: ReportedRange;
  readonly classes: readonly ReportedClassExpectation[];
  /** How far the estimates are from the truth: of ln D and of α. */
  readonly estimates?: readonly {
    readonly name: string;
    /** The law that they are estimated by; those of the report are by `fbm`. */
    readonly estimator?: string;
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
  const heading = 'What to expect on tracks like these';
  if (simulated === 0 || !Number.isFinite(accuracy.value)) {
    return {
      heading,
      text: [
        ...doubts(expected, positionUnit),
        'The model judges none of the simulated tracks that are like those of the file: nothing can be expected of it.',
      ],
      pieces: checkTable(expected),
    };
  }
  const best = ceiling
    ? ` For ${ceiling.classes.map(({ name }) => classTitle(name)).join(', ')} the exact likelihoods are known: of ${counted(ceiling.tracks, 'simulated track')} of these classes alone they tell ${range(ceiling.exact)} rightly, and the model ${range(ceiling.model)}; who does not know how a track was made cannot do better than they.`
    : '';
  const right =
    expected.tracks === 1
      ? `is right for ${sharePercent(accuracy.value)} of them`
      : `is expected to be right for ${range(accuracy)} of the judged tracks`;
  return {
    heading,
    text: [
      ...doubts(expected, positionUnit),
      `${whole(simulated)} tracks like ${expected.tracks === 1 ? 'that' : 'those'} of the file (in length, gaps, steps, noise and class) were simulated and judged by the same model: its most probable class ${right}.${best}`,
    ],
    pieces: [
      ...recallFigure(expected),
      ...recallTable(expected),
      ...(outcomes ? reliability(outcomes, classes.length) : []),
      ...(estimates.some(({ diffusion }) => enough(diffusion)) ? errorTable(estimates) : []),
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
        ? `, and ${counted(before - after, 'track')} of ${whole(before)} called directed ${before - after === 1 ? 'is' : 'are'} not without it`
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

/** Classes that the file may have tracks of, each with its place. */
const there = ({ classes }: ReportedExpectation) =>
  classes
    .map((one, code) => ({ ...one, code }))
    .filter(({ recall }) => Number.isFinite(recall.value));

/** An interval that says nothing. */
const says = ({ low, high }: ReportedRange): boolean => high - low < 0.99;

function recallFigure(expected: ReportedExpectation): Figure[] {
  const { ceiling, tracks } = expected;
  const classes = there(expected);
  if (classes.length < 2 || tracks === 1) return [];
  const exact = (name: string) => ceiling?.classes.find((one) => one.name === name)?.exact.value;
  return [
    {
      spec: intervalPlot({
        rows: classes.map(({ name, recall: { value, low, high }, code }) => ({
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
      caption: `Of the judged tracks of each class, the share whose most probable class is expected to be right, with 95 % intervals.${ceiling ? ' Upright stroke: what the exact likelihoods reach.' : ''}${classes.every(({ recall }) => says(recall)) ? '' : ' From 0 to 100 %: too few tracks of the class are in the file for a statement.'}`,
    },
  ];
}

function recallTable(expected: ReportedExpectation): Table[] {
  const classes = there(expected);
  if (classes.length === 0) return [];
  const refused = classes.some((one) => one.refused >= 0.0005);
  const one = expected.tracks === 1;
  const text = one ? ({ value }: ReportedRange) => sharePercent(value) : range;
  const left = expected.classes.length - classes.length;
  return [
    {
      caption: `Expected recall${one ? ' (were the track of that class, how likely it would be called so)' : ''}, and precision (of the tracks called so, the share that is)${one ? '' : ', with 95 % intervals'}${left > 0 ? '; of classes that are not listed the file has none' : ''}`,
      columns: ['class', 'recall', 'precision', ...(refused ? ['refused'] : [])],
      rows: classes.map((each) => [
        classTitle(each.name),
        text(each.recall),
        text(each.precision),
        ...(refused ? [percent(each.refused)] : []),
      ]),
    },
  ];
}

/** Bins of fewer tracks than this tell of chance alone. */
const LEAST_IN_BIN = 10;

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
  const found = calibration({
    actual: rows.map((i) => truth[i]),
    predicted: rows.map((i) => all[i]),
    probabilities: rows.flatMap((i) =>
      Array.from({ length: classes }, (_, k) => probabilities[i * classes + k]),
    ),
    classes,
  });
  const result = { ...found, bins: found.bins.filter(({ count }) => count >= LEAST_IN_BIN) };
  if (result.bins.length < 2) return [];
  return [
    {
      spec: reliabilityPlot(result),
      alt: `Reliability on simulated tracks like these, with a mean distance of ${percent(result.error)}: ${result.bins
        .map(
          ({ confidence, accuracy }) =>
            `confidence ${percent(confidence, 0)}, right ${percent(accuracy, 0)}`,
        )
        .join('; ')}`,
      caption: `Can the probabilities be believed? Of simulated tracks like these, the share that is right against the probability of the most probable class. On the dashed line they can; the mean distance from it is ${percent(result.error)}.`,
    },
  ];
}

/** Of fewer tracks no error is told. */
const enough = ({ rows, rms }: ReportedErrors): boolean => rows >= 10 && Number.isFinite(rms);

function errorTable(estimates: NonNullable<ReportedExpectation['estimates']>): Table[] {
  const own = estimates.some(
    ({ estimator, diffusion }) => estimator === 'directed' && enough(diffusion),
  );
  const cells = (errors: ReportedErrors) =>
    enough(errors) ? [decimal(errors.median, 2), decimal(errors.rms, 2)] : ['–', '–'];
  return [
    {
      caption: `Errors of the estimates on simulated tracks like these: median, and root mean square (RMS). Of ln D 0.1 is a tenth of D, 0.7 a factor of two, 2.3 a factor of ten${own ? '. By its own law: as ‘diffusion estimate’ has D of such tracks; all numbers above are by that of fractional Brownian motion' : ''}`,
      columns: ['class', 'ln D', 'RMS', 'α', 'RMS'],
      rows: estimates
        .filter(({ diffusion }) => enough(diffusion))
        .map(({ name, estimator, diffusion, alpha }) => [
          `${classTitle(name)}${estimator === 'directed' ? ', by its own law' : ''}`,
          ...cells(diffusion),
          ...cells(alpha),
        ]),
    },
  ];
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
