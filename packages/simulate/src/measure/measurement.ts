import { keyedRandom } from '@diffusion/random';
import { checkInteger, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import {
  type Drawn,
  join,
  type Quantity,
  readFields,
  readQuantity,
} from '../read-specification.ts';
import { type DriftSpecification, readDrift } from './drift.ts';
import type { Blur } from './motion-blur.ts';

/** Localisation error: one of sigma, snr and q. */
export interface NoiseSpecification {
  /** Standard deviation of a position, in position units. */
  sigma?: Quantity;
  /** Standard deviation of the track's own displacements over σ (AnDi). */
  snr?: Quantity;
  /** √(DΔt + (vΔt)²) over σ (Gajowczyk & Szwabiński 2021); for models with a diffusion coefficient. */
  q?: Quantity;
  /**
   * One level for the whole track, or one drawn (and with `snr` one deviation measured) per coordinate;
   * 'track' unless told.
   */
  per?: 'track' | 'coordinate';
}

/** What the microscope does to the true path. Everything is off unless told. */
export interface MeasurementSpecification {
  noise?: NoiseSpecification;
  /**
   * Mean over the exposure: its fraction of the frame (1 unless told), and places per frame on the true path
   * (10 unless told).
   */
  blur?: { readonly exposure?: number; readonly substeps?: number };
  /** Drift of the stage, the same for all tracks: the place in frame k is moved by k Δt times its velocity. */
  drift?: DriftSpecification;
  /** Side of the field of view, and the fewest points of a piece that is kept (1 unless told). */
  fieldOfView?: { readonly size: number; readonly minPoints?: number };
  /** Probability that a frame is missed, below 1: of a track something is seen. */
  missed?: number;
  /** Mean bright and dark spells, in frames, at least 1. */
  blinking?: { readonly meanOn: number; readonly meanOff: number };
  /** Side of a pixel, in position units: every coordinate is rounded to a multiple of it. */
  quantization?: number;
}

/** Names of the fields of a {@link MeasurementSpecification}. */
export const MEASUREMENT_FIELDS = [
  'noise',
  'blur',
  'drift',
  'fieldOfView',
  'missed',
  'blinking',
  'quantization',
] as const;

/** A localisation error that has been checked. */
export interface Noise {
  /** Where the level was given, for messages. */
  readonly path: string;
  readonly kind: 'sigma' | 'snr' | 'q';
  readonly level: Drawn;
  readonly perCoordinate: boolean;
}

/** A measurement that has been checked. */
export interface Measurement {
  readonly noise?: Noise;
  readonly blur?: Blur;
  /** Velocity, in position units per time. */
  readonly drift?: Float64Array;
  readonly field?: { readonly size: number; readonly minPoints: number };
  readonly missed: number;
  readonly blinking?: { readonly meanOn: number; readonly meanOff: number };
  readonly pixel?: number;
}

/** Checks the measurement fields of a specification. */
export function readMeasurement(
  fields: Readonly<Record<string, unknown>>,
  dim: number,
  seed: number,
): Measurement {
  const { noise, blur, drift, fieldOfView, missed, blinking, quantization } = fields;
  const direction = () => keyedRandom(seed, 'drift');
  return {
    missed: missed === undefined ? 0 : checkNumber('missed', missed, { min: 0, below: 1 }),
    ...(noise !== undefined && { noise: readNoise('noise', noise) }),
    ...(blur !== undefined && { blur: readBlur(blur) }),
    ...(drift !== undefined && { drift: readDrift(drift, dim, direction) }),
    ...(fieldOfView !== undefined && { field: readField(fieldOfView) }),
    ...(blinking !== undefined && { blinking: readBlinking(blinking) }),
    ...(quantization !== undefined && {
      pixel: checkNumber('quantization', quantization, { above: 0 }),
    }),
  };
}

const KINDS = ['sigma', 'snr', 'q'] as const;

/** Checks a localisation error whose fields lie at `path`. */
export function readNoise(path: string, value: unknown): Noise {
  const fields = readFields(path, value, [...KINDS, 'per']);
  const given = KINDS.filter((kind) => fields[kind] !== undefined);
  if (given.length !== 1) {
    throw new ParameterError(
      path === '' ? given.join(', ') : path,
      value,
      'exactly one of sigma, snr and q',
    );
  }
  const kind = given[0];
  const bounds = kind === 'sigma' ? { min: 0 } : { above: 0 };
  if (fields.per !== undefined && fields.per !== 'track' && fields.per !== 'coordinate') {
    throw new ParameterError(join(path, 'per'), fields.per, 'track or coordinate');
  }
  return {
    path: join(path, kind),
    kind,
    level: readQuantity(join(path, kind), fields[kind], bounds),
    perCoordinate: fields.per === 'coordinate',
  };
}

function readBlur(value: unknown): Blur {
  const { exposure = 1, substeps = 10 } = readFields('blur', value, ['exposure', 'substeps']);
  const fraction = checkNumber('blur.exposure', exposure, { above: 0, max: 1 });
  const places = checkInteger('blur.substeps', substeps, { min: 2, max: 1000 });
  return { substeps: places, exposed: Math.max(1, Math.round(fraction * places)) };
}

function readBlinking(value: unknown): { meanOn: number; meanOff: number } {
  const { meanOn, meanOff } = readFields('blinking', value, ['meanOn', 'meanOff']);
  return {
    meanOn: checkNumber('blinking.meanOn', meanOn, { min: 1 }),
    meanOff: checkNumber('blinking.meanOff', meanOff, { min: 1 }),
  };
}

function readField(value: unknown): { size: number; minPoints: number } {
  const { size, minPoints = 1 } = readFields('fieldOfView', value, ['size', 'minPoints']);
  return {
    size: checkNumber('fieldOfView.size', size, { above: 0 }),
    minPoints: checkInteger('fieldOfView.minPoints', minPoints, { min: 1 }),
  };
}

/** True where frames can be lost: the rest is kept in pieces. */
export function losesFrames({ missed, blinking, field }: Measurement): boolean {
  return missed > 0 || blinking !== undefined || field !== undefined;
}

const AXES = ['x', 'y', 'z'];

/** Names of the columns that say how large the localisation error is: one, or one per coordinate. */
export function sigmaNames({ noise }: Measurement, dim: number): string[] {
  if (!noise) return [];
  return noise.perCoordinate ? AXES.slice(0, dim).map((axis) => `sigma_${axis}`) : ['sigma'];
}

/** Names of the columns with the velocity of the drift. */
export function driftNames({ drift }: Measurement, dim: number): string[] {
  return drift ? AXES.slice(0, dim).map((axis) => `drift_${axis}`) : [];
}
