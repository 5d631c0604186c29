import { type MotionLaw, type MotionPrior, motionPrior } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { ExpectError } from '../errors.ts';
import { type Modes, modesOf } from './modes.ts';
import { nestedRules, newPoints, type Rules } from './quadrature.ts';
import { type Ends, lnDirectionMean, lnScaleIntegral, scaleTable } from './scale.ts';

/** The laws that are Gaussian but for their parameters; the rows of a posterior have them in this order. */
export const gaussianClasses = ['immobile', 'brownian', 'directed', 'subdiffusive'] as const;

/** Refinements of the quadrature that there are, of 9, 17 and 33 points in α and in R, 17, 33 and 65 in Q, twice as many above 100 points. */
export const exactLevels = 3;

/** A part of a distribution. */
interface Part extends Ends {
  readonly share: number;
  readonly law?: string;
  readonly at?: string;
}

/** What of a prior is integrated over. */
export interface GaussianPrior {
  readonly q: Ends;
  readonly scale: Ends;
  readonly R: Ends;
  readonly alpha: Ends;
  /** Probability of a class together with a finite Q, and with an infinite one, which nothing immobile has. */
  readonly finite: readonly number[];
  readonly infinite: readonly number[];
}

/** Tracks that share their frames and their exposure. */
export interface AlikeTracks {
  readonly tracks: Tracks;
  readonly frames: ArrayLike<number>;
  readonly exposure: number;
}

/** What of the prior the posterior integrates over; throws where the file no longer has that form. */
export function gaussianPrior(prior: MotionPrior = motionPrior): GaussianPrior {
  const [finite, infinite] = prior.q as unknown as [Part, Part];
  const laws = gaussianClasses.map((name) =>
    prior.laws.find((law) => law.name === name),
  ) as unknown as readonly (MotionLaw & { R: Part; alpha: Part })[];
  const [immobile, brownian, directed, subdiffusive] = laws;
  const asExpected =
    finite.law === 'log-uniform' &&
    infinite.at === 'infinity' &&
    (prior.q as readonly unknown[]).length === 2 &&
    (prior.scale as unknown as Part).law === 'log-uniform' &&
    [immobile, brownian, directed, subdiffusive].every(
      (law) => law !== undefined && law.share > 0,
    ) &&
    directed.R.law === 'log-uniform' &&
    subdiffusive.alpha.law === 'uniform';
  if (!asExpected)
    throw new ExpectError('the prior has another form than the exact posterior is written for');
  const shares = laws.map(({ share }) => share);
  const all = shares.reduce((a, b) => a + b, 0);
  const mobile = all - shares[0];
  const total = finite.share + infinite.share;
  return {
    q: finite,
    scale: prior.scale as unknown as Ends,
    R: directed.R,
    alpha: subdiffusive.alpha,
    /** Probability of a class together with a finite Q, and with an infinite one, which nothing immobile has. */
    finite: shares.map((share) => ((finite.share / total) * share) / all),
    infinite: shares.map((share, c) => (c === 0 ? 0 : ((infinite.share / total) * share) / mobile)),
  };
}

/**
 * The posterior of the four classes of tracks that share their frames and their exposure, with a constant error that is the
 * same in every coordinate: the likelihood integrated over Q, the scale, α, R and the direction, by the prior that they
 * were drawn from.
 *
 * @param tracks of N points each at the same `frames`.
 * @returns `level(l)`: tracks × 4 probabilities with the quadrature of that level; what an earlier one has asked is kept.
 */
