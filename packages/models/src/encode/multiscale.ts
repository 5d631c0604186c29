import type { Track } from '@diffusion/tracks';
import { centreOf } from './centre.ts';
import { defineEncoder } from './define-encoder.ts';
import { axisNames, POSITION, perAxis, STEP } from './origin.ts';

/** Numbers per point of the multiscale encoding of a track of `dim` dimensions. */
export const multiscaleChannels = (dim: number): number => 4 * dim;

/** Numbers per track of the multiscale encoding. */
export const multiscaleFeatures = (dim: number): number => 1 + dim;

/** A drift of more than this many deviations per step is seen as one of so many: where a step has no deviation. */
export const steepest = 10;

/** The numbers per track lie within ± this. */
const bound = 5;

/**
 * Writes one track as the network for every length sees it, without units and without an origin. Each coordinate
 * stands alone: its mean is taken away and it is divided by its largest magnitude, so that Lévy walks of 10¹⁶ are as
 * good as any. With s the standard deviation of its displacements and S that of its positions, four numbers per point:
 *
 *     displacement to the next point ÷ s (0 at the last) · position ÷ S · position ÷ 8s · ln(|displacement|/s + 0.01)/2
 *
 * Per track (ln N − 5)/1.3 and, per coordinate, (ln(S/s) − 1.5)/1.2, cut at ±5. Where the displacements hardly differ
 * (straight motion without noise, two points), s is a tenth of their root mean square. A coordinate that never moves
 * has displacements and positions 0.
 *
 * Missing frames: a displacement over k frames is divided by √k; positions stand where they were measured. Nothing is
 * interpolated, and nothing else tells the network of the gap.
 *
 * Channels of the length-free network, docs/models.md.
 *
 * @param track N points, any unit.
 * @param out N × {@link multiscaleChannels} numbers, all of them written.
 * @param features room for {@link multiscaleFeatures} numbers.
 */
export function encodeMultiscale(track: Track, out: Float32Array, features: Float32Array): void {
  const { positions, frames, length, dim } = track;
  const channels = multiscaleChannels(dim);
  features[0] = (Math.log(length) - 5) / 1.3;
  for (let axis = 0; axis < dim; axis++) {
    const { first, mean, largest } = centreOf(track, axis);
    const unit = largest > 0 ? 1 / largest : 0;
    const at = (t: number) => (positions[t * dim + axis] - first - mean) * unit;
    const displacement = (t: number) => {
      const step = (positions[(t + 1) * dim + axis] - positions[t * dim + axis]) * unit;
      return frames ? step / Math.sqrt(frames[t + 1] - frames[t]) : step;
    };

    const steps = Math.max(1, length - 1);
    let sum = 0;
    let squares = 0;
    let spread = 0;
    for (let t = 0; t < length; t++) {
      spread += at(t) ** 2;
      if (t + 1 < length) {
        sum += displacement(t);
        squares += displacement(t) ** 2;
      }
    }
    const variance = Math.max(
      squares / steps - (sum / steps) ** 2,
      squares / steps / steepest ** 2,
    );
    const s = Math.sqrt(variance);
    const S = Math.sqrt(spread / length);
    const perStep = s > 0 ? 1 / s : 0;
    const perSpread = S > 0 ? 1 / S : 0;
    for (let t = 0; t < length; t++) {
      const to = t * channels + 4 * axis;
      const step = t + 1 < length ? displacement(t) * perStep : 0;
      out[to] = step;
      out[to + 1] = at(t) * perSpread;
      out[to + 2] = (at(t) * perStep) / 8;
      out[to + 3] = Math.log(Math.abs(step) + 0.01) / 2;
    }
    const ratio = s > 0 ? (Math.log(S / s) - 1.5) / 1.2 : 0;
    features[1 + axis] = Math.max(-bound, Math.min(bound, ratio));
  }
}

/** {@link encodeMultiscale} as an encoder: four numbers per coordinate of a track of any length, for `multiscale`. */
export const multiscaleEncoder = defineEncoder({
  name: 'multiscale',
  channels: multiscaleChannels,
  features: multiscaleFeatures,
  origins: (dim) =>
    perAxis(dim, [
      STEP,
      POSITION,
      { ...POSITION, name: 'position in steps' },
      { ...STEP, name: 'ln |step|' },
    ]),
  featureNames: (dim) => [
    'ln length',
    ...axisNames.slice(0, dim).map((axis) => `${axis} ln spread`),
  ],
  write: encodeMultiscale,
  padded: false,
});
