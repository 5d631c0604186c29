import type { Track } from '@diffusion/tracks';
import { centreOf } from './centre.ts';
import { defineEncoder } from './define-encoder.ts';
import { steepest } from './multiscale.ts';
import { POSITION, STEP } from './origin.ts';
import { negligible, pointsDownwards } from './points-downwards.ts';
import { bounded, trackNumberNames, trackNumbers, writeTrackNumbers } from './track-numbers.ts';

/** Numbers per point of the coordinatewise encoding of a track of `dim` dimensions. */
export const coordinatewiseChannels = (dim: number): number => 4 * dim + (dim > 1 ? 3 : 2);

/** Numbers per track of the coordinatewise encoding. */
export const coordinatewiseFeatures = (dim: number): number =>
  2 + dim * (2 + trackNumbers) + (dim > 1 ? trackNumbers : 0);

/**
 * Writes one track with a unit for each coordinate, as where every coordinate has an amplitude and an error of its own (the
 * AnDi challenge of 2020): nothing changes where one is moved, mirrored or measured in another unit, nor where they change
 * places. The smoothest comes first: that whose mean squared displacement grows most from one frame to two.
 *
 * A step is a displacement to the next point divided by √k, where it lasts k frames. With s the standard deviation of the
 * steps of a coordinate and S that of its positions, four numbers per point and coordinate, and three more per point, the first
 * of them not in 1D:
 *
 *     step ÷ s (0 at the last) · position ÷ S · position ÷ 8s · ln(|step|/s + 0.01)/2
 *     ln(√⟨(step ÷ s)²⟩ + 0.01)/2, ⟨⟩ over the coordinates · ln k · time, −1 at the first frame, 1 at the last
 *
 * Per track (ln N − 5)/1.3 and three times the share of missing frames; per coordinate (ln(S/s) − 1.5)/1.2, the logarithm of
 * the net displacement over that of a Brownian track, and the numbers of `writeTrackNumbers`; in 2D and 3D these of all
 * coordinates together, each divided by its s. The numbers per track but the first two are cut at ±5. Where the steps of a coordinate
 * hardly differ, its s is a tenth of their root mean square. Of one that never moves steps, positions and the numbers per track are 0
 * and ln(|step|/s + 0.01)/2 is −2.3; it stands where a Brownian one would. Nothing is interpolated.
 *
 * Channels of the networks for the AnDi challenge in 2D and 3D, docs/models.md.
 *
 * @param track N points, any unit.
 * @param out N × {@link coordinatewiseChannels} numbers, all of them written.
 * @param features room for {@link coordinatewiseFeatures} numbers.
 */
export function encodeCoordinatewise(
  track: Track,
  out: Float32Array,
  features: Float32Array,
): void {
  const { frames, length, dim } = track;
  const channels = coordinatewiseChannels(dim);
  const last = length - 1;
  const span = frames ? frames[last] - frames[0] : last;
  const coordinates = Array.from({ length: dim }, (_, axis) => coordinateOf(track, axis));
  coordinates.sort(bySmoothness);

  const together = new Float64Array(length * dim);
  const sizes = new Float64Array(Math.max(0, last));
  for (let t = 0; t < length; t++) {
    let to = t * channels;
    let square = 0;
    for (const [axis, { x, steps, perStep, perSpread }] of coordinates.entries()) {
      const step = t < last ? steps[t] * perStep : 0;
      square += step * step;
      together[t * dim + axis] = x[t] * perStep;
      out[to++] = step;
      out[to++] = x[t] * perSpread;
      out[to++] = (x[t] * perStep) / 8;
      out[to++] = Math.log(Math.abs(step) + 0.01) / 2;
    }
    if (t < last) sizes[t] = Math.sqrt(square);
    if (dim > 1) out[to++] = Math.log(Math.sqrt(square / dim) + 0.01) / 2;
    out[to++] = frames && t < last ? Math.log(frames[t + 1] - frames[t]) : 0;
    const since = frames ? frames[t] - frames[0] : t;
    out[to] = span > 0 ? (2 * since) / span - 1 : 0;
  }

  let to = 0;
  features[to++] = (Math.log(length) - 5) / 1.3;
  features[to++] = 3 * (1 - length / (span + 1));
  for (const { x, perStep, perSpread, numbers } of coordinates) {
    const net = (x[last] - x[0]) * perStep;
    features[to++] = perStep > 0 ? bounded((Math.log(perStep / perSpread) - 1.5) / 1.2) : 0;
    features[to++] = perStep > 0 ? bounded(Math.log((net * net) / span + 0.01) / 2) : 0;
    features.set(numbers, to);
    to += trackNumbers;
  }
  if (dim > 1) {
    writeTrackNumbers(together, dim, frames, sizes, features.subarray(to, to + trackNumbers));
  }
}

