import type { Reason } from '@diffusion/tracks';

/** How an answer is traced back to what it was made of. */
export type ExplainMethod = 'lrp' | 'integrated-gradients' | 'gradient-input' | 'smooth-gradient';

/** What a number per point tells of a track. */
export type PointPart = 'positions' | 'displacements' | 'time';

/** What is explained of each track, where it is no class: its code in {@link Relevance.target}. */
export const NOT_A_CLASS = { exponent: -1, diffusion: -2, change: -3 } as const;

/**
 * What a code of {@link Relevance.target} stands for: the name of a class, `exponent`, `diffusion` or `change`.
 *
 * @example
 * targetName(-1, ['brownian', 'directed']) // 'exponent'
 */
export function targetName(code: number, classes: readonly string[]): string {
  if (code >= 0) return classes[code];
  return Object.entries(NOT_A_CLASS).find(([, each]) => each === code)?.[0] ?? '';
}

/** What the points of tracks did for an answer: signed, in units of the output that is explained. */
export interface Relevance {
  /** A name of {@link ExplainMethod}, or of another that gives the same. */
  readonly method: string;
  /**
   * Per track the class that is explained; −1 for the exponent, and of a model that answers for every point −2 for ln K, −3 for
   * a change.
   */
  readonly target: Int32Array;
  /** One number per point of the tracks, in their order: offsets are the tracks'. NaN where a track was not explained. */
  readonly points: Float32Array;
  /** `points` by what of the track it comes from: where points lie, how they move on, the time between them. */
  readonly parts: Readonly<Partial<Record<PointPart, Float32Array>>>;
  /**
   * Tracks × `featureNames`: what the model sees of a track as a whole, numbers beside the points and those that are the same
   * at every point. Absent where it sees none.
   */
  readonly features?: Float32Array;
  readonly featureNames?: readonly string[];
  /** Per track the logit, exponent or other number that is explained. */
  readonly output: Float32Array;
  /**
   * Per track what no number of its own took: biases, norms and stabilisers of relevance propagation, the baseline of
   * integrated gradients, what a gradient alone does not say. Points + features + absorbed = output: exactly for the methods
   * that define it so, within rounding for relevance propagation, within the error of the integral for integrated gradients.
   */
  readonly absorbed: Float32Array;
  /** Of integrated gradients: what the path begins at. */
  readonly baseline?: string;
  /** Why a track was not explained; undefined where it was. */
  readonly reasons: readonly (Reason | undefined)[];
}
