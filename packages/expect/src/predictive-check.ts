import type { Random } from '@diffusion/random';
import { PLACES, SUMMARIES } from './summaries.ts';

/** How one number of the tracks is spread in the file, against the simulated tracks. */
export interface CheckedNumber {
  readonly name: 'steps' | 'msd' | 'correlation';
  /** Largest difference of the two cumulative shares (Kolmogorov and Smirnov's). */
  readonly distance: number;
  /** Share of simulated files whose distance is as large. */
  readonly p: number;
}

/** Whether the file is like anything that is simulated. */
export interface PredictiveCheck {
  /** Tracks of the file that are compared: those with enough points. */
  readonly tracks: number;
  readonly numbers: readonly CheckedNumber[];
  /** Whether one of the numbers is so far off that a file like the simulated ones is so in {@link FALSE_ALARMS} of the cases at most. */
  readonly passed: boolean;
}

/** Files of simulated tracks alone for which the check says that they are like nothing simulated, at most. */
export const FALSE_ALARMS = 0.05;

/** Points of a track that has steps to compare. */
const LEAST_POINTS = 5;
const FILES = 299;

const NUMBERS = [
  ['steps', PLACES.steps],
  ['msd', PLACES.msdLong],
  ['correlation', PLACES.correlation],
] as const;

/**
 * A posterior predictive check (Gelman, Meng & Stern 1996, Stat. Sin. 6, 733): per track the shape of the law of its steps (their fourth moment over
 * their second squared), the growth of its MSD up to a third of its length, and the correlation of one step with the next, spread
 * over the file as over simulated tracks like its own? p is from files drawn of these. Three numbers are tried, each at a third of {@link FALSE_ALARMS}.
 *
 * @param file summaries of the file's tracks, and their points.
 * @param simulated the same of the simulated ones, and what each counts for.
 */
export function predictiveCheck(
  file: { readonly values: Float64Array; readonly length: ArrayLike<number> },
  simulated: {
    readonly values: Float64Array;
    readonly length: ArrayLike<number>;
    readonly weight: Float64Array;
  },
  random: Random,
): PredictiveCheck {
  const own = Array.from({ length: file.length.length }, (_, i) => i).filter(
    (i) => file.length[i] >= LEAST_POINTS,
  );
  const theirs = Array.from({ length: simulated.length.length }, (_, r) => r).filter(
    (r) => simulated.length[r] >= LEAST_POINTS && simulated.weight[r] > 0,
  );
  if (own.length === 0 || theirs.length === 0) {
    const nothing = NUMBERS.map(([name]) => ({ name, distance: Number.NaN, p: Number.NaN }));
    return { tracks: 0, numbers: nothing, passed: true };
  }
  const weight = Float64Array.from(theirs, (r) => simulated.weight[r]);
  const draw = drawer(weight, random);
  const compared = NUMBERS.map(([name, place]) => {
    const values = Float64Array.from(theirs, (r) => simulated.values[r * SUMMARIES + place]);
    const { sorted, placeOf } = ranked(values);
    const weights = new Float64Array(values.length);
    for (let k = 0; k < values.length; k++) weights[placeOf[k]] += weight[k];
    const counts = new Float64Array(values.length + 1);
    for (const i of own) counts[lowerBound(sorted, file.values[i * SUMMARIES + place])]++;
    const drawn = new Float64Array(values.length + 1);
    const again = new Float64Array(values.length);
    return { name, placeOf, distance: distanceOf(counts, weights), drawn, again, larger: 0 };
  });
  for (let f = 0; f < FILES; f++) {
    for (const { drawn, again } of compared) {
      drawn.fill(0);
      again.fill(0);
    }
    for (let k = 0; k < own.length; k++) {
      const row = draw();
      for (const { placeOf, drawn } of compared) drawn[placeOf[row]]++;
    }
    // Those that it is compared with are a sample as well.
    for (let k = 0; k < theirs.length; k++) {
      const row = draw();
      for (const { placeOf, again } of compared) again[placeOf[row]]++;
    }
    for (const each of compared) {
      if (distanceOf(each.drawn, each.again) >= each.distance) each.larger++;
    }
  }
  const numbers = compared.map(({ name, distance, larger }) => ({
    name,
    distance,
    p: (larger + 1) / (FILES + 1),
  }));
  return {
    tracks: own.length,
    numbers,
    passed: numbers.every(({ p }) => p > FALSE_ALARMS / NUMBERS.length),
  };
}

/** Values in ascending order, and the place of each: that of the first of equal ones. */
function ranked(values: Float64Array): { sorted: Float64Array; placeOf: Uint32Array } {
  const order = Uint32Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const sorted = Float64Array.from(order, (k) => values[k]);
  const placeOf = new Uint32Array(values.length);
  for (let k = 0; k < order.length; k++) {
    const equal = k > 0 && sorted[k] === sorted[k - 1];
    placeOf[order[k]] = equal ? placeOf[order[k - 1]] : k;
  }
  return { sorted, placeOf };
}

/** Largest difference of the cumulative shares of counts at places. */
function distanceOf(a: Float64Array, b: Float64Array): number {
  let [ofA, ofB] = [0, 0];
  for (const x of a) ofA += x;
  for (const x of b) ofB += x;
  let [sumA, sumB, most] = [0, 0, 0];
  for (let k = 0; k < a.length; k++) {
    sumA += a[k] / ofA;
    if (k < b.length) sumB += b[k] / ofB;
    const difference = Math.abs(sumA - sumB);
    if (difference > most) most = difference;
  }
  return most;
}

/** Place of the first value that is not smaller. */
function lowerBound(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Places in proportion to weights, in constant time (Walker 1977, ACM Trans. Math. Softw. 3, 253). */
function drawer(weights: Float64Array, random: Random): () => number {
  const count = weights.length;
  const mean = weights.reduce((a, b) => a + b, 0) / count;
  const part = weights.map((weight) => weight / mean);
  const other = Uint32Array.from(weights.keys());
  const low: number[] = [];
  const high: number[] = [];
  for (const [k, p] of part.entries()) (p < 1 ? low : high).push(k);
  while (low.length > 0 && high.length > 0) {
    const [small, large] = [low.pop() as number, high[high.length - 1]];
    other[small] = large;
    part[large] -= 1 - part[small];
    if (part[large] < 1) low.push(high.pop() as number);
  }
  return () => {
    const at = random.uniform() * count;
    const k = Math.floor(at);
    return at - k < part[k] ? k : other[k];
  };
}
