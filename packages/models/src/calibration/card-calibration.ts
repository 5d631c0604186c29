import type { JsonObject } from '../json.ts';

/** What is done to the classes that a model answers, as its card holds it; {@link calibrate} fits it. */
export interface CardCalibration {
  /** Labelled tracks it was fitted to, of those that the model judges. */
  readonly tracks: number;
  /** Tracks of the same that the model did not judge, which nothing was fitted to; unknown of earlier cards. */
  readonly notJudged?: number;
  /** What they were: the prior that all of this holds for. */
  readonly data: JsonObject;
  readonly probabilities: ProbabilityScaling;
  /** Absent where a model answers with the most probable class alone. */
  readonly sets?: SetThresholds;
}

/**
 * Probabilities that are met: softmax(sharpness · ln p + offset), both linear in the logarithm of a track's length between
 * the lengths here, and as at the first and the last of them beyond.
 */
export interface ProbabilityScaling {
  /** In points, increasing. */
  readonly lengths: readonly number[];
  /** At each length: 1 ÷ temperature. */
  readonly sharpness: readonly number[];
  /** At each length, of each class. */
  readonly offsets: readonly (readonly number[])[];
}

/** From what probability on a class belongs to the set of a track. */
export interface SetThresholds {
  /** Share of the tracks whose class is in their set, for every length. */
  readonly coverage: number;
  /** What the probability of each class is multiplied by before it is compared; the products are made to sum to 1 again. */
  readonly weights: readonly number[];
  /** By length, increasing; the first and the last hold beyond, too. */
  readonly bins: readonly ThresholdBin[];
}

/** Thresholds of tracks of `from` ≤ N < `to` points. */
export interface ThresholdBin {
  readonly from: number;
  readonly to: number;
  /** Of each class, for tracks whose steps look like noise ({@link looksLikeNoise}). */
  readonly noise: readonly number[];
  /** Of each class, for all others. */
  readonly motion: readonly number[];
}
