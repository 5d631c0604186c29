import type { Track } from '@diffusion/tracks';

/** Standard deviations from the correlation of noise alone. */
const deviations = 2;

/**
 * Whether the steps of a track cannot be told from those of a particle that stands still and is only seen with error: their
 * correlation with the next step is −½ there, with a standard deviation of 1/√(2·d·m) over m pairs of steps in d dimensions
 * (Bartlett, J. R. Stat. Soc. B 8, 27 (1946), of a moving average of order one). It is so within two of them, and where
 * there is no pair: a sign of a small √(D·Δt)/σ, which no network is told. Only steps between consecutive frames count.
 *
 * @example
 * looksLikeNoise(tracks.at(0))
 */
export function looksLikeNoise({ positions, frames, length, dim }: Track): boolean {
  let squares = 0;
  let products = 0;
  let steps = 0;
  let pairs = 0;
  for (let t = 0; t + 1 < length; t++) {
    if (frames && frames[t + 1] - frames[t] !== 1) continue;
    const paired = t + 2 < length && !(frames && frames[t + 2] - frames[t + 1] !== 1);
    steps++;
    if (paired) pairs++;
    for (let axis = 0; axis < dim; axis++) {
      const at = t * dim + axis;
      const step = positions[at + dim] - positions[at];
      squares += step * step;
      if (paired) products += step * (positions[at + 2 * dim] - positions[at + dim]);
    }
  }
  if (pairs === 0 || squares === 0) return true;
  const correlation = products / pairs / (squares / steps);
  return (correlation + 0.5) * Math.sqrt(2 * dim * pairs) < deviations;
}
