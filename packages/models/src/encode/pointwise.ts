import type { Track } from '@diffusion/tracks';
import { choiceOption } from '../options.ts';
import { defineEncoder } from './define-encoder.ts';
import { perAxis, STEP } from './origin.ts';

/** Steps back to which the direction of a step is compared. */
const TURNS = [1, 2, 3, 4];

/** Half widths, in points, of the windows whose ends are compared. */
const WINDOWS = [1, 2, 4, 8, 16];

/** Least mean square, in squared units, whose logarithm is told from that of nothing. */
const least = 1e-4;

const options = {
  unit: choiceOption({
    default: 'track',
    choices: ['track', 'one'],
    description:
      'What lengths are divided by: `track`, the root mean square step of the track per coordinate; `one`, nothing, for tracks whose unit and localisation error are those of the training.',
  }),
};

/** Numbers per point of the pointwise encoding of a track of `dim` dimensions. */
export const pointwiseChannels = (dim: number): number => dim + 2 + TURNS.length + WINDOWS.length;

/**
 * Writes one track as a network sees it that answers for every point. A step is a displacement to the next point divided by √k,
 * where it lasts k frames, and u the unit ({@link pointwiseUnit}). Numbers per point:
 *
 *     asinh(step/u) along each axis · ln(|step|²/(dim u²) + 10⁻⁴)/4 · ln k
 *     cosine between the step and those 1, 2, 3 and 4 before
 *     ln(|x(t+w) − x(t−w)|²/(frames between · dim u²) + 10⁻⁴)/4 of w = 1, 2, 4, 8, 16 points, windows cut at the ends
 *
 * so that the numbers are sums away from what the likelihood of fractional Brownian motion is made of: squares, products of
 * neighbouring steps, mean squared displacements. At the last point there is no step, and 0 in its place. Nothing is
 * interpolated.
 *
 * Channels of `segmenter`, docs/models.md.
 *
 * @param track N points, any unit.
 * @param out N × {@link pointwiseChannels} numbers, all of them written.
 */
export function encodePointwise(track: Track, out: Float32Array, unit: number): void {
  const { positions, frames, length, dim } = track;
  const channels = pointwiseChannels(dim);
  const last = length - 1;
  const perUnit = unit > 0 ? 1 / unit : 0;
  const time = (t: number) => (frames ? frames[t] : t);
  const steps = new Float64Array(length * dim);
  const sizes = new Float64Array(length);
  for (let t = 0; t < last; t++) {
    const scale = perUnit / Math.sqrt(time(t + 1) - time(t));
    let square = 0;
    for (let axis = 0; axis < dim; axis++) {
      const at = t * dim + axis;
      steps[at] = (positions[at + dim] - positions[at]) * scale;
      square += steps[at] ** 2;
    }
    sizes[t] = Math.sqrt(square);
  }
  for (let t = 0; t < length; t++) {
    let to = t * channels;
    for (let axis = 0; axis < dim; axis++) out[to++] = Math.asinh(steps[t * dim + axis]);
    out[to++] = t < last ? Math.log(sizes[t] ** 2 / dim + least) / 4 : 0;
    out[to++] = t < last ? Math.log(time(t + 1) - time(t)) : 0;
    for (const back of TURNS) {
      let product = 0;
      if (t >= back) {
        for (let axis = 0; axis < dim; axis++) {
          product += steps[t * dim + axis] * steps[(t - back) * dim + axis];
        }
        product /= sizes[t] * sizes[t - back] || 1;
      }
      out[to++] = product;
    }
    for (const half of WINDOWS) {
      const [a, b] = [Math.max(0, t - half), Math.min(last, t + half)];
      let square = 0;
      for (let axis = 0; axis < dim; axis++) {
        square += ((positions[b * dim + axis] - positions[a * dim + axis]) * perUnit) ** 2;
      }
      const between = Math.max(1, time(b) - time(a)) * dim;
      out[to++] = Math.log(square / between + least) / 4;
    }
  }
}

/** Root mean square of the steps per coordinate, a step over k frames divided by √k; 0 for a track that never moves. */
export function pointwiseUnit({ positions, frames, length, dim }: Track): number {
  let sum = 0;
  for (let t = 0; t + 1 < length; t++) {
    const gap = frames ? frames[t + 1] - frames[t] : 1;
    for (let at = t * dim; at < (t + 1) * dim; at++) {
      sum += (positions[at + dim] - positions[at]) ** 2 / gap;
    }
  }
  return Math.sqrt(sum / (dim * Math.max(1, length - 1)));
}

/** {@link encodePointwise} as an encoder: for networks that answer for every point of a track. */
export const pointwiseEncoder = defineEncoder({
  name: 'pointwise',
  options,
  channels: pointwiseChannels,
  origins: (dim) => [
    ...perAxis(dim, [STEP]),
    { ...STEP, name: 'ln |step|' },
    { name: 'ln frames', of: 'time', points: [0, 1] },
    ...TURNS.map((back) => ({
      name: `turn after ${back}`,
      of: 'displacements' as const,
      points: [-back, 1 - back, 0, 1],
    })),
    ...WINDOWS.map((half) => ({
      name: `ln distance over ${2 * half}`,
      of: 'displacements' as const,
      points: [-half, half],
    })),
  ],
  unit: (track, { unit }) => (unit === 'track' ? pointwiseUnit(track) : 1),
  write: (track, out, _, { unit }) =>
    encodePointwise(track, out, unit === 'track' ? pointwiseUnit(track) : 1),
  padded: false,
});