/** The smoothest first; where that does not tell, as of three points, by the first number that differs. */
function bySmoothness(a: Coordinate, b: Coordinate): number {
  for (let i = 0; i < trackNumbers; i++) {
    if (a.numbers[i] !== b.numbers[i]) return b.numbers[i] - a.numbers[i];
  }
  return b.perStep * a.perSpread - a.perStep * b.perSpread;
}

/** One coordinate of a track. */
interface Coordinate {
  /** Positions about their mean, in units of the largest, mirrored where `pointsDownwards` says so. */
  readonly x: Float64Array;
  /** Displacements to the next point, divided by √k where one lasts k frames. */
  readonly steps: Float64Array;
  /** 1 ÷ the standard deviation of the steps; 0 where it never moves. */
  readonly perStep: number;
  /** 1 ÷ the root mean square of the positions; 0 where it never moves. */
  readonly perSpread: number;
  readonly numbers: Float32Array;
}

function coordinateOf(track: Track, axis: number): Coordinate {
  const { positions, frames, length, dim } = track;
  const { first, mean, largest } = centreOf(track, axis);
  const x = new Float64Array(length);
  let spread = 0;
  for (let t = 0; largest > 0 && t < length; t++) {
    const value = (positions[t * dim + axis] - first - mean) / largest;
    x[t] = Math.abs(value) < negligible ? 0 : value;
    spread += (x[t] * x[t]) / length;
  }
  if (pointsDownwards(x, 0, 1)) for (let t = 0; t < length; t++) x[t] = -x[t];

  const last = Math.max(0, length - 1);
  const steps = new Float64Array(last);
  let [sum, squares] = [0, 0];
  for (let t = 0; t < last; t++) {
    const step = (x[t + 1] - x[t]) / Math.sqrt(frames ? frames[t + 1] - frames[t] : 1);
    sum += step / last;
    squares += (step * step) / last;
    steps[t] = step;
  }
  const s = Math.sqrt(Math.max(squares - sum * sum, squares / steepest ** 2));
  const numbers = new Float32Array(trackNumbers);
  writeTrackNumbers(x, 1, frames, steps.map(Math.abs), numbers);
  return {
    x,
    steps,
    perStep: s > 0 ? 1 / s : 0,
    perSpread: spread > 0 ? 1 / Math.sqrt(spread) : 0,
    numbers,
  };
}

/** {@link encodeCoordinatewise} as an encoder: for `multiscale`, where every coordinate has an error of its own. */
export const coordinatewiseEncoder = defineEncoder({
  name: 'coordinatewise',
  channels: coordinatewiseChannels,
  features: coordinatewiseFeatures,
  origins: (dim) => [
    ...coordinatesOf(dim).flatMap((coordinate) => [
      { ...STEP, name: `${coordinate} step` },
      { ...POSITION, name: `${coordinate} position` },
      { ...POSITION, name: `${coordinate} position in steps` },
      { ...STEP, name: `${coordinate} ln |step|` },
    ]),
    ...(dim > 1 ? [{ ...STEP, name: 'ln |step|' }] : []),
    { name: 'ln frames', of: 'time', points: [0, 1] },
    { name: 'time', of: 'time', points: [0] },
  ],
  featureNames: (dim) => [
    'ln length',
    'missing frames',
    ...coordinatesOf(dim).flatMap((coordinate) =>
      ['ln spread', 'ln net displacement', ...trackNumberNames].map(
        (name) => `${coordinate} ${name}`,
      ),
    ),
    ...(dim > 1 ? trackNumberNames : []),
  ],
  write: encodeCoordinatewise,
  padded: false,
});

/** The coordinates, the smoothest first. */
const coordinatesOf = (dim: number): readonly string[] =>
  ['smoothest', 'second', 'third'].slice(0, dim).map((which) => `${which} coordinate`);
