import type { Track, Tracks } from '@diffusion/tracks';
import { ClassicalError, type Prediction } from '../classical.ts';
import { logEvidence, type ScalePrior, uniformRoot, uniformScale } from './evidence.ts';
import { type Quadrature, uniformPrior, uniformPriorInLog } from './quadrature.ts';
import { type Displacements, type Whitened, whitenNeighbours, whitenStationary } from './whiten.ts';

/** The Gaussian models: noise only; free, directed, and fractional Brownian motion. */
export const gaussianModels = ['immobile', 'brownian', 'directed', 'fbm'] as const;
export type GaussianModel = (typeof gaussianModels)[number];

type Range = readonly [from: number, to: number];

/** What is known before a track is seen; every parameter is uniform on its range, and known where the ends are equal. */
export interface LikelihoodOptions {
  /** The models to choose from: the classes, in this order. */
  readonly models?: readonly GaussianModel[];
  /** Their shares; all alike when absent. */
  readonly shares?: readonly number[];
  /** D, position²/time: a displacement has the variance 2DΔt per coordinate, for fbm 2DΔt^α. Default 0.1–20. */
  readonly diffusion?: Range;
  /** Q = √(DΔt)/σ, for directed motion √(DΔt + v²Δt²)/σ; null: no localisation noise. Default 1–9. */
  readonly q?: Range | null;
  /** R = v²T/(4D) of directed motion, T the duration of the track. Default 1–17. */
  readonly r?: Range;
  /** α of fbm. Default 0.3–0.7. */
  readonly alpha?: Range;
  /** Localisation error σ of immobile particles, in position units. Default 0.01–0.1. */
  readonly sigma?: Range;
}

/** The exact classifier; see {@link likelihoodClassifier}. */
export interface LikelihoodClassifier {
  readonly classes: readonly GaussianModel[];
  /** ln of the probability density of each track's displacements under each model, tracks × models. */
  logEvidence(tracks: Tracks): Float64Array;
  /** The most probable model and the probability of each. */
  predict(tracks: Tracks): Prediction;
  /** The options in full: `likelihoodClassifier(options)` is the same classifier. */
  toJSON(): Required<LikelihoodOptions>;
}

/**
 * Points of the quadratures for tracks of up to `steps` steps: the more steps, the narrower is what a track leaves of
 * a prior, in proportion to steps^(−½).
 */
const pointCounts = {
  r: 12,
  q: (steps: number) => Math.ceil(16 + 3 * Math.sqrt(steps)),
  alpha: (steps: number) => Math.ceil(8 + 1.2 * Math.sqrt(steps)),
  /** Beside fractional motion the noise is small, and what is known of it stays wide. */
  qOfFbm: 12,
};

/** The next power of two: tracks of similar lengths share their quadratures, whichever tracks they come with. */
const rounded = (steps: number): number => 2 ** Math.ceil(Math.log2(steps));

/**
 * The best possible classifier between Gaussian models whose parameters follow the given priors: by Bayes' rule from
 * the exact likelihood of the displacements, localisation noise included, with the parameters (and the direction of a
 * drift) integrated out. On tracks that are drawn from those priors no other rule is right more often or has a lower
 * expected log loss; the defaults are those of Gajowczyk & Szwabiński 2021, Table 1. With `immobile` among the models
 * it is the test whether a particle moves at all: its σ stays the same where D would be 0.
 *
 * Free and directed motion cost O(length) per track, fbm O(length²).
 *
 * Throws {@link ClassicalError} for a range that is empty or not positive, for shares that are not one positive number
 * per model, and for a track with fewer than 2 points or a gap in its frames.
 *
 * @example
 * const classifier = likelihoodClassifier({ models: ['brownian', 'directed'], diffusion: [1, 1], q: null });
 * classifier.predict(tracks).probabilities; // P(brownian), P(directed) of the first track, of the second, …
 */
