import type { Prediction, Tracks } from '@diffusion/tracks';
import type { ModelCard } from '../card.ts';
import { widthOf } from '../predict/prediction-of.ts';
import type { SetThresholds } from './card-calibration.ts';
import { looksLikeNoise } from './looks-like-noise.ts';
import { predictionSets } from './prediction-sets.ts';
import { scaleProbabilities } from './scale-probabilities.ts';

/** Scales the probabilities of a model's answers as its card says, in place; those of a card that says nothing stay as they are. */
export function calibrateAnswers(
  { calibration, output }: Pick<ModelCard, 'calibration' | 'output'>,
  answers: Float32Array,
  tracks: Tracks,
): void {
  if (!calibration) return;
  scaleProbabilities(calibration.probabilities, answers, widthOf(output), tracks.lengths());
}

/** A prediction with the set of each track, and a label only where the set has one class; as it is without thresholds. */
export function withSets(
  prediction: Prediction,
  thresholds: SetThresholds | undefined,
  tracks: Tracks,
): Prediction {
  const { classes, codes, probabilities } = prediction;
  if (!thresholds || !classes || !codes || !probabilities) return prediction;
  const sets = predictionSets(thresholds, probabilities, tracks.lengths(), (row) =>
    looksLikeNoise(tracks.at(row)),
  );
  const width = classes.length;
  // The most probable class belongs to every set: it is what a set of one holds.
  const one = codes.map((code, i) => {
    const members = sets.subarray(i * width, (i + 1) * width);
    return members.reduce((sum, member) => sum + member, 0) === 1 ? code : -1;
  });
  const labels = Array.from(one, (code) => (code < 0 ? '' : classes[code]));
  return { ...prediction, codes: one, labels, sets };
}
