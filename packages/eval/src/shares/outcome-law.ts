import { Matrix, solve } from 'ml-matrix';
import type { JudgedRows, SimulatedRows } from './rows.ts';

/** Smaller probabilities are taken for this: what a network says below it is no measure of anything. */
const LEAST_PROBABILITY = 1e-5;
/** How firmly the slopes are held to those of a calibrated model: a precision, in tracks. */
const RIDGE = 100;
/** The log-likelihood of the slopes rises by less: they make the shares no surer. */
const ENOUGH = 0.05;
/** A mean is off by less, of itself: the offsets have been found. */
const CLOSE = 1e-6;

/** How likely every outcome is in every class, as simulated tracks say. */
export interface OutcomeLaw {
  /** Classes that have simulated tracks, as places among the model's. */
  readonly known: readonly number[];
  /**
   * Rows × known classes: how likely the outcome of a row, its probabilities or that it was refused, is in a class, up to a
   * factor that a row's classes have in common.
   */
  readonly of: (rows: Pick<JudgedRows, 'probabilities' | 'judged'>) => Float64Array;
  /** Probability of a refusal per known class. */
  readonly refused: Float64Array;
  /** The law whose averages over the simulated tracks are met where the classes have these shares. */
  readonly at: (shares: Float64Array) => OutcomeLaw;
  /** The same with a weight of every simulated row, above 0. */
  readonly weighted: (weights: ArrayLike<number>) => OutcomeLaw;
}

/** Simulated rows that have been sorted: classes by their place among the known ones, and a weight of each row. */
interface Sample {
  readonly classes: number;
  readonly known: readonly number[];
  readonly truth: Int32Array;
  readonly judged: readonly number[];
  /** Logarithms of the probabilities of the judged ones, and a 1. */
  readonly features: Float64Array;
  /** Of the judged ones. */
  readonly weights: Float64Array;
  /** Of all rows, per known class. */
  readonly total: Float64Array;
  readonly refused: Float64Array;
}

/**
 * The law of a model's answers per class, from simulated tracks: the density ratios of the classes are a softmax of an affine
 * function of the logarithms of the probabilities (the identity for a model that is calibrated on such tracks; the ridge goes
 * there), and a refusal is an outcome of its own. The slopes are those of greatest likelihood with all classes equally heavy.
 * The offsets are those by which, with the classes in given shares, the mean over the simulated tracks of the probability of
 * each class is its share: shares found with them are right whatever the form of the law, as those from a confusion matrix are.
 *
 * Source: A. Alexandari, A. Kundaje, A. Shrikumar, ICML 2020 (likelihood of shifted labels with bias-corrected calibration);
 * J. Anderson, Biometrika 59 (1972) 19 (ratios of densities by logistic regression); Z. Lipton et al., ICML 2018 (the averages).
 */
export function outcomeLaw(simulated: SimulatedRows, classes: number): OutcomeLaw {
  const sample = sampleOf(simulated, classes);
  const equal = new Float64Array(sample.known.length).fill(1 / sample.known.length);
  const weighted = (weights: ArrayLike<number>): OutcomeLaw =>
    lawAt(sampleOf(simulated, classes, weights), slopes, equal, weighted);
  const slopes = fitSlopes(sample);
  return lawAt(sample, slopes, equal, weighted);
}

function sampleOf(
  { truth, judged, probabilities }: SimulatedRows,
  classes: number,
  weights?: ArrayLike<number>,
): Sample {
  const known = [...new Set(Array.from(truth))].sort((a, b) => a - b);
  const place = new Map(known.map((code, k) => [code, k]));
  const rows: number[] = [];
  const total = new Float64Array(known.length);
  const refused = new Float64Array(known.length);
  for (let i = 0; i < truth.length; i++) {
    const weight = weights?.[i] ?? 1;
    const k = place.get(truth[i])!;
    total[k] += weight;
    if (judged[i]) rows.push(i);
    else refused[k] += weight;
  }
  return {
    classes,
    known,
    truth: Int32Array.from(rows, (i) => place.get(truth[i])!),
    judged: rows,
    features: featuresOf(probabilities, rows, known, classes),
    weights: Float64Array.from(rows, (i) => weights?.[i] ?? 1),
    total,
    refused,
  };
}

