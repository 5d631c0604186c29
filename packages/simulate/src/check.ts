import { ParameterError } from './errors.ts';

/** Bounds of a number; without `above`/`below`/`min`/`max` that side is open to infinity. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
  /** The value must be larger than this. */
  readonly above?: number;
  /** The value must be smaller than this. */
  readonly below?: number;
}

/** In words: "a number from 0 to 1", "a number > 0". */
export function boundsText(kind: string, { min, max, above, below }: Bounds): string {
  if (min !== undefined && max !== undefined) return `${kind} from ${min} to ${max}`;
  const parts: string[] = [];
  if (min !== undefined) parts.push(`≥ ${min}`);
  if (above !== undefined) parts.push(`> ${above}`);
  if (max !== undefined) parts.push(`≤ ${max}`);
  if (below !== undefined) parts.push(`< ${below}`);
  return parts.length === 0 ? kind : `${kind} ${parts.join(' and ')}`;
}

function within(value: number, { min, max, above, below }: Bounds): boolean {
  return (
    (min === undefined || value >= min) &&
    (max === undefined || value <= max) &&
    (above === undefined || value > above) &&
    (below === undefined || value < below)
  );
}

/** Returns the value when it is a finite number within the bounds; throws a {@link ParameterError} otherwise. */
export function checkNumber(name: string, value: unknown, bounds: Bounds = {}): number {
  if (typeof value === 'number' && Number.isFinite(value) && within(value, bounds)) return value;
  throw new ParameterError(name, value, boundsText('a number', bounds));
}

/** Returns the value when it is an integer within the bounds; throws a {@link ParameterError} otherwise. */
export function checkInteger(name: string, value: unknown, bounds: Bounds = {}): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && within(value, bounds)) {
    return value;
  }
  throw new ParameterError(name, value, boundsText('an integer', bounds));
}

/** Returns the value when it is one of the choices; throws a {@link ParameterError} otherwise. */
export function checkChoice<T>(name: string, value: unknown, choices: readonly T[]): T {
  if (choices.includes(value as T)) return value as T;
  throw new ParameterError(name, value, `one of ${choices.map(String).join(', ')}`);
}

/** Any safe integer. */
export function checkSeed(value: unknown, name = 'seed'): number {
  return checkInteger(name, value, { min: Number.MIN_SAFE_INTEGER, max: Number.MAX_SAFE_INTEGER });
}

/** 1, 2 or 3. */
export function checkDim(value: unknown, name = 'dim'): 1 | 2 | 3 {
  return checkChoice(name, value, [1, 2, 3] as const);
}
