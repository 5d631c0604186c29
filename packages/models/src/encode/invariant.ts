import type { Track } from '@diffusion/tracks';
import { defineEncoder } from './define-encoder.ts';
import { steepest } from './multiscale.ts';
import { POSITION, STEP } from './origin.ts';
import { principalFrame } from './principal-frame.ts';
import { bounded, trackNumberNames, trackNumbers, writeTrackNumbers } from './track-numbers.ts';

/** Numbers per point of the invariant encoding of a track of `dim` dimensions. */
export const invariantChannels = (dim: number): number => 3 * dim + 3;

/** Numbers per track of the invariant encoding. */
export const invariantFeatures = (dim: number): number => 4 + (dim > 1 ? dim : 0) + trackNumbers;

/**
 * Writes one track so that nothing changes where it is moved, turned, mirrored or measured in another unit: along its
 * principal axes (`principalFrame`), with one unit for all of them. A step is a displacement to the next point divided
 * by √k, where it lasts k frames. With s the standard deviation of the steps per coordinate and S that of the positions,
 * three numbers per point and axis, and three more per point:
 *
 *     step ÷ s (0 at the last) · position ÷ S · position ÷ 8s
 *     ln(|step|/(s√dim) + 0.01)/2 · ln k · time, −1 at the first frame, 1 at the last
 *
 * Per track (ln N − 5)/1.3, (ln(S/s) − 1.5)/1.2, three times the share of missing frames, the logarithm of the net displacement over
 * that of a Brownian track; in 2D and 3D the logarithm of the spread along each axis over S; and the numbers of
 * `writeTrackNumbers`. All but the first and the third are cut at ±5. Where the steps hardly differ (straight motion without noise, two points), s
 * is a tenth of their root mean square. Nothing is interpolated.
 *
 * Channels of the networks for measured tracks, docs/models.md.
 *
 * @param track N points, any unit.
 * @param out N × {@link invariantChannels} numbers, all of them written.
 * @param features room for {@link invariantFeatures} numbers.
 */
export function encodeInvariant(track: Track, out: Float32Array, features: Float32Array): void {
  const { frames, length, dim } = track;
  const channels = invariantChannels(dim);
  const { positions, spreads } = principalFrame(track);
  const last = length - 1;
  const span = frames ? frames[last] - frames[0] : last;
  const gap = (t: number) => (frames ? frames[t + 1] - frames[t] : 1);

  const steps = new Float64Array(last);
  const drift = new Float64Array(dim);
  let squares = 0;
  for (let t = 0; t < last; t++) {
    const perFrame = 1 / Math.sqrt(gap(t));
    let square = 0;
    for (let axis = 0; axis < dim; axis++) {
      const at = t * dim + axis;
      const step = (positions[at + dim] - positions[at]) * perFrame;
      drift[axis] += step / last;
      square += step * step;
    }
    steps[t] = Math.sqrt(square);
    squares += square / last;
  }
  const systematic = drift.reduce((sum, mean) => sum + mean * mean, 0);
  const s = Math.sqrt(Math.max(squares - systematic, squares / steepest ** 2) / dim);
  const S = Math.sqrt(spreads.reduce((sum, spread) => sum + spread, 0) / dim);
  const perStep = s > 0 ? 1 / s : 0;
  const perSpread = S > 0 ? 1 / S : 0;

  for (let t = 0; t < length; t++) {
    let to = t * channels;
    const perFrame = t < last ? perStep / Math.sqrt(gap(t)) : 0;
    for (let axis = 0; axis < dim; axis++) {
      const at = t * dim + axis;
      out[to++] = t < last ? (positions[at + dim] - positions[at]) * perFrame : 0;
      out[to++] = positions[at] * perSpread;
      out[to++] = (positions[at] * perStep) / 8;
    }
    const size = t < last ? (steps[t] * perStep) / Math.sqrt(dim) : 0;
    out[to++] = Math.log(size + 0.01) / 2;
    out[to++] = t < last ? Math.log(gap(t)) : 0;
    const since = frames ? frames[t] - frames[0] : t;
    out[to] = span > 0 ? (2 * since) / span - 1 : 0;
  }

  let net = 0;
  for (let axis = 0; axis < dim; axis++) {
    net += (positions[last * dim + axis] - positions[axis]) ** 2;
  }
  let to = 0;
  features[to++] = (Math.log(length) - 5) / 1.3;
  features[to++] = s > 0 ? bounded((Math.log(S / s) - 1.5) / 1.2) : 0;
  features[to++] = 3 * (1 - length / (span + 1));
  features[to++] = s > 0 ? bounded(Math.log(net / (dim * s * s * span) + 0.01) / 2) : 0;
  if (dim > 1) {
    for (const spread of spreads) {
      features[to++] = S > 0 ? bounded(Math.log(Math.sqrt(spread) / S + 0.01)) : 0;
    }
  }
  writeTrackNumbers(positions, dim, frames, steps, features.subarray(to, to + trackNumbers));
}

/** {@link encodeInvariant} as an encoder: for `multiscale`, where tracks may be turned, scaled and have gaps. */
export const invariantEncoder = defineEncoder({
  name: 'invariant',
  channels: invariantChannels,
  features: invariantFeatures,
  origins: (dim) => [
    ...axesOf(dim).flatMap((axis) => [
      { ...STEP, name: `${axis} step` },
      { ...POSITION, name: `${axis} position` },
      { ...POSITION, name: `${axis} position in steps` },
    ]),
    { ...STEP, name: 'ln |step|' },
    { name: 'ln frames', of: 'time', points: [0, 1] },
    { name: 'time', of: 'time', points: [0] },
  ],
  featureNames: (dim) => [
    'ln length',
    'ln spread',
    'missing frames',
    'ln net displacement',
    ...(dim > 1 ? axesOf(dim).map((axis) => `${axis} ln spread`) : []),
    ...trackNumberNames,
  ],
  write: encodeInvariant,
  padded: false,
});

/** The principal axes, the longest first. */
const axesOf = (dim: number): readonly string[] =>
  ['first axis', 'second axis', 'third axis'].slice(0, dim);
