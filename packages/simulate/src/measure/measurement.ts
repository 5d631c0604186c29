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
import type { Focus } from './focus.ts';
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
  /**
   * How σ varies from point to point: the standard deviation of its logarithm, as the number of photons varies; 0 unless
   * told. The level is then the root mean square.
   */
  variation?: Quantity;
  /** Factor of every coordinate, such as `[1, 1, 2.5]` where z is measured worse; all 1 unless told. */
  axes?: readonly number[];
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
  /**
   * Depth of focus along the last axis of 3D tracks, in position units: a track is cut where it leaves, and pieces of fewer than
   * `minPoints` (1 unless told) are dropped. A path begins anywhere in a volume of the given `height`, which is that of the
   * focus unless told; of a higher one, what leaves it at one side comes in at the other.
   */
  focus?: { readonly depth: number; readonly height?: number; readonly minPoints?: number };
  /** Probability that a frame is missed, below 1: of a track something is seen. */
  missed?: number;
  /** Mean bright and dark spells, in frames, at least 1. */
  blinking?: { readonly meanOn: number; readonly meanOff: number };
  /** Side of a pixel, in position units: every coordinate is rounded to a multiple of it. */
  quantization?: number;
  /**
   * Longest link between two points that are seen, in position units: a longer one cuts the track, and pieces of fewer than
   * `minPoints` (1 unless told) are dropped.
   */
  searchRadius?: number | { readonly radius: number; readonly minPoints?: number };
}

/** Names of the fields of a {@link MeasurementSpecification}. */
export const MEASUREMENT_FIELDS = [
  'noise',
  'blur',
  'drift',
  'fieldOfView',
  'focus',
  'missed',
  'blinking',
  'quantization',
  'searchRadius',
] as const;

/** A localisation error that has been checked. */
export interface Noise {
  /** Where the level was given, for messages. */
  readonly path: string;
  readonly kind: 'sigma' | 'snr' | 'q';
  readonly level: Drawn;
  readonly perCoordinate: boolean;
  readonly variation?: Drawn;
  readonly axes?: readonly number[];
}

/** A measurement that has been checked. */
export interface Measurement {
  readonly noise?: Noise;
  readonly blur?: Blur;
  /** Velocity, in position units per time. */
  readonly drift?: Float64Array;
  readonly field?: { readonly size: number; readonly minPoints: number };
  readonly focus?: Focus;
  readonly missed: number;
  readonly blinking?: { readonly meanOn: number; readonly meanOff: number };
  readonly pixel?: number;
  readonly search?: { readonly radius: number; readonly minPoints: number };
}

/** Checks the measurement fields of a specification. */
export function readMeasurement(
  fields: Readonly<Record<string, unknown>>,
  dim: number,
  seed: number,
): Measurement {
  const { noise, blur, drift, fieldOfView, focus } = fields;
  const { missed, blinking, quantization, searchRadius } = fields;
  const direction = () => keyedRandom(seed, 'drift');
  return {
    missed: missed === undefined ? 0 : checkNumber('missed', missed, { min: 0, below: 1 }),
    ...(noise !== undefined && { noise: readNoise('noise', noise, dim) }),
    ...(blur !== undefined && { blur: readBlur(blur) }),
    ...(drift !== undefined && { drift: readDrift(drift, dim, direction) }),
    ...(fieldOfView !== undefined && { field: readField(fieldOfView) }),
    ...(focus !== undefined && { focus: readFocus(focus, dim) }),
    ...(blinking !== undefined && { blinking: readBlinking(blinking) }),
    ...(quantization !== undefined && {
      pixel: checkNumber('quantization', quantization, { above: 0 }),
    }),
    ...(searchRadius !== undefined && { search: readSearch(searchRadius) }),
  };
}

const KINDS = ['sigma', 'snr', 'q'] as const;

/** Checks a localisation error whose fields lie at `path`. */
export function readNoise(path: string, value: unknown, dim: number): Noise {
  const fields = readFields(path, value, [...KINDS, 'per', 'variation', 'axes']);
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
    ...(fields.variation !== undefined && {
      variation: readQuantity(join(path, 'variation'), fields.variation, { min: 0 }),
    }),
    ...(fields.axes !== undefined && { axes: readAxes(join(path, 'axes'), fields.axes, dim) }),
  };
}

function readAxes(path: string, value: unknown, dim: number): readonly number[] {
  if (!Array.isArray(value) || value.length !== dim) {
    throw new ParameterError(path, value, `a list of ${dim} numbers`);
  }
  return value.map((factor, d) => checkNumber(`${path}[${d}]`, factor, { min: 0 }));
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

function readFocus(value: unknown, dim: number): Focus {
  const fields = readFields('focus', value, ['depth', 'height', 'minPoints']);
  if (dim !== 3) {
    throw new ParameterError('focus', value, `3D tracks, whose z leaves it: these are ${dim}D`);
  }
  const depth = checkNumber('focus.depth', fields.depth, { above: 0 });
  const { height = depth, minPoints = 1 } = fields;
  return {
    depth,
    height: checkNumber('focus.height', height, { min: depth }),
    minPoints: checkInteger('focus.minPoints', minPoints, { min: 1 }),
  };
}

function readSearch(value: unknown): { radius: number; minPoints: number } {
  if (typeof value === 'number') {
    return { radius: checkNumber('searchRadius', value, { above: 0 }), minPoints: 1 };
  }
  const { radius, minPoints = 1 } = readFields('searchRadius', value, ['radius', 'minPoints']);
  return {
    radius: checkNumber('searchRadius.radius', radius, { above: 0 }),
    minPoints: checkInteger('searchRadius.minPoints', minPoints, { min: 1 }),
  };
}

/** True where frames can be lost, or a track be cut: the rest is kept in pieces. */
export function losesFrames({ missed, blinking, field, focus, search }: Measurement): boolean {
  return missed > 0 || [blinking, field, focus, search].some((each) => each !== undefined);
}

/** Fewest points of a piece that is kept. */
export function leastPoints({ field, focus, search }: Measurement): number {
  return Math.max(...[field, focus, search].map((each) => each?.minPoints ?? 1));
}

const AXES = ['x', 'y', 'z'];

/** Names of the columns that say how large the localisation error is: one, or one per coordinate. */
export function sigmaNames({ noise }: Measurement, dim: number): string[] {
  if (!noise) return [];
  return noise.perCoordinate || noise.axes
    ? AXES.slice(0, dim).map((axis) => `sigma_${axis}`)
    : ['sigma'];
}

/** Names of the columns with the velocity of the drift. */
export function driftNames({ drift }: Measurement, dim: number): string[] {
  return drift ? AXES.slice(0, dim).map((axis) => `drift_${axis}`) : [];
}
