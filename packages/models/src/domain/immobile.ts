import type { Track } from '@diffusion/tracks';

/**
 * How far a track is from a particle that stands still and is only seen with localisation error: von Neumann's ratio
 * η = Σ|Δ|² ÷ Σ|x − x̄|² against its mean 2 and variance 4(N − 2) ÷ (d (N² − 1)) for independent normal positions, in
 * standard deviations, positive where neighbouring points are closer than independent ones would be (von Neumann,
 * Ann. Math. Stat. 12, 367 (1941)). A moving particle has a large value; noise alone has one above 2.33 in one track
 * of a hundred. Constant tracks give −∞, tracks of fewer than three points NaN. Only steps between consecutive frames
 * count where frames are missing.
 *
 * @example
 * movesBeyondNoise(track) > 2.33 // the particle moved, at a false-alarm rate of 1 %
 */
export function movesBeyondNoise(track: Track): number {
  const { positions, frames, length, dim } = track;
  if (length < 3) return Number.NaN;
  let steps = 0;
  let ofSteps = 0;
  let ofPositions = 0;
  for (let axis = 0; axis < dim; axis++) {
    let mean = 0;
    for (let t = 0; t < length; t++) mean += positions[t * dim + axis] - positions[axis];
    mean = mean / length + positions[axis];
    for (let t = 0; t < length; t++) {
      const x = positions[t * dim + axis];
      ofPositions += (x - mean) ** 2;
      if (t + 1 < length && (!frames || frames[t + 1] - frames[t] === 1)) {
        ofSteps += (positions[(t + 1) * dim + axis] - x) ** 2;
        steps++;
      }
    }
  }
  if (ofPositions === 0) return Number.NEGATIVE_INFINITY;
  if (steps === 0) return Number.NaN;
  const ratio = (ofSteps / steps / (ofPositions / (dim * length))) * ((length - 1) / length);
  return (2 - ratio) / Math.sqrt((4 * (length - 2)) / (dim * (length * length - 1)));
}