/** Logarithms of the probabilities of the known classes, less their mean, and a 1, per row. */
function featuresOf(
  probabilities: ArrayLike<number>,
  rows: ArrayLike<number>,
  known: readonly number[],
  classes: number,
): Float64Array {
  const width = known.length + 1;
  const features = new Float64Array(rows.length * width);
  for (let r = 0; r < rows.length; r++) {
    let mean = 0;
    for (let k = 0; k < known.length; k++) {
      const p = probabilities[rows[r] * classes + known[k]];
      const logarithm = Math.log(Math.max(p, LEAST_PROBABILITY));
      features[r * width + k] = logarithm;
      mean += logarithm / known.length;
    }
    for (let k = 0; k < known.length; k++) features[r * width + k] -= mean;
    features[r * width + known.length] = 1;
  }
  return features;
}

/** Known classes × (known classes + 1): slopes and offset of each class, by Newton's method. */
function fitSlopes({ truth, features, weights, total, known }: Sample): Float64Array {
  const classes = known.length;
  const width = classes + 1;
  const size = classes * width;
  const x = new Float64Array(size);
  for (let k = 0; k < classes; k++) x[k * width + k] = 1;
  const all = total.reduce((a, b) => a + b, 0);
  const balance = total.map((t) => all / (classes * t));
  const q = new Float64Array(classes);
  let before = Number.NEGATIVE_INFINITY;
  let move = new Float64Array(size);
  for (let step = 0; step < 60; step++) {
    const hessian = Matrix.zeros(size, size);
    const gradient = new Float64Array(size);
    let likelihood = 0;
    const outer = new Float64Array(width * width);
    const sums = new Float64Array(classes * classes * width * width);
    for (let i = 0; i < truth.length; i++) {
      const at = i * width;
      const weight = weights[i] * balance[truth[i]];
      likelihood += weight * softmax(x, features, at, width, q, truth[i]);
      for (let a = 0; a < width; a++) {
        for (let b = 0; b <= a; b++)
          outer[a * width + b] = weight * features[at + a] * features[at + b];
      }
      for (let k = 0; k < classes; k++) {
        const residual = weight * ((k === truth[i] ? 1 : 0) - q[k]);
        for (let a = 0; a < width; a++) gradient[k * width + a] += residual * features[at + a];
        for (let l = 0; l <= k; l++) {
          const curvature = q[k] * ((k === l ? 1 : 0) - q[l]);
          const block = (k * classes + l) * width * width;
          for (let a = 0; a < width; a++) {
            for (let b = 0; b <= a; b++)
              sums[block + a * width + b] += curvature * outer[a * width + b];
          }
        }
      }
    }
    for (let k = 0; k < classes; k++) {
      for (let l = 0; l < classes; l++) {
        const block = (Math.max(k, l) * classes + Math.min(k, l)) * width * width;
        for (let a = 0; a < width; a++) {
          for (let b = 0; b < width; b++) {
            const sum = sums[block + Math.max(a, b) * width + Math.min(a, b)];
            hessian.set(k * width + a, l * width + b, sum);
          }
        }
      }
    }
    for (let j = 0; j < size; j++) {
      const [k, a] = [Math.floor(j / width), j % width];
      // The offsets are free but for what all classes have in common.
      const firm = a === classes ? 1e-3 : RIDGE;
      const away = x[j] - (a === k ? 1 : 0);
      likelihood -= (firm * away * away) / 2;
      gradient[j] -= firm * away;
      hessian.set(j, j, hessian.get(j, j) + firm);
    }
    if (likelihood < before) {
      // Too far: half of the way back.
      for (let j = 0; j < size; j++) x[j] -= move[j] /= 2;
      continue;
    }
    if (likelihood - before < ENOUGH) break;
    before = likelihood;
    move = Float64Array.from(solve(hessian, Matrix.columnVector(gradient)).to1DArray());
    const largest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const part = Math.min(1, 2 / largest);
    for (let j = 0; j < size; j++) x[j] += move[j] *= part;
  }
  return x;
}

/** Writes the probabilities of a row and gives the logarithm of one of them. */
function softmax(
  x: Float64Array,
  features: Float64Array,
  at: number,
  width: number,
  q: Float64Array,
  of: number,
): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < q.length; k++) {
    let score = 0;
    for (let a = 0; a < width; a++) score += x[k * width + a] * features[at + a];
    q[k] = score;
    most = Math.max(most, score);
  }
  const right = q[of] - most;
  let sum = 0;
  for (let k = 0; k < q.length; k++) sum += q[k] = Math.exp(q[k] - most);
  for (let k = 0; k < q.length; k++) q[k] /= sum;
  return right - Math.log(sum);
}

