import { randomInteger, type UniformSource } from '@diffusion/random';
import { EvaluationError } from '../errors.ts';
import { normalQuantile } from '../metrics/normal-quantile.ts';
import { type ClassShare, type Shares, sharesOf, withIntervals } from './class-shares.ts';
import { beforeLosses, type FittedShares, softened, uncertaintyOf } from './fit-shares.ts';
import { greatestLikelihood } from './greatest-likelihood.ts';
import type { JudgedRows, SimulatedRows } from './rows.ts';
import { studentQuantile } from './student-quantile.ts';

/** Judged tracks of several conditions. */
export interface ConditionRows extends JudgedRows {
  /** Condition of each track. */
  readonly group: readonly string[];
  /** What each track was measured in: its cell or file. The tracks of one have more in common than those of two. */
  readonly unit: readonly string[];
}

/** Options of {@link compareConditions}. */
export interface ConditionsOptions {
  /** What the cells or files are drawn again with, such as `keyedRandom(seed, 'bootstrap')` of `@diffusion/random`. */
  readonly random: UniformSource;
  /** Number of times, 1,000 when absent. */
  readonly resamples?: number;
  /** 0.95 when absent. */
  readonly confidence?: number;
  /** What the units are called where there are too few of them; `cells or files` when absent. */
  readonly unitName?: string;
}

/** Shares of classes in one condition. */
export interface Condition {
  readonly name: string;
  readonly units: number;
  /** Counts as of {@link classShares}; the intervals of the shares are those between units. */
  readonly shares: Shares;
}

/** By how much a share is greater in one condition than in another. */
export interface ShareDifference {
  readonly name: string;
  readonly difference: number;
  readonly interval?: readonly [low: number, high: number];
  /** Why there is no interval. */
  readonly reason?: string;
}

/** What {@link compareConditions} finds. */
export interface Conditions {
  /** In the order in which they come first. */
  readonly conditions: readonly Condition[];
  /** Of each pair: the shares per particle of the second less those of the first. */
  readonly differences: readonly {
    readonly from: string;
    readonly to: string;
    readonly perParticle: readonly ShareDifference[];
  }[];
}

/** With fewer nothing is known of how units differ. */
const LEAST_UNITS = 5;

/**
 * Shares of classes in several conditions, and how they differ. What is drawn again is cells or files, never tracks: a hundred
 * tracks of one cell say less of a condition than one track each of a hundred cells. The interval of a share is that of the
 * redrawn units, stretched for their number by √(n/(n − 1)) and Student's t over the normal quantile, and the error of the
 * simulation beside; it is never shorter than for independent tracks. Differences have the interval that follows from
 * those of both shares. Where a condition has fewer than five units there is no interval.
 *
 * Throws {@link EvaluationError} for columns that do not fit, or options that are out of range.
 *
 * Sources: B. Efron, Ann. Stat. 7 (1979) 1; T. Hesterberg, Am. Stat. 69 (2015) 371 (few units);
 * G. Zou, A. Donner, Stat. Med. 27 (2008) 1693 (differences).
 *
 * @example
 * const { differences } = compareConditions({ ...rows, group, unit: files }, simulated, { random: keyedRandom(1, 'bootstrap') });
 * differences[0].perParticle[2] // { name: 'brownian', difference: 0.12, interval: [0.03, 0.21] }
 */
export function compareConditions(
  observed: ConditionRows,
  simulated: SimulatedRows,
  options: ConditionsOptions,
): Conditions {
  const { group, unit, judged } = observed;
  const { resamples = 1000, confidence = 0.95 } = options;
  if (!(Number.isInteger(resamples) && resamples >= 100)) {
    throw new EvaluationError(`resamples is ${resamples}: expected a whole number, at least 100`);
  }
  for (const [name, column] of Object.entries({ group, unit })) {
    if (column.length === judged.length) continue;
    throw new EvaluationError(
      `observed.${name} has ${column.length} names: expected one of each of ${judged.length} rows`,
    );
  }
  const names = [...new Set(group)];
  const conditions = names.map((name) => {
    const rows = rowsWhere(observed, name);
    return conditionOf(name, rows, simulated, { ...options, resamples, confidence });
  });
  const differences = conditions.flatMap((from, a) =>
    conditions.slice(a + 1).map((to) => ({
      ...{ from: from.name, to: to.name },
      perParticle: from.shares.perParticle.map((first, k) =>
        differenceOf(first, to.shares.perParticle[k]),
      ),
    })),
  );
  return { conditions, differences };
}

