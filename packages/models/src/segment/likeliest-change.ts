/** A change point of a track that has one at most. */
export interface LikeliestChange {
  /** First point after it. */
  readonly place: number;
  /** Probability that the motion changes near it, weighted by nearness; above 1 where it changes more than once. */
  readonly score: number;
}

/**
 * Where a track changes if it changes once: the point with the largest sum of probabilities about it, with weights that fall to 0
 * beyond `reach` points on both sides.
 *
 * @param probabilities one per point of a track.
 *
 * @example
 * likeliestChange([0, 0, 0, 0.1, 0.4, 0.3, 0, 0, 0, 0]).place // 4
 */
export function likeliestChange(probabilities: ArrayLike<number>, reach = 8): LikeliestChange {
  let best = { place: 0, score: Number.NEGATIVE_INFINITY };
  for (let t = 1; t < probabilities.length; t++) {
    let score = 0;
    const last = Math.min(probabilities.length - 1, t + reach);
    for (let u = Math.max(1, t - reach); u <= last; u++) {
      score += probabilities[u] * (1 - Math.abs(u - t) / (reach + 1));
    }
    if (score > best.score) best = { place: t, score };
  }
  return best;
}
