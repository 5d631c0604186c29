/**
 * Learning rate of the one-cycle schedule: a cosine from peak ÷ 25 up to the peak over the first 30 % of the steps and
 * a cosine down to peak ÷ 10⁴ over the rest (Smith & Topin, arXiv:1708.07120).
 *
 * @param step from 0.
 * @param steps of the whole training.
 *
 * @example
 * oneCycle(0, 100, 3e-3) // 0.00012
 */
export function oneCycle(step: number, steps: number, peak: number): number {
  const rise = 0.3 * steps;
  const [from, to, share] =
    step < rise
      ? [peak / 25, peak, step / rise]
      : [peak, peak / 1e4, (step - rise) / (steps - rise)];
  return to + ((from - to) * (1 + Math.cos(Math.PI * Math.min(1, share)))) / 2;
}