function rowsWhere(observed: ConditionRows, condition: string): ConditionRows {
  const { classes, probabilities, judged, points, kept, group, unit } = observed;
  const rows = group.flatMap((name, i) => (name === condition ? [i] : []));
  const take = (column: ArrayLike<number>) => Float64Array.from(rows, (i) => column[i]);
  const width = classes.length;
  return {
    classes,
    probabilities: Float64Array.from(
      { length: rows.length * width },
      (_, at) => probabilities[rows[Math.floor(at / width)] * width + (at % width)],
    ),
    judged: take(judged),
    ...(points && { points: take(points) }),
    ...(kept && { kept: take(kept) }),
    group: rows.map((i) => group[i]),
    unit: rows.map((i) => unit[i]),
  };
}

function conditionOf(
  name: string,
  rows: ConditionRows,
  simulated: SimulatedRows,
  options: ConditionsOptions & { readonly resamples: number; readonly confidence: number },
): Condition {
  const { confidence, unitName = 'cells or files' } = options;
  const names = [...new Set(rows.unit)];
  if (names.length < LEAST_UNITS) {
    const why = `too few ${unitName} (${names.length}): expected ${LEAST_UNITS} and more, since the tracks of one have more in common than those of two`;
    const shares = sharesOf(rows, simulated, (found) =>
      withIntervals(rows, found, confidence).map(({ name: of, share, reason }) => ({
        ...{ name: of, share, reason: reason ?? why },
      })),
    );
    return { name, units: names.length, shares };
  }
  const place = new Map(names.map((of, u) => [of, u]));
  const units = { count: names.length, of: Int32Array.from(rows.unit, (of) => place.get(of)!) };
  const shares = sharesOf(rows, simulated, (found) =>
    betweenUnits(withIntervals(rows, found, confidence), rows, found, units, options),
  );
  return { name, units: units.count, shares };
}

/** The intervals of redrawn units, none of them shorter than the one that is there. */
function betweenUnits(
  shares: readonly ClassShare[],
  { classes }: ConditionRows,
  found: FittedShares,
  units: { readonly count: number; readonly of: Int32Array },
  {
    random,
    resamples,
    confidence,
  }: ConditionsOptions & { readonly resamples: number; readonly confidence: number },
): ClassShare[] {
  const { law, mixture } = found;
  if (law.known.length < 2) return [...shares];
  const best = beforeLosses(found.shares, mixture.kept);
  const start = softened(found.shares, 10 * mixture.weights.length + 10);
  const redrawn = Array.from(best, () => new Float64Array(resamples));
  const times = new Float64Array(units.count);
  for (let r = 0; r < resamples; r++) {
    times.fill(0);
    for (let u = 0; u < units.count; u++) times[randomInteger(random, 0, units.count - 1)]++;
    const weights = mixture.weights.map((weight, i) => weight * times[units.of[i]]);
    const there = greatestLikelihood({ ...mixture, weights }, start, undefined, true);
    beforeLosses(there.shares, mixture.kept).forEach((share, k) => {
      redrawn[k][r] = share;
    });
  }
  const z = normalQuantile(0.5 + confidence / 2);
  const stretch =
    (Math.sqrt(units.count / (units.count - 1)) *
      studentQuantile(0.5 + confidence / 2, units.count - 1)) /
    z;
  const { simulation } = uncertaintyOf(found);
  return shares.map((share) => {
    const k = law.known.indexOf(classes.indexOf(share.name));
    if (k < 0 || !share.interval) return share;
    const sorted = redrawn[k].sort((a, b) => a - b);
    const beside = z * Math.sqrt(simulation[k]);
    const at = (p: number) => sorted[Math.min(resamples - 1, Math.floor(p * resamples))];
    const below = stretch * Math.max(0, best[k] - at((1 - confidence) / 2));
    const above = stretch * Math.max(0, at((1 + confidence) / 2) - best[k]);
    return {
      ...share,
      interval: [
        Math.max(0, Math.min(share.interval[0], best[k] - Math.hypot(below, beside))),
        Math.min(1, Math.max(share.interval[1], best[k] + Math.hypot(above, beside))),
      ],
    };
  });
}

/** The interval of a difference of two shares from theirs. */
function differenceOf(from: ClassShare, to: ClassShare): ShareDifference {
  const difference = to.share - from.share;
  if (!from.interval || !to.interval) {
    return { name: from.name, difference, reason: from.reason ?? to.reason };
  }
  const [first, second] = [from, to].map(({ share, interval }) => ({
    below: share - interval![0],
    above: interval![1] - share,
  }));
  return {
    name: from.name,
    difference,
    interval: [
      Math.max(-1, difference - Math.hypot(second.below, first.above)),
      Math.min(1, difference + Math.hypot(second.above, first.below)),
    ],
  };
}
