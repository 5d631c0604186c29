import { mostProbable, type Prediction } from '@diffusion/tracks';

/** The most probable class of each track, −1 for those that were not judged. */
export function bestOf({ classes = [], probabilities, codes, count }: Prediction): Int32Array {
  if (probabilities) return mostProbable(probabilities, classes.length, classes.length);
  return codes ?? new Int32Array(count).fill(-1);
}
