import { keyedRandom } from '@diffusion/random';
import { ReadError } from '@diffusion/tracks';
import { bootstrapInterval } from '../metrics/bootstrap-interval.ts';
import { cohenKappa } from '../metrics/cohen-kappa.ts';
import { type McNemar, mcnemar } from '../metrics/mcnemar.ts';
import { type Interval, wilsonInterval } from '../metrics/wilson-interval.ts';
import { asSpelled } from './as-spelled.ts';
import { matchRows } from './match-rows.ts';
import type { Predictions } from './parse-predictions.ts';
import type { Reference } from './parse-reference.ts';

/** One method, and its predictions. */
export interface Method {
  readonly name: string;
  readonly predictions: Predictions;
}

/** How {@link compareMethods} compares. */
export interface CompareMethodsOptions {
  /** What classes are called in common, such as `{ FBM: 'subdiffusion', CD: 'subdiffusion' }`; others keep their names. */
  readonly mapping?: Readonly<Record<string, string>>;
  /** What is true, where it is known. */
  readonly reference?: Reference;
  /** Of the bootstrap; 1 when absent. */
  readonly seed?: number;
  /** Of the bootstrap; 1,000 when absent. */
  readonly resamples?: number;
}

/** What one method says. */
export interface MethodShares {
  readonly name: string;
  readonly count: number;
  readonly judged: number;
  /** Of the judged tracks, one per class, with Wilson's 95 % interval. */
  readonly shares: readonly {
    readonly label: string;
    readonly count: number;
    readonly share: number;
    readonly interval: Interval;
  }[];
  /** Of the judged tracks whose class is known; absent without a reference. */
  readonly accuracy?: { readonly value: number; readonly interval: Interval };
}

/** Two methods on the tracks that both judged. */
export interface MethodPair {
  readonly first: string;
  readonly second: string;
  /** Tracks that both judged. */
  readonly count: number;
  /** Share of them with the same class, with Wilson's 95 % interval. */
  readonly agreement: number;
  readonly interval: Interval;
  /** Cohen's. */
  readonly kappa: number;
  /** Tracks by the class of the first (row) and of the second (column). */
  readonly table: readonly (readonly number[])[];
  /** Of the tracks whose class is known, by which of the two is right; absent without a reference. */
  readonly mcnemar?: McNemar;
  /** Accuracy of the first less that of the second, and the paired bootstrap's 95 % interval; absent without a reference. */
  readonly difference?: { readonly value: number; readonly interval: Interval };
}

/** What {@link compareMethods} finds. */
export interface MethodComparison {
  /** Tracks in each file. */
  readonly count: number;
  readonly classes: readonly string[];
  readonly methods: readonly MethodShares[];
  /** Each method with each that follows it. */
  readonly pairs: readonly MethodPair[];
}

/**
 * What several methods say of the same tracks: shares of the classes, how often two agree and Cohen's κ; where the truth is known,
 * McNemar's test of their errors and the difference of their accuracies with a paired bootstrap. Methods with other classes are
 * made comparable by a mapping.
 *
 * Throws ReadError when fewer than two methods are given, names repeat, a file has no labels, a track is not in all of them, or the
 * mapping names a class that none of them has.
 *
 * @example
 * compareMethods(
 *   [{ name: 'network', predictions: parsePredictions(a) }, { name: 'MAX', predictions: parsePredictions(b) }],
 *   { mapping: { ND: 'normal', FBM: 'subdiffusion', CD: 'subdiffusion', DM: 'superdiffusion' } },
 * ).pairs[0].kappa
 */