export function exactPosterior(
  { tracks, frames, exposure }: AlikeTracks,
  prior: GaussianPrior = gaussianPrior(),
): { level(level: number): Float64Array } {
  const { dim, count } = tracks;
  const points = frames.length;
  const n = (points - 1) * dim;
  const duration = frames[points - 1] - frames[0];
  // The more points, the better Q is known, and the denser its points must lie.
  const coarsest = points > 100 ? 5 : 4;
  const q = nestedRules(Math.log(prior.q.min), Math.log(prior.q.max), coarsest, exactLevels);
  const alpha = nestedRules(prior.alpha.min, prior.alpha.max, 3, exactLevels);
  const R = nestedRules(Math.log(prior.R.min), Math.log(prior.R.max), 3, exactLevels);
  const ofSquare = scaleTable(n, prior.scale);
  // Q² of each point of the finest rule, then Q = ∞.
  const squares = [...Array.from(q.points, (x) => Math.exp(2 * x)), Infinity];
  /** Of class c: ln of the weight of every point in Q, per level. */
  const lnWeights = (c: number): number[][] =>
    q.weights.map((row) => [
      ...Array.from(row, (w) => Math.log(w * prior.finite[c])),
      Math.log(prior.infinite[c]),
    ]);

  const free = modesOf(1, exposure, frames);
  const immobile = new Float64Array(count);
  const brownian = Array.from({ length: exactLevels }, () => new Float64Array(count));
  const lines = amplitudesOf(free, tracks, frames);
  {
    const own = gaussian(free.variances, squares);
    const lnWeight = lnWeights(1);
    const values = new Float64Array(squares.length);
    for (let t = 0; t < count; t++) {
      let square = 0;
      for (let k = 0; k < points - 1; k++) square += lines.squares[t * (points - 1) + k];
      // Noise alone: M = 1.
      immobile[t] = ofSquare(square) + Math.log(prior.finite[0]);
      own(lines.squares, t * (points - 1), dim, ofSquare, values);
      for (let l = 0; l < exactLevels; l++) brownian[l][t] = lnSum(values, lnWeight[l]);
    }
  }
  const [ofDirected, ofSubdiffusive] = [R, alpha].map(({ points }) =>
    Array.from<Float64Array[] | undefined>({ length: points.length }),
  );

  /** ln evidence of FBM of one exponent, per level of Q. */
  function subdiffusive(exponent: number): Float64Array[] {
    const modes = modesOf(exponent, exposure, frames);
    const own = gaussian(modes.variances, squares);
    const lnWeight = lnWeights(3);
    const values = new Float64Array(squares.length);
    const result = lnWeight.map(() => new Float64Array(count));
    const w = new Float64Array(points - 1);
    const x = new Float64Array(points);
    const z = new Float64Array(points - 1);
    for (let t = 0; t < count; t++) {
      w.fill(0);
      const { positions } = tracks.at(t);
      for (let d = 0; d < dim; d++) {
        for (let k = 0; k < points; k++) x[k] = positions[k * dim + d] - positions[d];
        modes.apply(x, z);
        for (let k = 0; k < points - 1; k++) w[k] += z[k] * z[k];
      }
      own(w, 0, dim, ofSquare, values);
      for (let l = 0; l < exactLevels; l++) result[l][t] = lnSum(values, lnWeight[l]);
    }
    return result;
  }

  /** ln evidence of directed motion of one R, per level of Q. */
  function directed(ratio: number): Float64Array[] {
    const share = ratio / duration;
    const lnWeight = lnWeights(2);
    const result = lnWeight.map(() => new Float64Array(count));
    const values = new Float64Array(squares.length);
    const lnMean = (z: number): number => lnDirectionMean(dim, z);
    const rows = squares.map((square) => {
      // In units of the scale: D = Q²/(1 + Q²)/(1 + R/T), σ² = 1/(1 + Q²), v² = 2·dim·D·R/T.
      const [part, error] =
        square === Infinity ? [1, 0] : [square / (1 + square), 1 / (1 + square)];
      const D = part / (1 + share);
      const inverse = free.variances.map((variance) => 1 / (D * variance + error));
      let lnDeterminant = 0;
      let ones = 0;
      for (let k = 0; k < points - 1; k++) {
        lnDeterminant -= Math.log(inverse[k]);
        ones += lines.time[k] * lines.time[k] * inverse[k];
      }
      const speed = Math.sqrt(2 * dim * D * share);
      return { inverse, speed, constant: -0.5 * dim * lnDeterminant - 0.5 * speed * speed * ones };
    });
    const m = points - 1;
    const pulls = new Float64Array(dim);
    for (let t = 0; t < count; t++) {
      // What lies 30 below the best of this track so far adds nothing.
      let best = brownian[exactLevels - 1][t];
      for (let j = 0; j < rows.length; j++) {
        const { inverse, speed, constant } = rows[j];
        let square = 0;
        for (let k = 0, at = t * m; k < m; k++, at++) square += lines.squares[at] * inverse[k];
        pulls.fill(0);
        for (let d = 0; d < dim; d++) {
          let sum = 0;
          for (let k = lines.from, at = (t * dim + d) * m + k; k < m; k++, at++) {
            sum += lines.along[at] * inverse[k];
          }
          pulls[d] = sum;
        }
        const value = lnScaleIntegral(
          n,
          square,
          speed * Math.hypot(...pulls),
          lnMean,
          prior.scale,
          best - 30 - constant,
        );
        values[j] = constant + value;
        if (values[j] - 5 > best) best = values[j] - 5;
      }
      for (let l = 0; l < exactLevels; l++) result[l][t] = lnSum(values, lnWeight[l]);
    }
    return result;
  }

  return {
    level(l: number): Float64Array {
      for (let level = 0; level <= l; level++) {
        for (const k of newPoints(R.weights, level))
          ofDirected[k] ??= directed(Math.exp(R.points[k]));
        for (const k of newPoints(alpha.weights, level)) {
          ofSubdiffusive[k] ??= subdiffusive(alpha.points[k]);
        }
      }
      const probabilities = new Float64Array(count * gaussianClasses.length);
      const mixture = ({ weights }: Rules, terms: readonly (Float64Array[] | undefined)[]) => {
        const lnWeight = weights[l].map(Math.log);
        return (t: number): number =>
          lnSum(
            terms.map((term) => term?.[l][t] ?? -Infinity),
            lnWeight,
          );
      };
      const [anyDirected, anySubdiffusive] = [
        mixture(R, ofDirected),
        mixture(alpha, ofSubdiffusive),
      ];
      for (let t = 0; t < count; t++) {
        const row = [immobile[t], brownian[l][t], anyDirected(t), anySubdiffusive(t)];
        const top = Math.max(...row);
        const weights = row.map((value) => Math.exp(value - top));
        const sum = weights.reduce((a, b) => a + b, 0);
        for (const [c, weight] of weights.entries()) {
          probabilities[t * gaussianClasses.length + c] = weight / sum;
        }
      }
      return probabilities;
    },
  };
}

