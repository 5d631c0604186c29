import type { Track, Tracks } from '@diffusion/tracks';
import { ClassicalError, largest, type RowPrediction } from '../classical.ts';
import { fbmEvidences } from './fbm-evidence.ts';
import {
  checkedOptions,
  type GaussianModel,
  type LikelihoodOptions,
} from './likelihood-options.ts';
import { logSumExp } from './log-sum-exp.ts';
import { brownian, directed, immobile } from './track-evidence.ts';
import type { Displacements } from './whiten.ts';

/** The exact classifier; see {@link likelihoodClassifier}. */
export interface LikelihoodClassifier {
  readonly classes: readonly GaussianModel[];
  /** ln of the probability density of each track's displacements under each model, tracks × models. */
  logEvidence(tracks: Tracks): Float64Array;
  /** The most probable model and the probability of each. */
  predict(tracks: Tracks): RowPrediction;
  /** The options in full: `likelihoodClassifier(options)` is the same classifier. */
  toJSON(): Required<LikelihoodOptions>;
}

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
  const options = checkedOptions(given);
  const { models, shares } = options;
  const total = shares.reduce((a, b) => a + b, 0);
  const logShares = shares.map((share) => Math.log(share / total));
  return {
    classes: models,
    logEvidence: (tracks) => evidences(tracks, options),
    predict(tracks) {
      const probabilities = evidences(tracks, options);
      for (let from = 0; from < probabilities.length; from += models.length) {
        const row = probabilities.subarray(from, from + models.length);
        for (let c = 0; c < row.length; c++) row[c] += logShares[c];
        const norm = logSumExp(row);
        for (let c = 0; c < row.length; c++) row[c] = Math.exp(row[c] - norm);
      }
      return { codes: largest(probabilities, models.length), probabilities };
    },
    toJSON: () => options,
  };
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
