import { mostProbable, ReadError, type ReasonKind } from '@diffusion/tracks';
import { binRows } from '../metrics/bin-rows.ts';
import { type Calibration, calibration } from '../metrics/calibration.ts';
import {
  type ClassificationMetrics,
  classificationMetrics,
} from '../metrics/classification-metrics.ts';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';
import { type RegressionMetrics, regressionMetrics } from '../metrics/regression-metrics.ts';
import { type SpreadCoverage, spreadCoverage } from '../metrics/spread-coverage.ts';
import { asSpelled } from './as-spelled.ts';
import { groupReasons } from './group-reasons.ts';
import { matchRows } from './match-rows.ts';
import { nameAndiCodes } from './name-andi-codes.ts';
import type { Noun } from './noun.ts';
import type { Predictions } from './parse-predictions.ts';
import type { Reference } from './parse-reference.ts';

/** How predicted classes compare with the true ones. */
export interface ClassComparison {
  readonly classes: readonly string[];
  /** Codes of the tracks whose true class is known. */
  readonly actual: Int32Array;
  /** Where each of them stands in the reference. */
  readonly rows: Uint32Array;
  /** Codes, −1 for unjudged and undecided. */
  readonly predicted: Int32Array;
  readonly metrics: ClassificationMetrics;
  /** Where there are probabilities: with sets, of the most probable class of every track that has one. */
  readonly calibration?: Calibration;
  /** Accuracy by length, and coverage and mean size of sets, where the reference gives lengths; the last bin has no end. */
  readonly byLength?: {
    from: number;
    to: number;
    count: number;
    accuracy: number;
    setCoverage?: number;
    meanSetSize?: number;
  }[];
}

/** How predicted exponents compare with the true ones. */
export interface ExponentComparison {
  readonly actual: Float64Array;
  /** Where each of them stands in the reference. */
  readonly rows: Uint32Array;
  /** NaN for unjudged. */
  readonly predicted: Float64Array;
  readonly metrics: RegressionMetrics;
  /** How the predicted spreads fit the errors, where there are such. */
  readonly spread?: SpreadCoverage;
  /** Errors by true exponent from 0 to 2. */
  readonly byExponent: ({ from: number; to: number } & RegressionMetrics)[];
  /** Errors by length, where the reference gives lengths; the last bin has no end. */
  readonly byLength?: ({ from: number; to: number } & RegressionMetrics)[];
}

/** What {@link comparePredictions} finds. */
export interface Comparison {
  /** What was judged: absent for tracks. */
  readonly noun?: Noun;
  /** Rows of the predictions. */
  readonly count: number;
  /** Rows per reason, the most frequent first; reasons of one kind are one. */
  readonly reasons: { kind: ReasonKind; reason: string; count: number }[];
  readonly classification?: ClassComparison;
  readonly exponents?: ExponentComparison;
}

const LENGTH_EDGES = [1, 10, 20, 50, 100, 200, 500, 1000, Infinity];
const EXPONENT_EDGES = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

/**
 * Compares predictions with a reference, row by row by track (and file), and computes every metric that applies:
 * those of classes where both have labels, those of exponents where both have exponents. Tracks whose true class or
 * exponent nobody knows are left out; those without a prediction are counted as `unjudged`.
 *
 * The classes are those with a probability, in their order, then any other of the reference in alphabetical order:
 * a class that the classifier does not know counts against it, but then there is no log loss and no calibration.
 * Labels may differ in upper and lower case, and LW is levy-walk.
 *
 * Throws ReadError when a track is missing, extra or twice, when the two files have nothing in common to compare,
 * or when no label of the reference is a class that has a probability.
 *
 * @example
 * const comparison = comparePredictions(parsePredictions(text), parseReference(truth));
 * comparison.classification?.metrics.accuracy
 */
export function comparePredictions(predictions: Predictions, reference: Reference): Comparison {
  const rows = matchRows(predictions, reference);
  const classification = compareClasses(predictions, reference, rows);
  const exponents = compareExponents(predictions, reference, rows);
  if (!classification && !exponents) {
    const has = predictions.labels ? 'label' : 'alpha';
    throw new ReadError(
      `there is no ${has} to compare with those of ${predictions.source}: expected a column ${has}`,
      { source: reference.source },
    );
  }
  return {
    ...(predictions.noun && { noun: predictions.noun }),
    count: rows.length,
    reasons: groupReasons(predictions.reasons).map(({ kind, reason, rows: { length } }) => ({
      kind,
      reason,
      count: length,
    })),
    ...(classification && { classification }),
    ...(exponents && { exponents }),
  };
}

