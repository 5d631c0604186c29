import type { Reason } from './reason.ts';

/**
 * What a model says of tracks, a row per track in the order of the input: classes, exponents or both. The models of
 * `@diffusion/models` make it; `@diffusion/eval` writes it to a file, reads it again and compares it with what is true.
 */
export interface Prediction {
  readonly count: number;
  /**
   * Class of each track as an index into `classes`, −1 where the track was not judged or, with `sets`, where its set has
   * several classes. Absent without classes.
   */
  readonly codes?: Int32Array;
  /** Class of each track by name, '' where its code is −1. Absent without classes. */
  readonly labels?: readonly string[];
  readonly classes?: readonly string[];
  /** count × classes; NaN where the track was not judged. Absent without classes. */
  readonly probabilities?: Float32Array;
  /**
   * Classes among which that of a track is, with the coverage that the model was calibrated to: count × classes, 1 for each
   * that belongs to the set of the track and 0 for the others, all 0 where the track was not judged. A set is never empty.
   * Absent where the model has no sets.
   */
  readonly sets?: Uint8Array;
  /** α per track, NaN where it was not judged. Absent without exponents. */
  readonly values?: Float32Array;
  /** Standard deviation of α per track, as the model itself sees it, NaN where it was not judged. Absent where it does not say. */
  readonly spreads?: Float32Array;
  /** Why a track was not judged; undefined where it was. */
  readonly reasons: readonly (Reason | undefined)[];
}
