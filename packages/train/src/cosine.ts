/**
 * Learning rate that falls from the peak to 0 along half a cosine (Loshchilov & Hutter, arXiv:1608.03983, without
 * restarts).
 *
 * @param step from 0.
 * @param steps of the whole training.
 *
 * @example
 * cosine(50, 100, 2e-3) // 0.001
 */
export function cosine(step: number, steps: number, peak: number): number {
  return (peak * (1 + Math.cos((Math.PI * Math.min(step, steps)) / steps))) / 2;
}
