import { InvalidArgumentError } from 'commander';

/** Parsers of option values: each throws what commander turns into one line that names the option. */

/** A number as people write it: neither 0x10, nor with blanks around it, nor nothing. */
const decimal = (text: string): number =>
  /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;

export function integer(least: number): (text: string) => number {
  return (text) => {
    const value = decimal(text);
    if (!Number.isSafeInteger(value) || value < least) {
      throw new InvalidArgumentError(`Expected an integer of at least ${least}.`);
    }
    return value;
  };
}

export function positive(text: string): number {
  const value = decimal(text);
  if (!(value > 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('Expected a positive number.');
  return value;
}

export function number(text: string): number {
  const value = decimal(text);
  if (!Number.isFinite(value)) throw new InvalidArgumentError('Expected a number.');
  return value;
}

export function notNegative(text: string): number {
  const value = decimal(text);
  if (!(value >= 0 && Number.isFinite(value))) {
    throw new InvalidArgumentError('Expected a number of at least 0.');
  }
  return value;
}

/** A fraction of the frame. */
export function fraction(text: string): number {
  const value = decimal(text);
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Expected a number from 0 to 1.');
  return value;
}

/** `0.03:30`, both ends within a range. */
export function numberRange(least: number, most: number): (text: string) => [number, number] {
  return (text) => {
    const [low, high, ...more] = text.split(':').map(decimal);
    if (!(low >= least && low < high && high <= most && more.length === 0)) {
      throw new InvalidArgumentError(`Expected LOW:HIGH, ascending, within ${least}:${most}.`);
    }
    return [low, high];
  };
}

/** `100`, or `30:600`. */
export function lengthOrRange(text: string): number | { min: number; max: number } {
  const parts = text.split(':').map(integer(1));
  if (parts.length === 1) return parts[0];
  if (parts.length === 2 && parts[0] <= parts[1]) return { min: parts[0], max: parts[1] };
  throw new InvalidArgumentError('Expected LENGTH or MIN:MAX, MIN no more than MAX.');
}

/** `2000:`, `:500` or `10:20`. */
export function frameRange(text: string): { from?: number; to?: number } {
  const match = /^(-?\d+)?:(-?\d+)?$/.exec(text);
  if (!match || (match[1] === undefined && match[2] === undefined)) {
    throw new InvalidArgumentError('Expected FROM:TO, FROM: or :TO.');
  }
  const [, from, to] = match;
  if (from !== undefined && to !== undefined && Number(from) > Number(to)) {
    throw new InvalidArgumentError('Expected FROM not above TO.');
  }
  return {
    ...(from !== undefined && { from: Number(from) }),
    ...(to !== undefined && { to: Number(to) }),
  };
}

/** `track=particle,frame=t,x=X` */
export function columnNames(text: string): Record<string, string> {
  const known = ['track', 'frame', 't', 'x', 'y', 'z'];
  const columns: Record<string, string> = {};
  for (const pair of text.split(',')) {
    const at = pair.indexOf('=');
    const key = pair.slice(0, at);
    if (at < 1 || !known.includes(key) || at === pair.length - 1) {
      throw new InvalidArgumentError(
        `Expected track=NAME,frame=NAME,x=NAME,…; keys are ${known.join(', ')}.`,
      );
    }
    if (key in columns) throw new InvalidArgumentError(`Expected ${key} once.`);
    columns[key] = pair.slice(at + 1);
  }
  if (new Set(Object.values(columns)).size < Object.keys(columns).length) {
    throw new InvalidArgumentError('Expected another column for each.');
  }
  return columns;
}

/** Collects `--set key=value`. */
export function setting(text: string, before: Record<string, string> = {}): Record<string, string> {
  const at = text.indexOf('=');
  if (at < 1) throw new InvalidArgumentError('Expected KEY=VALUE.');
  const key = text.slice(0, at);
  if (Object.hasOwn(before, key)) throw new InvalidArgumentError(`Expected ${key} once.`);
  return { ...before, [key]: text.slice(at + 1) };
}

/** `a,b,c` */
export function list(text: string): string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('')) throw new InvalidArgumentError('Expected NAME,NAME,….');
  return names;
}

/** `2`, `0.1:10` (uniform between them) or `1,2,5` (one of them, equally likely). */
export function quantity(text: string): number | { min: number; max: number } | number[] {
  const [first, ...more] = text.split(':').map((part) => part.split(',').map(number));
  if (more.length === 0) return first.length === 1 ? first[0] : first;
  if (more.length === 1 && first.length === 1 && more[0].length === 1 && first[0] <= more[0][0]) {
    return { min: first[0], max: more[0][0] };
  }
  throw new InvalidArgumentError('Expected a number, MIN:MAX or A,B,C.');
}

/** `0..99`, or `7` alone: tasks of a sweep, from 0, both ends among them. */
export function taskRange(text: string): { from: number; to: number } {
  const [, from, to = from] = /^(\d+)(?:\.\.(\d+))?$/.exec(text) ?? [];
  if (from === undefined || Number(from) > Number(to)) {
    throw new InvalidArgumentError('Expected FROM..TO, from 0, or one number.');
  }
  return { from: Number(from), to: Number(to) };
}

/** Parsers of options that may be repeated. */
export const collecting: ReadonlySet<unknown> = new Set<unknown>([setting]);