export function likelihoodClassifier(given: LikelihoodOptions = {}): LikelihoodClassifier {
  const options = checked(given);
  const { models, shares } = options;
  const total = shares.reduce((a, b) => a + b, 0);
  const logShares = shares.map((share) => Math.log(share / total));
  return {
    classes: models,
    logEvidence: (tracks) => evidences(tracks, options),
    predict(tracks) {
      const probabilities = evidences(tracks, options);
      const codes = new Int32Array(tracks.count);
      for (let i = 0; i < tracks.count; i++) {
        const row = probabilities.subarray(i * models.length, (i + 1) * models.length);
        for (let c = 0; c < row.length; c++) row[c] += logShares[c];
        const norm = logSumExp(row);
        for (let c = 0; c < row.length; c++) row[c] = Math.exp(row[c] - norm);
        codes[i] = row.indexOf(Math.max(...row));
      }
      return { codes, probabilities };
    },
    toJSON: () => options,
  };
}

function checked(given: LikelihoodOptions): Required<LikelihoodOptions> {
  const models = given.models ?? ['brownian', 'directed', 'fbm'];
  for (const model of models) {
    if (!gaussianModels.includes(model)) {
      throw new ClassicalError(`models has "${model}": expected ${gaussianModels.join(', ')}`);
    }
  }
  const options = {
    models,
    shares: given.shares ?? models.map(() => 1),
    diffusion: given.diffusion ?? ([0.1, 20] as const),
    q: given.q === undefined ? ([1, 9] as const) : given.q,
    r: given.r ?? ([1, 17] as const),
    alpha: given.alpha ?? ([0.3, 0.7] as const),
    sigma: given.sigma ?? ([0.01, 0.1] as const),
  };
  for (const name of ['diffusion', 'q', 'r', 'alpha', 'sigma'] as const) {
    const range = options[name];
    if (range && !(range[0] > 0 && range[1] >= range[0] && range[1] < Infinity)) {
      throw new ClassicalError(`${name} is [${range}]: expected [from, to] with 0 < from ≤ to`);
    }
  }
  if (!(options.alpha[1] < 2)) {
    throw new ClassicalError(`alpha is [${options.alpha}]: expected numbers below 2`);
  }
  const { shares } = options;
  if (shares.length !== models.length || !shares.every((s) => s > 0 && s < Infinity)) {
    throw new ClassicalError(`shares is [${shares}]: expected ${models.length} positive numbers`);
  }
  return options;
}

function evidences(tracks: Tracks, options: Required<LikelihoodOptions>): Float64Array {
  const { models } = options;
  const out = new Float64Array(tracks.count * models.length);
  const displacements = Array.from(tracks, displacementsOf);
  models.forEach((model, c) => {
    if (model === 'fbm') {
      fbmEvidences(displacements, tracks.dt, options).forEach((value, i) => {
        out[i * models.length + c] = value;
      });
      return;
    }
    const evidence = { immobile, brownian, directed }[model];
    displacements.forEach((track, i) => {
      out[i * models.length + c] = evidence(track, tracks.dt, options);
    });
  });
  return out;
}

function displacementsOf(track: Track): Displacements {
  const { positions, frames, length, dim, index } = track;
  const steps = length - 1;
  if (steps < 1) {
    throw new ClassicalError(`track ${index} has ${length} points: expected at least 2`);
  }
  if (frames && frames[steps] - frames[0] !== steps) {
    throw new ClassicalError(`track ${index} has a gap: split the tracks at their gaps first`);
  }
  const values = new Float64Array(steps * dim);
  for (let t = 0; t < steps; t++) {
    for (let axis = 0; axis < dim; axis++) {
      values[axis * steps + t] = positions[(t + 1) * dim + axis] - positions[t * dim + axis];
    }
  }
  return { values, steps, dim };
}

type Evidence = (track: Displacements, dt: number, options: Required<LikelihoodOptions>) => number;

/** Noise only: M = σ²(2, −1), the scale is σ². */
const immobile: Evidence = (track, _, { sigma }) =>
  logEvidence(whitenNeighbours(track, 2, -1), track.steps, track.dim, 0, uniformRoot(sigma));

/** M = 2Δt + σ²/D (2, −1) with σ² = DΔt/Q². */
const brownian: Evidence = (track, dt, { diffusion, q }) => {
  const prior = uniformScale(diffusion);
  return mix(noisePrior(q, pointCounts.q(rounded(track.steps))), (perQ) =>
    oneDrift(track, dt, perQ * perQ, 0, prior),
  );
};

