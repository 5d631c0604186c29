/** What the points of tracks did for an answer: signed, in units of the output that is explained. */
export interface Relevance {
  /** `lrp`, `integrated-gradients`, `gradient-input`, `smooth-gradient` or `occlusion`. */
  readonly method: string;
  /** Per track the class that is explained; −1: the exponent. */
  readonly target: Int32Array;
  /** A number per point of the tracks, in their order; NaN for a track that is not explained. */
  readonly points: Float32Array;
  /** Tracks × features, where the network sees features beside the track. */
  readonly features?: Float32Array;
  /** Per track what is explained: the logit, or the exponent. */
  readonly output: Float32Array;
  /** Per track what biases, norms and the stabiliser took: with the points (and features) it makes the output. */
  readonly absorbed: Float32Array;
}
