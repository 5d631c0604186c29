import { ln, pow, type Random } from '@diffusion/random';
import { type Bounds, checkChoice, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { join, readFields } from '../read-specification.ts';

/** A range on which a number, or its logarithm, is uniform. */
export interface Continuous {
  readonly law: 'uniform' | 'log-uniform';
  readonly min: number;
  readonly max: number;
}

/** One value; infinity where a quantity can be so. */
export interface Atom {
  readonly at: number | 'infinity';
}

/** Where a number lies: a range, or parts of which each has its share. */
export type Distribution =
  | Continuous
  | readonly ((Continuous | Atom) & { readonly share: number })[];

/** What is asked of a distribution: one value, or all of it between two, of which each may be left out. */
export type Range = number | 'infinity' | { readonly min?: number; readonly max?: number };

interface Part {
  readonly share: number;
  readonly law: 'uniform' | 'log-uniform';
  readonly min: number;
  readonly max: number;
}

/** A {@link Distribution} that has been checked. */
export interface CheckedDistribution {
  readonly parts: readonly Part[];
  /** Integers, with equal probability per unit of the law: a log-uniform n has ln((n + 1)/n). */
  readonly integer: boolean;
}

/** What values can be, and whether infinity is one of them. */
export type ValueBounds = Bounds & { readonly infinite?: boolean; readonly integer?: boolean };

const LAWS = ['uniform', 'log-uniform'] as const;

/** Checks a distribution; throws a ParameterError that names the path of the wrong field. */
export function readDistribution(
  path: string,
  value: unknown,
  bounds: ValueBounds,
): CheckedDistribution {
  const integer = bounds.integer ?? false;
  if (!Array.isArray(value)) return { parts: [readContinuous(path, value, bounds, 1)], integer };
  if (value.length === 0) throw new ParameterError(path, value, 'at least one part');
  const parts = value.map((part, k) => readPart(`${path}[${k}]`, part, bounds));
  if (parts.every(({ share }) => share === 0)) {
    throw new ParameterError(`${path}[0].share`, 0, 'a part with a share above 0');
  }
  return { parts, integer };
}

function readPart(path: string, value: unknown, bounds: ValueBounds): Part {
  const fields = readFields(path, value, ['share', 'at', 'law', 'min', 'max']);
  const share = checkNumber(join(path, 'share'), fields.share, { min: 0 });
  const { at } = fields;
  if (at === undefined) {
    const { share: _, ...continuous } = fields;
    return readContinuous(path, continuous, bounds, share);
  }
  const { share: _, at: __, ...others } = fields;
  const besides = Object.keys(others)[0];
  if (besides !== undefined) {
    throw new ParameterError(join(path, besides), fields[besides], 'no more than share and at');
  }
  if (at === 'infinity' && bounds.infinite) {
    return { share, law: 'uniform', min: Infinity, max: Infinity };
  }
  const where = join(path, 'at');
  const single = checkValue(where, at, bounds);
  return { share, law: 'uniform', min: single, max: single };
}

function readContinuous(path: string, value: unknown, bounds: ValueBounds, share: number): Part {
  const fields = readFields(path, value, ['law', 'min', 'max']);
  const law = checkChoice(join(path, 'law'), fields.law, LAWS);
  const min = checkValue(join(path, 'min'), fields.min, bounds);
  const max = checkValue(join(path, 'max'), fields.max, bounds);
  if (max < min) throw new ParameterError(join(path, 'max'), max, `at least the min, ${min}`);
  if (law === 'log-uniform' && min <= 0) {
    throw new ParameterError(join(path, 'min'), min, 'a number > 0 for the law log-uniform');
  }
  return { share, law, min, max };
}

function checkValue(path: string, value: unknown, bounds: ValueBounds): number {
  if (bounds.integer && !Number.isSafeInteger(value)) {
    throw new ParameterError(path, value, 'an integer');
  }
  return checkNumber(path, value, bounds);
}

/** The smallest and the largest value of a distribution. */
export function extremes({ parts }: CheckedDistribution): { least: number; most: number } {
  const possible = parts.filter(({ share }) => share > 0);
  return {
    least: possible.reduce((least, { min }) => Math.min(least, min), Infinity),
    most: possible.reduce((most, { max }) => Math.max(most, max), -Infinity),
  };
}

/**
 * The distribution given that its value is within a range: what is left of each part keeps its share in proportion, so
 * that nothing changes inside the range. A single value inside a part is that value.
 *
 * Throws a ParameterError that names `path` where the distribution never reaches the range.
 */
export function within(
  path: string,
  whole: CheckedDistribution,
  value: unknown,
): CheckedDistribution {
  if (value === undefined) return whole;
  const { min, max } = readRange(path, value);
  if (whole.integer && ![min, max].every((end) => Number.isInteger(end) || !Number.isFinite(end))) {
    throw new ParameterError(path, value, 'integers');
  }
  const parts: Part[] = [];
  const points: Part[] = [];
  for (const part of whole.parts) {
    const [from, to] = [Math.max(min, part.min), Math.min(max, part.max)];
    if (from > to || part.share === 0) continue;
    const clipped = { ...part, min: from, max: to };
    const share = part.share * shareOf(part, clipped, whole.integer);
    if (share > 0) parts.push({ ...clipped, share });
    else points.push(clipped);
  }
  const left = parts.length > 0 ? parts : points;
  if (left.length === 0) {
    const { least, most } = extremes(whole);
    throw new ParameterError(
      path,
      value,
      `a range that the prior reaches: it has ${least} to ${most}`,
    );
  }
  return { ...whole, parts: left };
}

function readRange(path: string, value: unknown): { min: number; max: number } {
  if (value === 'infinity') return { min: Infinity, max: Infinity };
  // Infinity in itself is no JSON.
  if (typeof value === 'number') {
    const single = checkNumber(path, value);
    return { min: single, max: single };
  }
  const fields = readFields(path, value, ['min', 'max']);
  const min = fields.min === undefined ? -Infinity : checkNumber(join(path, 'min'), fields.min);
  const max = fields.max === undefined ? Infinity : checkNumber(join(path, 'max'), fields.max);
  if (max < min) throw new ParameterError(join(path, 'max'), max, `at least the min, ${min}`);
  return { min, max };
}

/** What share of a part lies in a part of it. */
function shareOf(part: Part, inner: Part, integer: boolean): number {
  if (part.min === part.max) return 1;
  return size(inner, integer) / size(part, integer);
}

function size({ law, min, max }: Part, integer: boolean): number {
  const end = integer ? max + 1 : max;
  return law === 'uniform' ? end - min : ln(end / min);
}

/** A value of the distribution. */
export function drawFrom({ parts, integer }: CheckedDistribution, random: Random): number {
  let k = 0;
  if (parts.length > 1) {
    let total = 0;
    for (const { share } of parts) total += share;
    let place = random.uniform() * total;
    while (k < parts.length - 1 && place >= parts[k].share) place -= parts[k++].share;
  }
  const { law, min, max } = parts[k];
  if (min === max) return min;
  const end = integer ? max + 1 : max;
  const u = random.uniform();
  const value = law === 'uniform' ? min + (end - min) * u : min * pow(end / min, u);
  return integer ? Math.min(max, Math.floor(value)) : value;
}