/** The same with a drift of √(4DRΔt/n) per step, n steps, and σ² = DΔt(1 + 4R/n)/Q². */
const directed: Evidence = (track, dt, { diffusion, q, r }) => {
  const prior = uniformScale(diffusion);
  const noises = noisePrior(q, pointCounts.q(rounded(track.steps)));
  return mix(uniformPrior(pointCounts.r, r), (ratio) => {
    const extra = (4 * ratio) / track.steps;
    const speed = Math.sqrt(extra * dt);
    return mix(noises, (perQ) => oneDrift(track, dt, perQ * perQ * (1 + extra), speed, prior));
  });
};

function oneDrift(
  track: Displacements,
  dt: number,
  noise: number,
  speed: number,
  prior: ScalePrior,
): number {
  const whitened = whitenNeighbours(track, 2 * dt * (1 + noise), -dt * noise);
  return logEvidence(whitened, track.steps, track.dim, speed, prior);
}

/** M[s, t] = Δt^α(|k + 1|^α − 2|k|^α + |k − 1|^α), k = s − t, and the noise beside it. */
function fbmEvidences(
  tracks: readonly Displacements[],
  dt: number,
  options: Required<LikelihoodOptions>,
): Float64Array {
  const evidence = new Float64Array(tracks.length);
  const groups = new Map<number, number[]>();
  tracks.forEach(({ steps }, i) => {
    const group = groups.get(rounded(steps));
    if (group) group.push(i);
    else groups.set(rounded(steps), [i]);
  });
  for (const [steps, group] of groups) {
    group.sort((a, b) => tracks[a].steps - tracks[b].steps);
    const members = group.map((i) => tracks[i]);
    const values = fbmGroup(members, steps, dt, options);
    group.forEach((i, member) => {
      evidence[i] = values[member];
    });
  }
  return evidence;
}

/** The evidence of tracks in ascending order of steps, none of more than `steps`. */
function fbmGroup(
  tracks: readonly Displacements[],
  steps: number,
  dt: number,
  { diffusion, q, alpha }: Required<LikelihoodOptions>,
): Float64Array {
  const prior = uniformScale(diffusion);
  const alphas = uniformPrior(pointCounts.alpha(steps), alpha);
  const noises = noisePrior(q, pointCounts.qOfFbm);
  const pairs = alphas.points.length * noises.points.length;
  const terms = new Float64Array(tracks.length * pairs);
  const covariance = new Float64Array(steps + 1);
  const whitened: Whitened = { logDeterminant: 0, square: 0, drift: 0, ones: 0 };
  alphas.points.forEach((a, i) => {
    noises.points.forEach((perQ, j) => {
      const noise = dt * perQ * perQ;
      for (let k = 0; k <= steps; k++) {
        covariance[k] = dt ** a * ((k + 1) ** a - 2 * k ** a + Math.abs(k - 1) ** a);
      }
      covariance[0] += 2 * noise;
      covariance[1] -= noise;
      const logWeight = Math.log(alphas.weights[i] * noises.weights[j]);
      const pair = i * noises.points.length + j;
      whitenStationary(tracks, covariance, (track, logDeterminant, square) => {
        whitened.logDeterminant = logDeterminant;
        whitened.square = square;
        const value = logEvidence(whitened, tracks[track].steps, tracks[track].dim, 0, prior);
        terms[track * pairs + pair] = logWeight + value;
      });
    });
  });
  return Float64Array.from(tracks, (_, i) => logSumExp(terms.subarray(i * pairs, (i + 1) * pairs)));
}

/** Points of 1/Q with their probabilities; 1/Q = 0 is no noise. */
function noisePrior(q: Range | null, count: number): Quadrature {
  if (q === null) return { points: Float64Array.of(0), weights: Float64Array.of(1) };
  const { points, weights } = uniformPriorInLog(count, q);
  return { points: points.map((value) => 1 / value), weights };
}

/** ln Σ wᵢ exp(f(xᵢ)). */
function mix({ points, weights }: Quadrature, f: (x: number) => number): number {
  if (points.length === 1) return f(points[0]);
  return logSumExp(points.map((x, i) => Math.log(weights[i]) + f(x)));
}

function logSumExp(values: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (const value of values) top = Math.max(top, value);
  let sum = 0;
  for (const value of values) sum += Math.exp(value - top);
  return top + Math.log(sum);
}