export function compareMethods(
  methods: readonly Method[],
  { mapping = {}, reference, seed = 1, resamples = 1000 }: CompareMethodsOptions = {},
): MethodComparison {
  if (methods.length < 2) {
    throw new ReadError(
      `there ${methods.length === 1 ? 'is 1 prediction' : 'are no predictions'}: expected at least two`,
      {
        source: methods[0]?.name ?? 'compare',
      },
    );
  }
  const twice = methods.find(({ name }, k) => methods.findIndex((one) => one.name === name) < k);
  if (twice) {
    throw new ReadError(`the name ${twice.name} stands for two methods: expected different names`, {
      source: twice.predictions.source,
    });
  }
  const [first] = methods;
  const raw = methods.map(({ predictions }) => {
    const { labels, source } = predictions;
    if (!labels) throw new ReadError('there is no column label: expected classes', { source });
    // Where each track of the first stands in this one.
    const rows = matchRows(first.predictions, predictions);
    return Array.from(rows, (row) => labels[row]);
  });
  const said = new Set(
    methods.flatMap(({ predictions }, k) => [...(predictions.classes ?? []), ...raw[k]]),
  );
  for (const name of Object.keys(mapping)) {
    if (said.has(name) || reference?.labels?.includes(name)) continue;
    throw new ReadError(
      `the mapping names ${name}, which no file has: expected ${[...said].filter((one) => one !== '').join(', ')}`,
      { source: first.predictions.source },
    );
  }
  const common = (label: string): string =>
    label === '' ? '' : Object.hasOwn(mapping, label) ? mapping[label] : label;
  const labels = raw.map((own) => own.map(common));
  const truth = reference && truthOf(first.predictions, reference, [...said], common);
  const classes = [
    ...new Set([
      ...methods.flatMap(({ predictions }) => predictions.classes ?? []).map(common),
      ...labels.flat(),
      ...(truth ?? []),
    ]),
  ].filter((label) => label !== '');
  return {
    count: first.predictions.tracks.length,
    classes,
    methods: methods.map(({ name }, k) => sharesOf(name, labels[k], classes, truth)),
    pairs: methods.flatMap((one, a) =>
      methods.slice(a + 1).map((other, k) =>
        pairOf([one.name, other.name], [labels[a], labels[a + 1 + k]], classes, truth, {
          seed,
          resamples,
        }),
      ),
    ),
  };
}

/** The true class of each track of the predictions, '' where nobody knows. */
function truthOf(
  predictions: Predictions,
  reference: Reference,
  said: readonly string[],
  common: (label: string) => string,
): string[] {
  const { labels, source } = reference;
  if (!labels) throw new ReadError('there is no column label: expected true classes', { source });
  return Array.from(matchRows(predictions, reference), (row) =>
    common(asSpelled(labels[row], said)),
  );
}

function sharesOf(
  name: string,
  labels: readonly string[],
  classes: readonly string[],
  truth: readonly string[] | undefined,
): MethodShares {
  const judged = labels.filter((label) => label !== '').length;
  const known = truth ? [...labels.keys()].filter((i) => labels[i] !== '' && truth[i] !== '') : [];
  const right = known.filter((i) => labels[i] === truth![i]).length;
  return {
    name,
    count: labels.length,
    judged,
    shares: classes.map((label) => {
      const count = labels.filter((one) => one === label).length;
      return { label, count, share: count / judged, interval: wilsonInterval(count, judged) };
    }),
    ...(truth && {
      accuracy: { value: right / known.length, interval: wilsonInterval(right, known.length) },
    }),
  };
}

function pairOf(
  [first, second]: readonly [string, string],
  [one, other]: readonly [readonly string[], readonly string[]],
  classes: readonly string[],
  truth: readonly string[] | undefined,
  { seed, resamples }: { seed: number; resamples: number },
): MethodPair {
  const both = [...one.keys()].filter((i) => one[i] !== '' && other[i] !== '');
  const same = both.filter((i) => one[i] === other[i]).length;
  const code = new Map(classes.map((label, k) => [label, k]));
  const table = classes.map(() => classes.map(() => 0));
  for (const i of both) table[code.get(one[i])!][code.get(other[i])!]++;
  return {
    first,
    second,
    count: both.length,
    agreement: same / both.length,
    interval: wilsonInterval(same, both.length),
    kappa: cohenKappa(table),
    table,
    ...(truth &&
      againstTruth(
        both.filter((i) => truth[i] !== ''),
        one,
        other,
        truth,
        seed,
        resamples,
      )),
  };
}

function againstTruth(
  known: readonly number[],
  one: readonly string[],
  other: readonly string[],
  truth: readonly string[],
  seed: number,
  resamples: number,
): Pick<MethodPair, 'mcnemar' | 'difference'> {
  // 1 where the first alone is right, −1 where the second alone is.
  const gains = Int8Array.from(
    known,
    (i) => Number(one[i] === truth[i]) - Number(other[i] === truth[i]),
  );
  const count = (sign: number) => gains.filter((gain) => gain === sign).length;
  const mean = (rows: Uint32Array) => {
    let sum = 0;
    for (const i of rows) sum += gains[i];
    return sum / rows.length;
  };
  const random = keyedRandom(seed, 'bootstrap');
  return {
    mcnemar: mcnemar(count(1), count(-1)),
    ...(known.length > 0 && {
      difference: {
        value: (count(1) - count(-1)) / known.length,
        interval: bootstrapInterval({ count: known.length, statistic: mean, random, resamples }),
      },
    }),
  };
}
