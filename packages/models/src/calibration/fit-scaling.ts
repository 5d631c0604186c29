import type { Pieces } from '../classical/in-turns.ts';
import { minimize } from '../classical/minimize.ts';
import type { ProbabilityScaling } from './card-calibration.ts';
import { betweenLengths, LEAST_PROBABILITY } from './scale-probabilities.ts';

/** Of a model whose probabilities say nothing, or the contrary. */
const leastSharpness = 0.01;

/** What a model said of labelled tracks. */
export interface JudgedTracks {
  /** Tracks × classes. */
  readonly probabilities: Float32Array;
  readonly classes: number;
  /** True class of each. */
  readonly actual: ArrayLike<number>;
  /** Points of each. */
  readonly lengths: ArrayLike<number>;
}

/** Tracks for each length at which a scaling is fitted, and such lengths at most. */
const tracksPerLength = 2000;
const mostLengths = 9;

/**
 * The scaling of least log loss ({@link ProbabilityScaling}), at lengths with equally many tracks between them. Every number
 * of it is held by one track's worth of loss at where it changes nothing, so that a class without tracks has one, too.
 */
export function* fitScaling(judged: JudgedTracks): Pieces<ProbabilityScaling> {
  const { probabilities, classes, actual, lengths } = judged;
  const count = actual.length;
  const known = knots(lengths);
  const logarithms = Float64Array.from(probabilities, (p) =>
    Math.log(Math.max(p, LEAST_PROBABILITY)),
  );
  const places = Array.from({ length: count }, (_, i) => betweenLengths(known, lengths[i]));
  // Of each length: how much the sharpness differs from 1, and the offsets.
  const width = 1 + classes;
  const scores = new Float64Array(classes);
  const objective = (x: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (let i = 0; i < count; i++) {
      const { lower, upper, share } = places[i];
      const [a, b] = [lower * width, upper * width];
      const sharp = 1 + (1 - share) * x[a] + share * x[b];
      let most = Number.NEGATIVE_INFINITY;
      for (let k = 0; k < classes; k++) {
        const offset = (1 - share) * x[a + 1 + k] + share * x[b + 1 + k];
        scores[k] = sharp * logarithms[i * classes + k] + offset;
        most = Math.max(most, scores[k]);
      }
      const right = scores[actual[i]];
      let sum = 0;
      for (let k = 0; k < classes; k++) sum += scores[k] = Math.exp(scores[k] - most);
      loss += Math.log(sum) + most - right;
      let bySharpness = 0;
      for (let k = 0; k < classes; k++) {
        const residual = scores[k] / sum - (k === actual[i] ? 1 : 0);
        bySharpness += residual * logarithms[i * classes + k];
        gradient[a + 1 + k] += (1 - share) * residual;
        gradient[b + 1 + k] += share * residual;
      }
      gradient[a] += (1 - share) * bySharpness;
      gradient[b] += share * bySharpness;
    }
    for (let j = 0; j < x.length; j++) {
      gradient[j] = (gradient[j] + x[j]) / count;
      loss += x[j] ** 2 / 2;
    }
    return loss / count;
  };
  const x = yield* minimize(objective, known.length * width, { tolerance: 1e-6, steps: 300 });
  return {
    lengths: known,
    sharpness: known.map((_, k) => Math.max(leastSharpness, 1 + x[k * width])),
    offsets: known.map((_, k) => [...x.subarray(k * width + 1, (k + 1) * width)]),
  };
}

/** Lengths from the shortest to the longest with equally many tracks between them, as far as they differ. */
function knots(lengths: ArrayLike<number>): number[] {
  const sorted = Float64Array.from(lengths).sort();
  const last = sorted.length - 1;
  const parts = Math.min(mostLengths, Math.max(1, Math.floor(sorted.length / tracksPerLength))) - 1;
  if (parts === 0) return [sorted[Math.floor(last / 2)]];
  return [
    ...new Set(Array.from({ length: parts + 1 }, (_, k) => sorted[Math.round((k * last) / parts)])),
  ];
}