/** {@link OutcomeLaw} with the offsets that belong to shares. */
function lawAt(
  sample: Sample,
  slopes: Float64Array,
  shares: Float64Array,
  weighted: OutcomeLaw['weighted'],
): OutcomeLaw {
  const { known, classes, total } = sample;
  const K = known.length;
  const width = K + 1;
  const refused = sample.refused.map((weight, k) => (weight + 0.5) / (total[k] + 1));
  const x = meetShares(sample, slopes, shares);
  const judgedShare = shares.reduce((sum, share, k) => sum + share * (1 - refused[k]), 0);
  const judgedRows = new Float64Array(K);
  for (const k of sample.truth) judgedRows[k]++;
  return {
    known,
    refused,
    at: (others) => lawAt(sample, x, others, weighted),
    weighted,
    of({ probabilities, judged }) {
      const count = judged.length;
      const rows = Array.from({ length: count }, (_, i) => i);
      const features = featuresOf(probabilities, rows, known, classes);
      const likelihoods = new Float64Array(count * K);
      const q = new Float64Array(K);
      for (let i = 0; i < count; i++) {
        if (judged[i]) softmax(x, features, i * width, width, q, 0);
        for (let k = 0; k < K; k++) {
          // Of a class of which no simulated track was judged it is only known how seldom it is.
          const answered = judgedRows[k] > 0 ? q[k] / shares[k] : (1 - refused[k]) / judgedShare;
          likelihoods[i * K + k] = judged[i] ? answered : refused[k];
        }
      }
      return likelihoods;
    },
  };
}

/** The offsets by which the mean probability of each class among the judged tracks is the share of them that it has. */
function meetShares(sample: Sample, slopes: Float64Array, shares: Float64Array): Float64Array {
  const { truth, features, weights, total } = sample;
  const K = shares.length;
  const width = K + 1;
  const x = slopes.slice();
  const scores = new Float64Array(truth.length * K);
  const heavy = new Float64Array(truth.length);
  const wanted = new Float64Array(K);
  for (let i = 0; i < truth.length; i++) {
    heavy[i] = (weights[i] * shares[truth[i]]) / total[truth[i]];
    wanted[truth[i]] += heavy[i];
    for (let k = 0; k < K; k++) {
      let score = 0;
      for (let a = 0; a < K; a++) score += slopes[k * width + a] * features[i * width + a];
      scores[i * K + k] = score;
    }
  }
  const present = Array.from(wanted.keys()).filter((k) => wanted[k] > 0);
  if (present.length === 0) return x;
  const size = present.length;
  const q = new Float64Array(K);
  const means = new Float64Array(K);
  const curvature = new Float64Array(size * size);
  // The log-likelihood of the offsets, which is concave; its slopes are what is missing of each mean.
  const look = (): number => {
    let likelihood = 0;
    means.fill(0);
    // The sum of all offsets is free; this holds it.
    curvature.fill(1e-3);
    for (let i = 0; i < truth.length; i++) {
      let most = Number.NEGATIVE_INFINITY;
      for (const k of present) {
        q[k] = scores[i * K + k] + x[k * width + K];
        most = Math.max(most, q[k]);
      }
      const right = q[truth[i]] - most;
      let sum = 0;
      for (const k of present) sum += q[k] = Math.exp(q[k] - most);
      likelihood += heavy[i] * (right - Math.log(sum));
      for (const k of present) {
        q[k] /= sum;
        means[k] += heavy[i] * q[k];
      }
      for (let a = 0; a < size; a++) {
        const row = heavy[i] * q[present[a]];
        curvature[a * size + a] += row;
        for (let b = 0; b < size; b++) curvature[a * size + b] -= row * q[present[b]];
      }
    }
    return likelihood;
  };
  let height = look();
  for (let step = 0; step < 60; step++) {
    const missing = present.map((k) => wanted[k] - means[k]);
    if (missing.every((value, a) => Math.abs(value) < CLOSE * wanted[present[a]])) break;
    const matrix = Matrix.from1DArray(size, size, curvature);
    const move = solve(matrix, Matrix.columnVector(missing)).to1DArray();
    const largest = move.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    let part = Math.min(1, 3 / largest);
    let taken = 0;
    for (;;) {
      present.forEach((k, a) => {
        x[k * width + K] += (part - taken) * move[a];
      });
      taken = part;
      const reached = look();
      if (reached >= height || part < 1e-6) {
        height = reached;
        break;
      }
      part /= 2;
    }
  }
  for (let k = 0; k < K; k++) if (wanted[k] === 0) x[k * width + K] = Number.NEGATIVE_INFINITY;
  return x;
}
