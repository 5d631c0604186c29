import { keyedRandom } from '@diffusion/random';
import { ReadError } from '@diffusion/tracks';
import { binRows } from '../metrics/bin-rows.ts';
import { bootstrapInterval } from '../metrics/bootstrap-interval.ts';
import type { ClassMetrics } from '../metrics/class-metrics.ts';
import { classificationMetrics } from '../metrics/classification-metrics.ts';
import { regressionMetrics } from '../metrics/regression-metrics.ts';
import type { Interval } from '../metrics/wilson-interval.ts';
import { asSpelled } from './as-spelled.ts';
import type { ClassComparison, Comparison, ExponentComparison } from './compare-predictions.ts';
import type { Reference } from './parse-reference.ts';

/** What tracks are put into strata by: all of it stands in the reference. */
export const strata = ['length', 'snr', 'alpha', 'model'] as const;
export type Stratum = (typeof strata)[number];

/** How {@link stratify} divides. */
export interface StratifyOptions {
  readonly by: readonly Stratum[];
  /** Edges of the bins in the place of the usual ones. */
  readonly edges?: Readonly<Partial<Record<'length' | 'snr' | 'alpha', readonly number[]>>>;
  /** Of the bootstrap of the errors; 1 when absent. */
  readonly seed?: number;
}

/** One stratum: tracks of [from, to), or of one value or model. */
export interface StratumBin {
  /** `10–50`, `1`, `fbm`. */
  readonly name: string;
  /** Where it is a range; equal where it is one value. */
  readonly from?: number;
  readonly to?: number;
  /** Of the classes; absent where none were compared. */
  readonly classes?: {
    readonly count: number;
    readonly judged: number;
    readonly accuracy: number;
    /** Wilson's, 95 %. */
    readonly accuracyInterval: Interval;
    readonly f1: { readonly micro: number; readonly macro: number };
    readonly perClass: readonly ClassMetrics[];
    readonly confusion: readonly (readonly number[])[];
  };
  /** Of the exponents; absent where none were compared. */
  readonly exponents?: {
    readonly count: number;
    readonly judged: number;
    readonly mae: number;
    /** Percentile bootstrap, 95 %. */
    readonly maeInterval: Interval;
    readonly rmse: number;
    readonly bias: number;
  };
}

/** The strata of one kind, in their order; those without a track are left out. */
export interface Stratification {
  readonly by: Stratum;
  readonly bins: readonly StratumBin[];
}

const EDGES = {
  length: [1, 10, 50, 100, 200, 300, 400, 500, 600, 700, 800, 900, 1000, Infinity],
  snr: [0, 0.5, 1, 2, 5, 10, 20, Infinity],
  alpha: Array.from({ length: 21 }, (_, k) => k / 10),
};

/** So many different values are strata each, as the three signal-to-noise ratios of AnDi are. */
const FEW = 8;

/**
 * What {@link comparePredictions} finds, for tracks of each length, signal-to-noise ratio, true exponent and model of motion by
 * themselves. Lengths are binned by 100 points (10 and 50 below), exponents by 0.1; a signal-to-noise ratio that has at most
 * eight values is a stratum each.
 *
 * Throws ReadError where the reference has not what it is asked for.
 *
 * Source: figures 5 to 8 of D. Li, Q. Yao and Z. Huang (2021).
 *
 * @example
 * const [byModel] = stratify(comparePredictions(predictions, reference), reference, { by: ['model'] });
 * byModel.bins.map(({ name, exponents }) => [name, exponents?.mae])
 */
export function stratify(
  comparison: Comparison,
  reference: Reference,
  { by, edges = {}, seed = 1 }: StratifyOptions,
): Stratification[] {
  return by.map((stratum) => ({
    by: stratum,
    bins: binsOf(comparison, reference, stratum, edges, seed),
  }));
}

/** The rows of the reference that a stratum holds. */
interface Members {
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
  readonly holds: (row: number) => boolean;
}

