import { TracksError } from '../errors.ts';
import { nearestName } from './nearest-name.ts';

/**
 * The names of options, each declared once beside their type: a name that the type does not have, and one that is
 * missing, do not compile.
 */
export type OptionNames<Options> = { readonly [name in keyof Required<Options>]: true };

/**
 * Throws for an option that `callee` does not have, with the nearest one that it has: a misspelt option would
 * otherwise be ignored in silence. An option that is undefined counts as left out.
 *
 * @param callee name of the function that was called.
 * @param given the options as they came.
 * @param known the names that there are.
 * @param ErrorClass what is thrown; {@link TracksError} unless told.
 *
 * @example
 * checkOptions('features', { feature: ['alpha'] }, { names: true, set: true });
 * // TracksError: feature is ["alpha"]: unknown option; did you mean names? features takes names, set
 */
export function checkOptions<Options extends object>(
  callee: string,
  given: Options,
  known: OptionNames<Options>,
  ErrorClass: new (message: string) => Error = TracksError,
): void {
  const other = Object.hasOwn(known, 'positions') ? undefined : ownKind(given);
  if (typeof given !== 'object' || given === null || Array.isArray(given) || other !== undefined) {
    throw new ErrorClass(
      `options is ${other ?? shown(given)}: expected an object; ${takes(callee, Object.keys(known))}`,
    );
  }
  for (const name of Object.keys(given)) {
    const value = (given as Readonly<Record<string, unknown>>)[name];
    if (value === undefined || Object.hasOwn(known, name)) continue;
    const names = Object.keys(known);
    const nearest = nearestName(name, names);
    const hint = nearest === undefined ? '' : ` did you mean ${nearest}?`;
    throw new ErrorClass(
      `${name} is ${shown(value)}: unknown option;${hint} ${takes(callee, names)}`,
    );
  }
}

const takes = (callee: string, names: readonly string[]): string =>
  `${callee} takes ${names.join(', ') || 'no options'}`;

/** A value as an error quotes it: short, whatever it is; undefined by its name. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 40));
  if (typeof value === 'function') return 'a function';
  if (Array.isArray(value)) {
    const first = value.slice(0, 3).map((each) => (Array.isArray(each) ? 'a list' : shown(each)));
    return `[${first.join(', ')}${value.length > 3 ? ', …' : ''}]`;
  }
  if (typeof value === 'object' && value !== null) return 'an object';
  return String(value);
}

/** What a value is, where it is what functions of these packages are given beside options, or in their place. */
function ownKind(value: unknown): string | undefined {
  const { positions, offsets, predict } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (ArrayBuffer.isView(positions)) return ArrayBuffer.isView(offsets) ? 'tracks' : 'a track';
  return typeof predict === 'function' ? 'a model' : undefined;
}
