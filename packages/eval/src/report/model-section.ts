import { classTitle } from './class-names.ts';
import { decimal, percent, whole } from './format.ts';
import type { Piece, Section, Table } from './html-report.ts';

/** From what probability on a class is possible for a track, by its length. */
export interface ReportedThresholds {
  /** The classes that a threshold is of, a list per column. */
  readonly columns: readonly {
    readonly classes: readonly string[];
    /** Of tracks whose steps cannot be told from those of noise. */
    readonly noise?: boolean;
  }[];
  /** Points, from and below to, and a probability per column. */
  readonly bins: readonly {
    readonly from: number;
    readonly to: number;
    readonly thresholds: readonly number[];
  }[];
}

/** What {@link modelSection} tells. */
export interface ReportedModel {
  readonly name: string;
  /** Where it comes from and what it holds for, a paragraph each. */
  readonly about: readonly string[];
  /** What it is, what it has seen, what it refuses: a line each. */
  readonly facts: readonly (readonly [what: string, value: string])[];
  /** What was measured on simulated tracks that its training has not seen, by the names of a model's card. */
  readonly metrics?: Readonly<Record<string, number>>;
  readonly thresholds?: ReportedThresholds;
}

type Text = (value: number) => string;

/** What the figures of a card are called, and how they are written. */
const METRICS: Readonly<Record<string, readonly [what: string, text: Text]>> = {
  testAccuracy: ['accuracy', percent],
  bestAccuracy: ['tracks whose most probable class is right', percent],
  withOneClass: ['tracks with one class', percent],
  accuracy: ['of these, right', percent],
  balancedAccuracy: ['of these, right: mean over the classes', percent],
  mcc: ['of these, Matthews’ correlation', decimal],
  setCoverage: ['sets that hold the class of the track', percent],
  meanSetSize: ['classes per set', (x) => decimal(x, 2)],
  mae: ['mean absolute error of α', (x) => decimal(x, 2)],
  rmse: ['root of the mean squared error of α', (x) => decimal(x, 2)],
  bias: ['bias of α', decimal],
};

/** Of a training, and of no use to whoever reads what a model says. */
const OF_TRAINING = /^validation/;

/**
 * The model and its training: what it is and has seen, what it reaches on simulated tracks, and the thresholds by which it calls a
 * class possible.
 *
 * @example
 * const section = modelSection({ name: 'motion-2d', about: ['…'], facts: [['network', 'multiscale']], metrics: { accuracy: 0.89 } });
 */
export function modelSection({
  name,
  about,
  facts,
  metrics = {},
  thresholds,
}: ReportedModel): Section {
  const withSets = 'withOneClass' in metrics;
  const known = Object.keys(METRICS).filter((key) => key in metrics);
  const others = Object.keys(metrics).filter(
    (key) => !known.includes(key) && !OF_TRAINING.test(key),
  );
  const rows = [...known, ...others].map((key) => {
    const [what, text] = METRICS[key] ?? [key, decimal];
    return [
      withSets ? what : what.replace(/^of these, (right)?/, (_, right) => (right ? 'right' : '')),
      text(metrics[key]),
    ];
  });
  const pieces: Piece[] = [
    { caption: 'What it is', columns: ['model', name], rows: facts },
    ...(rows.length > 0
      ? [
          {
            caption:
              'Measured on simulated tracks that its training has not seen, of all lengths and noises together',
            columns: ['figure', 'value'],
            rows,
          },
        ]
      : []),
    ...(thresholds ? [thresholdTable(thresholds)] : []),
  ];
  return { heading: `The model and its training: ${name}`, text: about, pieces };
}

function thresholdTable({ columns, bins }: ReportedThresholds): Table {
  return {
    caption:
      'A class is possible for a track if its probability reaches this, or if it is the most probable one (–: only then)',
    columns: [
      'points',
      ...columns.map(
        ({ classes, noise }) =>
          `${classes.length > 2 ? 'other classes' : classes.map(classTitle).join(', ')}${noise ? ', steps like noise' : ''}`,
      ),
    ],
    rows: bins.map(({ from, to, thresholds }) => [
      to - from === 1 ? whole(from) : `${whole(from)}–${whole(to - 1)}`,
      ...thresholds.map((one) => (one >= 1 ? '–' : percent(one))),
    ]),
  };
}
