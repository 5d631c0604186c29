import type { Random } from '@diffusion/random';
import { checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { unitVector } from '../models/unit-vector.ts';
import { readFields } from '../read-specification.ts';

/** A constant drift of the stage, common to all tracks: a velocity, or a speed in a direction that the seed decides. */
export type DriftSpecification =
  /** Position units per time, one number per coordinate. */
  | { readonly velocity: readonly number[]; readonly speed?: undefined }
  /** Position units per time; the direction is uniform among all. */
  | { readonly speed: number; readonly velocity?: undefined };

/** The velocity of a drift whose fields lie at `drift`, in position units per time. */
export function readDrift(value: unknown, dim: number, random: () => Random): Float64Array {
  const { velocity, speed } = readFields('drift', value, ['velocity', 'speed']);
  if ((velocity === undefined) === (speed === undefined)) {
    throw new ParameterError('drift', value, 'exactly one of velocity and speed');
  }
  const out = new Float64Array(dim);
  if (velocity === undefined) {
    const length = checkNumber('drift.speed', speed, { min: 0 });
    unitVector(random(), dim, out);
    return out.map((x) => length * x);
  }
  if (!Array.isArray(velocity) || velocity.length !== dim) {
    throw new ParameterError('drift.velocity', velocity, `a list of ${dim} numbers`);
  }
  return out.map((_, d) => checkNumber(`drift.velocity[${d}]`, velocity[d]));
}

/** Moves every place by what the stage has drifted until its frame; without `frames` they are 0, 1, 2, … */
export function addDrift(
  positions: Float64Array,
  points: number,
  dim: number,
  velocity: ArrayLike<number>,
  dt: number,
  frames?: Int32Array,
): void {
  for (let i = 0, at = 0; i < points; i++) {
    const time = (frames ? frames[i] : i) * dt;
    for (let d = 0; d < dim; d++, at++) positions[at] += time * velocity[d];
  }
}
