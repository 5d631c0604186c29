import type { SetThresholds, ThresholdBin } from './card-calibration.ts';

/** The bin of a length; the first and the last hold beyond, too. */
export const binOf = (
  bins: readonly Pick<ThresholdBin, 'from' | 'to'>[],
  points: number,
): number => {
  const found = bins.findIndex(({ to }) => points < to);
  return found < 0 ? bins.length - 1 : found;
};

/**
 * What decides whether a class belongs to a set: its probability, each multiplied by the weight of its class and divided by
 * their sum. The most probable class, as the probabilities stand, has 1, which no other reaches: it always belongs.
 *
 * @param probabilities rows × classes.
 * @param out one number per class.
 */
export function setScores(
  probabilities: ArrayLike<number>,
  row: number,
  weights: readonly number[],
  out: Float64Array,
): void {
  const classes = weights.length;
  const from = row * classes;
  let best = 0;
  let sum = 0;
  for (let k = 0; k < classes; k++) {
    out[k] = weights[k] * probabilities[from + k];
    sum += out[k];
    if (probabilities[from + k] > probabilities[from + best]) best = k;
  }
  for (let k = 0; k < classes; k++) out[k] = sum > 0 ? out[k] / sum : 0;
  out[best] = 1;
}

/**
 * The set of each track: rows × classes, 1 for a class that belongs to it and 0 for one that does not; none of a row of NaN.
 *
 * @param probabilities rows × classes, as they are met.
 * @param lengths points of the track of each row.
 * @param noise whether each track looks like noise.
 */
export function predictionSets(
  { weights, bins }: SetThresholds,
  probabilities: Float32Array,
  lengths: ArrayLike<number>,
  noise: (row: number) => boolean,
): Uint8Array {
  const classes = weights.length;
  const sets = new Uint8Array(lengths.length * classes);
  const scores = new Float64Array(classes);
  for (let row = 0; row < lengths.length; row++) {
    if (Number.isNaN(probabilities[row * classes])) continue;
    const bin = bins[binOf(bins, lengths[row])];
    const least = noise(row) ? bin.noise : bin.motion;
    setScores(probabilities, row, weights, scores);
    for (let k = 0; k < classes; k++) sets[row * classes + k] = scores[k] >= least[k] ? 1 : 0;
  }
  return sets;
}