/** Squares of the amplitudes of every mode, over the coordinates; amplitudes times those of time itself, per coordinate. */
function amplitudesOf(modes: Modes, tracks: Tracks, frames: ArrayLike<number>) {
  const { count, dim } = tracks;
  const points = frames.length;
  const m = points - 1;
  const time = new Float64Array(m);
  modes.apply(Float64Array.from(frames), time);
  // What is odd in time alone has a drift, and rounding.
  let from = 0;
  const largest = time.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  while (Math.abs(time[from]) < 1e-9 * largest) time[from++] = 0;
  const squares = new Float64Array(count * m);
  const along = new Float64Array(count * dim * m);
  const x = new Float64Array(points);
  const z = new Float64Array(m);
  for (let t = 0; t < count; t++) {
    const { positions } = tracks.at(t);
    for (let d = 0; d < dim; d++) {
      for (let k = 0; k < points; k++) x[k] = positions[k * dim + d] - positions[d];
      modes.apply(x, z);
      for (let k = 0; k < m; k++) {
        squares[t * m + k] += z[k] * z[k];
        along[(t * dim + d) * m + k] = z[k] * time[k];
      }
    }
  }
  return { squares, along, time, from };
}

/** Writes the ln evidence of a track for every Q² to `out`, given the squares of its modes' amplitudes. */
function gaussian(variances: Float64Array, squares: readonly number[]) {
  const m = variances.length;
  const inverses = new Float64Array(squares.length * m);
  const lnDeterminants = squares.map((square, j) => {
    let sum = 0;
    for (let k = 0; k < m; k++) {
      const variance =
        square === Infinity ? variances[k] : (square * variances[k] + 1) / (1 + square);
      inverses[j * m + k] = 1 / variance;
      sum += Math.log(variance);
    }
    return sum;
  });
  return (
    w: Float64Array,
    from: number,
    dim: number,
    ofSquare: (square: number) => number,
    out: Float64Array,
  ): void => {
    for (let j = 0; j < squares.length; j++) {
      let [a, b] = [0, 0];
      let k = 0;
      for (let at = j * m; k + 1 < m; k += 2, at += 2) {
        a += w[from + k] * inverses[at];
        b += w[from + k + 1] * inverses[at + 1];
      }
      if (k < m) a += w[from + k] * inverses[j * m + k];
      out[j] = ofSquare(a + b) - 0.5 * dim * lnDeterminants[j];
    }
  };
}

/** ln Σ exp(value + weight), over the weights that are numbers. */
function lnSum(values: ArrayLike<number>, lnWeights: ArrayLike<number>): number {
  let top = -Infinity;
  for (let k = 0; k < lnWeights.length; k++) {
    if (!Number.isNaN(lnWeights[k])) top = Math.max(top, values[k] + lnWeights[k]);
  }
  if (top === -Infinity) return top;
  let sum = 0;
  for (let k = 0; k < lnWeights.length; k++) {
    if (!Number.isNaN(lnWeights[k])) sum += Math.exp(values[k] + lnWeights[k] - top);
  }
  return top + Math.log(sum);
}