function binsOf(
  { classification, exponents }: Comparison,
  reference: Reference,
  stratum: Stratum,
  edges: NonNullable<StratifyOptions['edges']>,
  seed: number,
): StratumBin[] {
  const members =
    stratum === 'model'
      ? modelsOf(reference, classification?.classes ?? [])
      : rangesOf(valuesOf(reference, stratum), edges[stratum], EDGES[stratum], stratum);
  return members.flatMap(({ name, from, to, holds }) => {
    const rowsIn = (places: Uint32Array) =>
      Uint32Array.from(places.keys()).filter((i) => holds(places[i]));
    const ofClasses = classification && classesOf(classification, rowsIn(classification.rows));
    const ofExponents = exponents && exponentsOf(exponents, rowsIn(exponents.rows), seed);
    if (!ofClasses && !ofExponents) return [];
    return [
      {
        name,
        ...(from !== undefined && { from, to }),
        ...(ofClasses && { classes: ofClasses }),
        ...(ofExponents && { exponents: ofExponents }),
      },
    ];
  });
}

function classesOf(
  { actual, predicted, classes }: ClassComparison,
  rows: Uint32Array,
): StratumBin['classes'] {
  if (rows.length === 0) return undefined;
  const metrics = classificationMetrics({ actual, predicted, classes, rows });
  const { count, coverage, accuracy, accuracyInterval, f1, perClass, confusion } = metrics;
  return {
    count,
    judged: Math.round(count * coverage),
    accuracy,
    accuracyInterval,
    f1: { micro: f1.micro, macro: f1.macro },
    perClass,
    confusion,
  };
}

function exponentsOf(
  { actual, predicted }: ExponentComparison,
  rows: Uint32Array,
  seed: number,
): StratumBin['exponents'] {
  if (rows.length === 0) return undefined;
  const { count, unjudged, mae, rmse, bias } = regressionMetrics({ actual, predicted, rows });
  const statistic = (drawn: Uint32Array) => {
    let [sum, judged] = [0, 0];
    for (const i of drawn) {
      const error = Math.abs(predicted[rows[i]] - actual[rows[i]]);
      if (Number.isNaN(error)) continue;
      sum += error;
      judged++;
    }
    return sum / judged;
  };
  const maeInterval = bootstrapInterval({
    count: rows.length,
    statistic,
    random: keyedRandom(seed, 'bootstrap'),
    resamples: 400,
  });
  return { count, judged: count - unjudged, mae, maeInterval, rmse, bias };
}

/** What the reference says of each row, in numbers. */
function valuesOf(reference: Reference, stratum: 'length' | 'snr' | 'alpha'): Float64Array {
  const { andi, lengths, snr, alpha, source } = reference;
  // Of an AnDi file of exponents the numbers are these; label codes are whole numbers.
  const exponents = alpha ?? (andi?.every(Number.isInteger) ? undefined : andi);
  const values = { length: lengths, snr, alpha: exponents }[stratum];
  if (values) return values;
  const column =
    stratum === 'snr'
      ? 'snr, or sigma_x as metaN.csv has it (`diffusion dataset` writes both)'
      : stratum;
  throw new ReadError(
    `there is no ${stratum} to put tracks into strata by: expected a column ${column}`,
    {
      source,
    },
  );
}

function rangesOf(
  values: Float64Array,
  given: readonly number[] | undefined,
  usual: readonly number[],
  stratum: Stratum,
): Members[] {
  const distinct = [...new Set(values)].filter(Number.isFinite).sort((a, b) => a - b);
  if (!given && stratum === 'snr' && distinct.length <= FEW) {
    const names = shortNames(distinct);
    return distinct.map((value, k) => ({
      name: names[k],
      from: value,
      to: value,
      holds: (row) => values[row] === value,
    }));
  }
  return binRows(values, given ?? usual).map(({ from, to, rows }) => {
    const inside = new Set(rows);
    const name = to === Infinity ? `${from} and more` : `${from}–${to}`;
    return { name, from, to, holds: (row) => inside.has(row) };
  });
}

/** Values of no more digits than tell them apart, three at least: 1.26 and not 1.26491106407. */
function shortNames(values: readonly number[], digits = 3): string[] {
  const names = values.map((value) => String(Number(value.toPrecision(digits))));
  const distinct = new Set(names).size === values.length;
  return distinct || digits === 17 ? names : shortNames(values, digits + 1);
}

function modelsOf({ labels, source }: Reference, classes: readonly string[]): Members[] {
  if (!labels) {
    throw new ReadError(
      'there is no model to put tracks into strata by: expected a column model or label',
      { source },
    );
  }
  const named = labels.map((label) => asSpelled(label, classes));
  const models = [...new Set(named)].filter((name) => name !== '').sort();
  return models.map((name) => ({ name, holds: (row) => named[row] === name }));
}
