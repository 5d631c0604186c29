import type { Track } from '@diffusion/tracks';
import { defineEncoder } from './define-encoder.ts';
import { POSITION, perAxis, STEP } from './origin.ts';

/** Numbers per point of the motion encoding of a track of `dim` dimensions. */
export const motionChannels = (dim: number): number => 2 * dim + 2;

/** Numbers per track of the motion encoding: the logarithm of its length. */
export const motionFeatures = 1;

/**
 * Writes one track as a network sees it, free of units: everything is in multiples of s, the root mean square
 * displacement per frame and coordinate.
 *
 * Per point: the displacement to the next point ÷ (s √frames it took), dim numbers, 0 at the last point; the
 * position from the start ÷ (s √N), dim numbers; 1; ln(1 + number of missing frames before the next point). What is
 * left of `out` stays zero, so that the 1 also tells where the track ends. Per track: (ln N − 5) ÷ 1.3.
 * A track that never moves has only the last three.
 *
 * Channels after what a small network needs to come close to the best possible decision between free and directed
 * motion (docs/models.md).
 *
 * @param track N points, any unit.
 * @param out zeros, at least N × {@link motionChannels} numbers.
 * @param features room for {@link motionFeatures} numbers.
 */
export function encodeMotion(track: Track, out: Float32Array, features: Float32Array): void {
  const { positions, frames, length, dim } = track;
  const channels = motionChannels(dim);
  let sum = 0;
  for (let t = 0; t + 1 < length; t++) {
    const took = frames ? frames[t + 1] - frames[t] : 1;
    let squared = 0;
    for (let axis = 0; axis < dim; axis++) {
      const step = positions[(t + 1) * dim + axis] - positions[t * dim + axis];
      squared += step * step;
    }
    sum += squared / took;
  }
  const s = Math.sqrt(sum / (dim * Math.max(1, length - 1)));
  const perStep = s > 0 ? 1 / s : 0;
  const perPosition = perStep / Math.sqrt(length);
  for (let t = 0; t < length; t++) {
    const row = t * channels;
    const last = t + 1 === length;
    const took = frames && !last ? frames[t + 1] - frames[t] : 1;
    const scale = perStep / Math.sqrt(took);
    for (let axis = 0; axis < dim; axis++) {
      const x = positions[t * dim + axis];
      if (!last) out[row + axis] = (positions[(t + 1) * dim + axis] - x) * scale;
      out[row + dim + axis] = (x - positions[axis]) * perPosition;
    }
    out[row + 2 * dim] = 1;
    out[row + 2 * dim + 1] = Math.log(took);
  }
  features[0] = (Math.log(length) - 5) / 1.3;
}

/** {@link encodeMotion} as an encoder: displacements and positions in units of the track's own displacements. */
export const motionEncoder = defineEncoder({
  name: 'motion',
  channels: motionChannels,
  features: () => motionFeatures,
  origins: (dim) => [
    ...perAxis(dim, [STEP]),
    ...perAxis(dim, [POSITION]),
    { name: 'presence', of: 'track', points: [0] },
    { name: 'ln frames', of: 'time', points: [0, 1] },
  ],
  featureNames: () => ['ln length'],
  write: encodeMotion,
});
