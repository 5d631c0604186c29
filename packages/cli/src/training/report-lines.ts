import type {
  ClassComparison,
  ClassificationMetrics,
  Noun,
  RegressionMetrics,
  SpreadCoverage,
  Stratification,
} from '@diffusion/eval';
import type { Output } from '@diffusion/models';
import type { EpochResult } from '@diffusion/train';
import { counted, table } from '../print.ts';
import type { PointMetrics } from './test-model.ts';

/** What a network reaches on the validation tracks after an epoch, in words. */
export function validationScores(
  { validationScore = Number.NaN, validationMae }: EpochResult,
  { kind }: Output,
): string {
  const score = `validation ${kind === 'exponent' ? 'MAE' : 'accuracy'} ${validationScore.toFixed(3)}`;
  return validationMae === undefined ? score : `${score}  MAE ${validationMae.toFixed(3)}`;
}

/** The metrics there are, of classes, of exponents or of both, for a terminal. */
export function metricLines(
  classes: ClassificationMetrics | undefined,
  exponents: RegressionMetrics | undefined,
  spread?: SpreadCoverage,
  noun?: Noun,
): string[] {
  const both = classes && exponents ? [''] : [];
  return [
    ...(classes ? classificationLines(classes, noun) : []),
    ...both,
    ...(exponents ? regressionLines(exponents) : []),
    ...(spread ? [spreadLine(spread)] : []),
  ];
}

/** How many points are right, for a terminal. */
export const pointLines = (points: PointMetrics | undefined): string[] =>
  points
    ? [`points: state right ${percent(points.pointAccuracy)}  MAE of α ${decimal(points.pointMae)}`]
    : [];

/** A share for a terminal. */
export const percent = (share: number): string =>
  Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–';

/** An interval of shares for a terminal, – where there is none. */
export const percents = (interval: { low: number; high: number } | undefined): string =>
  interval ? `${(100 * interval.low).toFixed(1)} to ${percent(interval.high)}` : '–';

export const decimal = (value: number): string => (Number.isFinite(value) ? value.toFixed(3) : '–');

/** Confusion matrix and per-class metrics, for a terminal. */
export function classificationLines(
  metrics: ClassificationMetrics,
  noun: Noun = 'track',
): string[] {
  const { perClass, confusion, accuracy, balancedAccuracy, mcc } = metrics;
  const names = perClass.map(({ label }) => label);
  return [
    `accuracy ${percent(accuracy)}  balanced ${percent(balancedAccuracy)}  MCC ${decimal(mcc)}  on ${judged(metrics, noun)}`,
    ...setLines(metrics),
    '',
    'confusion (rows: true, columns: predicted)',
    ...table([['', ...names], ...confusion.map((row, k) => [`  ${names[k]}`, ...row.map(String)])]),
    '',
    ...table([
      ['class', 'precision', 'recall', 'F1', `${noun}s`],
      ...perClass.map(({ label, precision, recall, f1, support }) => [
        `  ${label}`,
        percent(precision),
        percent(recall),
        decimal(f1),
        String(support),
      ]),
    ]),
  ];
}

/** What is told of prediction sets, where there are some: the numbers above are of the tracks that have one class. */
function setLines({ count, undecided, sets }: ClassificationMetrics): string[] {
  if (!sets) return [];
  const { coverage, meanSize, bestAccuracy } = sets;
  const best =
    bestAccuracy === undefined ? '' : `  most probable class right ${percent(bestAccuracy)}`;
  return [
    `undecided ${undecided} of ${counted(count, 'track')}  sets hold the class of ${percent(coverage)}  classes per set ${meanSize.toFixed(2)}${best}`,
  ];
}

/** Coverage and size of prediction sets by length, for a terminal; none without sets. */
export function setsByLengthLines(bins: ClassComparison['byLength'] = []): string[] {
  const rows = bins.flatMap(({ from, count, setCoverage, meanSetSize }) =>
    setCoverage === undefined || meanSetSize === undefined
      ? []
      : [[`  ${from}`, String(count), percent(setCoverage), meanSetSize.toFixed(2)]],
  );
  return rows.length > 0
    ? ['', ...table([['from points', 'tracks', 'coverage', 'classes per set'], ...rows])]
    : [];
}

function regressionLines(metrics: RegressionMetrics): string[] {
  const { mae, rmse, bias } = metrics;
  return [
    `MAE ${decimal(mae)}  RMSE ${decimal(rmse)}  bias ${decimal(bias)}  on ${judged(metrics)}`,
  ];
}

const spreadLine = ({ withinOne, withinTwo, mean, count }: SpreadCoverage): string =>
  `α within one spread ${percent(withinOne)}  within two ${percent(withinTwo)}  (normal errors: 68.3 and 95.4 %)  mean spread ${decimal(mean)}  on ${counted(count, 'track')}`;

const judged = (
  { count, unjudged, undecided = 0 }: { count: number; unjudged: number; undecided?: number },
  noun: Noun = 'track',
): string => `${count - unjudged - undecided} of ${count} ${noun}s`;

/** The strata of one kind, for a terminal. */
export function strataLines({ by, bins }: Stratification): string[] {
  if (bins.length === 0) return [];
  const ofClasses = bins.some(({ classes }) => classes);
  const ofExponents = bins.some(({ exponents }) => exponents);
  // Tracks of one model are of one class: a mean over what they are mistaken for says nothing.
  const severalClasses = by !== 'model';
  return [
    '',
    ...table([
      [
        by,
        'tracks',
        ...(ofClasses ? ['accuracy', '95 %'] : []),
        ...(ofClasses && severalClasses ? ['macro F1'] : []),
        ...(ofExponents ? ['MAE', '95 %'] : []),
      ],
      ...bins.map(({ name, classes, exponents }) => [
        `  ${name}`,
        String((classes ?? exponents)!.count),
        ...(ofClasses
          ? [percent(classes?.accuracy ?? Number.NaN), percents(classes?.accuracyInterval)]
          : []),
        ...(ofClasses && severalClasses ? [decimal(classes?.f1.macro ?? Number.NaN)] : []),
        ...(ofExponents
          ? [
              decimal(exponents?.mae ?? Number.NaN),
              exponents
                ? `${decimal(exponents.maeInterval.low)} to ${decimal(exponents.maeInterval.high)}`
                : '–',
            ]
          : []),
      ]),
    ]),
  ];
}
