import type { Track } from '@diffusion/tracks';
import { centreOf } from './centre.ts';

/**
 * The sample autocorrelation of one coordinate of a track at a lag of k frames,
 *
 *     ρ(k) = Σ (x_t − x̄)(x_{t+k} − x̄) ÷ Σ (x_t − x̄)²
 *
 * Where frames are missing the numerator has the pairs of points that are k frames apart, and is multiplied by the number
 * that there would be over the number that there is, the denominator by that of frames over that of points; without gaps
 * both factors are 1. 0 where no two points are k frames apart, and for a coordinate that never moves.
 *
 * @param lag frames, 1 at least.
 *
 * @example
 * autocorrelation(track, 0, 8); // of x
 */
export function autocorrelation(track: Track, axis: number, lag: number): number {
  const { positions, frames, length, dim } = track;
  const { first, mean, largest } = centreOf(track, axis);
  if (largest === 0) return 0;
  const at = (t: number) => (positions[t * dim + axis] - first - mean) / largest;
  const frameOf = (t: number) => (frames ? frames[t] - frames[0] : t);
  let squares = 0;
  let products = 0;
  let pairs = 0;
  for (let t = 0, later = 0; t < length; t++) {
    squares += at(t) ** 2;
    while (later < length && frameOf(later) < frameOf(t) + lag) later++;
    if (later === length || frameOf(later) !== frameOf(t) + lag) continue;
    products += at(t) * at(later);
    pairs++;
  }
  if (pairs === 0) return 0;
  const span = frameOf(length - 1) + 1;
  return (products * ((span - lag) / pairs)) / (squares * (span / length));
}
