import type { Random } from '@diffusion/random';
import { nearestName } from '@diffusion/tracks/messages';
import { type Bounds, boundsText } from './check.ts';
import { ParameterError } from './errors.ts';

/** A number; a range, uniform between `min` and `max`; or a list, all equally likely. Drawn once per track. */
export type Quantity = number | { readonly min: number; readonly max: number } | readonly number[];

/** A {@link Quantity} that has been checked. */
export interface Drawn {
  /** The smallest and the largest value that can occur. */
  readonly least: number;
  readonly most: number;
  draw(random: Random): number;
}

/**
 * The fields of an object; throws a ParameterError when it is none, or has a field that is not among `known`. At the top
 * `path` is ''.
 */
export function readFields(
  path: string,
  value: unknown,
  known: readonly string[],
): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const where = path === '' ? 'options' : path;
    throw new ParameterError(where, value, `an object with ${known.join(', ') || 'no fields'}`);
  }
  for (const [name, field] of Object.entries(value)) {
    if (!known.includes(name)) throw unknownName(join(path, name), field, name, known);
  }
  return value as Record<string, unknown>;
}

/** What other programs call an option, in small letters without hyphens and underscores: no letters tell what is meant. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  deltat: 'dt',
  diffusion: 'D',
  diffusioncoefficient: 'D',
  diffusivity: 'D',
  dimension: 'dim',
  dimensions: 'dim',
  frameinterval: 'dt',
  localisationerror: 'sigma',
  localizationerror: 'sigma',
  n: 'count',
  ndim: 'dim',
  noise: 'sigma',
  npoints: 'length',
  nsteps: 'length',
  ntracks: 'count',
  number: 'count',
  points: 'length',
  precision: 'sigma',
  randomstate: 'seed',
  steps: 'length',
  t: 'length',
  timestep: 'dt',
  tracklength: 'length',
  velocity: 'speed',
};

const plainName = (name: string): string => name.toLowerCase().replace(/[-_ ]/g, '');

/** The error of a name that is not known, with the nearest one that is. */
export function unknownName(
  path: string,
  value: unknown,
  name: string,
  known: readonly string[],
): ParameterError {
  const meant = OTHER_NAMES[plainName(name)];
  const nearest = known.includes(meant) ? meant : nearestName(name, known);
  const noise = noiseElsewhere(value, name, known);
  if (noise !== undefined) return new ParameterError(path, value, `${noise} in its place`);
  if (/^(H|hurst)$/i.test(name) && known.includes('alpha')) {
    const twice = typeof value === 'number' ? `, here alpha: ${2 * value}` : '';
    return new ParameterError(path, value, `the exponent in its place, alpha = 2H${twice}`);
  }
  return new ParameterError(
    path,
    value,
    nearest === undefined
      ? 'no parameters'
      : `a known name; the nearest is ${nearest}, all are ${known.join(', ')}`,
  );
}

/** Kinds of localisation error: an option each of `simulate`, a field of `noise` of data sets and of `measure`. */
const NOISES = ['sigma', 'snr', 'q'];

/** The same noise as it is written here, where it is written as the other of the two is. */
function noiseElsewhere(
  value: unknown,
  name: string,
  known: readonly string[],
): string | undefined {
  if (known.includes('noise')) {
    if (NOISES.includes(name)) return `noise: { ${name}: ${JSON.stringify(value)} }`;
    if (name === 'noisePer') return `noise: { sigma: …, per: ${JSON.stringify(value)} }`;
  }
  if (name !== 'noise' || !known.includes('sigma')) return undefined;
  if (typeof value !== 'object' || value === null) return undefined;
  const fields = Object.entries(value).filter(([field]) => [...NOISES, 'per'].includes(field));
  if (fields.length === 0) return undefined;
  return fields
    .map(([field, own]) => `${field === 'per' ? 'noisePer' : field}: ${JSON.stringify(own)}`)
    .join(', ');
}

/** For the end of an error about a name: `; did you mean fbm?` */
export function didYouMean(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : `; did you mean ${nearest}?`;
}

/** `path.name`, or the name alone at the top. */
export const join = (path: string, name: string): string =>
  path === '' ? name : `${path}.${name}`;

/** Checks a quantity against bounds, at both ends of a range and in every element of a list. */
export function readQuantity(path: string, value: unknown, bounds: Bounds, integer = false): Drawn {
  const kind = integer ? 'an integer' : 'a number';
  const check = (where: string, element: unknown): number => {
    const valid =
      typeof element === 'number' &&
      (integer ? Number.isSafeInteger(element) : Number.isFinite(element)) &&
      (bounds.min === undefined || element >= bounds.min) &&
      (bounds.max === undefined || element <= bounds.max) &&
      (bounds.above === undefined || element > bounds.above) &&
      (bounds.below === undefined || element < bounds.below);
    if (!valid) throw new ParameterError(where, element, boundsText(kind, bounds));
    return element as number;
  };
  if (Array.isArray(value)) {
    if (value.length === 0) throw new ParameterError(path, value, 'at least one value');
    const list = value.map((element, k) => check(`${path}[${k}]`, element));
    return {
      least: list.reduce((a, b) => Math.min(a, b)),
      most: list.reduce((a, b) => Math.max(a, b)),
      draw: (random) => list[random.integerBelow(list.length)],
    };
  }
  if (typeof value === 'object' && value !== null) {
    const { min, max } = readFields(path, value, ['min', 'max']);
    const least = check(`${path}.min`, min);
    const most = check(`${path}.max`, max);
    if (most < least) throw new ParameterError(`${path}.max`, most, `at least the min, ${least}`);
    return {
      least,
      most,
      draw: integer
        ? (random) => least + random.integerBelow(most - least + 1)
        : (random) => least + (most - least) * random.uniform(),
    };
  }
  const constant = check(path, value);
  return { least: constant, most: constant, draw: () => constant };
}
