import type { Track } from '@diffusion/tracks';
import { centreOf } from './centre.ts';
import { defineEncoder } from './define-encoder.ts';
import { POSITION, perAxis } from './origin.ts';

/** Numbers per point of the standardised encoding of a track of `dim` dimensions. */
export const standardizedChannels = (dim: number): number => dim;

/**
 * Writes the positions of one track, each coordinate alone, with mean 0 and standard deviation 1 over its points: without
 * units and without an origin. A coordinate that never moves is 0. Missing frames are left out, and nothing tells of them.
 * What is left of `out` stays zero.
 *
 * What WADNet (Li, Yao & Huang 2021) and the networks of Benitez 2023 see.
 *
 * @param track N points, any unit.
 * @param out zeros, at least N × {@link standardizedChannels} numbers.
 */
export function encodeStandardized(track: Track, out: Float32Array): void {
  const { positions, length, dim } = track;
  for (let axis = 0; axis < dim; axis++) {
    const { first, mean, largest } = centreOf(track, axis);
    if (largest === 0) continue;
    // By the largest first, so that squares of Lévy walks of 10¹⁶ and of steps of 10⁻³⁰⁰ have their digits.
    const at = (t: number) => (positions[t * dim + axis] - first - mean) / largest;
    let squares = 0;
    for (let t = 0; t < length; t++) squares += at(t) ** 2;
    const deviation = Math.sqrt(squares / length);
    for (let t = 0; t < length; t++) out[t * dim + axis] = at(t) / deviation;
  }
}

/** {@link encodeStandardized} as an encoder: positions with mean 0 and standard deviation 1 per coordinate. */
export const standardizedEncoder = defineEncoder({
  name: 'standardized',
  channels: standardizedChannels,
  origins: (dim) => perAxis(dim, [POSITION]),
  write: encodeStandardized,
});