function compareClasses(
  predictions: Predictions,
  reference: Reference,
  rows: Uint32Array,
): ClassComparison | undefined {
  const { labels, probabilities } = predictions;
  const known = predictions.classes ?? [];
  if (!labels) return undefined;
  const codes = andiMeans(reference, predictions) === 'labels' ? reference.andi : undefined;
  const said = known.length > 0 ? known : [...new Set(labels)].filter((label) => label !== '');
  const truth =
    reference.labels?.map((label) => asSpelled(label, said)) ??
    (codes && nameAndiCodes(codes, said, reference));
  if (!truth) return undefined;
  const used = Array.from(rows.keys()).filter((i) => truth[rows[i]] !== '');
  const named = new Set([
    ...used.map((i) => truth[rows[i]]),
    ...used.map((i) => labels[i]).filter((label) => label !== ''),
  ]);
  if (known.length > 0 && named.size > 0 && !truth.some((label) => known.includes(label))) {
    throw new ReadError(
      `the labels (${[...new Set(truth)].slice(0, 5).join(', ')}) are none of the classes of ${predictions.source}: expected ${known.join(', ')}`,
      { source: reference.source },
    );
  }
  const unknown = [...named].filter((label) => !known.includes(label)).sort();
  const classes = [...known, ...unknown];
  const code = new Map(classes.map((label, k) => [label, k]));
  const actual = Int32Array.from(used, (i) => code.get(truth[rows[i]])!);
  const predicted = Int32Array.from(used, (i) => code.get(labels[i]) ?? UNJUDGED);
  const judgeable = probabilities && unknown.length === 0;
  const chosen = judgeable && takeRows(probabilities, used, classes.length);
  const sets =
    predictions.sets && unknown.length === 0
      ? takeRows(predictions.sets, used, classes.length)
      : undefined;
  const input = {
    actual,
    predicted,
    classes,
    ...(chosen && { probabilities: chosen }),
    ...(sets && { sets }),
  };
  const lengths = reference.lengths && takeValues(reference.lengths, used, rows);
  return {
    classes,
    actual,
    rows: Uint32Array.from(used, (i) => rows[i]),
    predicted,
    metrics: classificationMetrics(input),
    ...(chosen && {
      calibration: calibration({
        actual,
        predicted: sets ? mostProbable(chosen, classes.length, classes.length) : predicted,
        probabilities: chosen,
        classes: classes.length,
      }),
    }),
    ...(lengths && {
      byLength: filledBins(lengths, LENGTH_EDGES).map(({ from, to, rows: ofBin }) => {
        const { accuracy, sets: met } = classificationMetrics({ ...input, rows: ofBin });
        const ofSets = met && { setCoverage: met.coverage, meanSetSize: met.meanSize };
        return { from, to, count: ofBin.length, accuracy, ...ofSets };
      }),
    }),
  };
}

function compareExponents(
  predictions: Predictions,
  reference: Reference,
  rows: Uint32Array,
): ExponentComparison | undefined {
  const alpha = predictions.alpha;
  const exponents = andiMeans(reference, predictions) === 'alpha' ? reference.andi : undefined;
  const truth = reference.alpha ?? exponents;
  if (!alpha || !truth) return undefined;
  const used = Array.from(rows.keys()).filter((i) => !Number.isNaN(truth[rows[i]]));
  const actual = takeValues(truth, used, rows);
  const predicted = Float64Array.from(used, (i) => alpha[i]);
  const spreads = predictions.spreads && Float64Array.from(used, (i) => predictions.spreads![i]);
  const lengths = reference.lengths && takeValues(reference.lengths, used, rows);
  const by = (values: Float64Array, edges: readonly number[]) =>
    filledBins(values, edges).map((bin) => ({
      from: bin.from,
      to: bin.to,
      ...regressionMetrics({ actual, predicted, rows: bin.rows }),
    }));
  return {
    actual,
    rows: Uint32Array.from(used, (i) => rows[i]),
    predicted,
    metrics: regressionMetrics({ actual, predicted }),
    ...(spreads && { spread: spreadCoverage({ actual, predicted, spreads }) }),
    byExponent: by(actual, EXPONENT_EDGES),
    ...(lengths && { byLength: by(lengths, LENGTH_EDGES) }),
  };
}

/** What the numbers of an AnDi file are: it does not say, so what was predicted decides, and then the numbers. */
function andiMeans({ andi }: Reference, { labels, alpha }: Predictions): 'labels' | 'alpha' {
  if (labels && alpha) return andi?.every(Number.isInteger) ? 'labels' : 'alpha';
  return labels ? 'labels' : 'alpha';
}

function takeValues(
  values: Float64Array,
  used: readonly number[],
  rows: Uint32Array,
): Float64Array {
  return Float64Array.from(used, (i) => values[rows[i]]);
}

function takeRows(values: ArrayLike<number>, used: readonly number[], classes: number) {
  const taken = new Float64Array(used.length * classes);
  used.forEach((i, r) => {
    for (let k = 0; k < classes; k++) taken[r * classes + k] = values[i * classes + k];
  });
  return taken;
}

function filledBins(values: Float64Array, edges: readonly number[]) {
  return binRows(values, edges).filter((bin) => bin.rows.length > 0);
}
