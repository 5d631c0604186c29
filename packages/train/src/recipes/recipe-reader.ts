import { nearestName, shown } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';

/** Reads the fields of a file, and names the place of what is wrong in it. */
export interface RecipeReader {
  /** Throws {@link TrainError}: the file, the place in it, the value there, what was expected. */
  fail(place: string, value: unknown, expected: string): never;
  /** The fields of an object, of which none may be unknown. */
  record(place: string, value: unknown, known?: readonly string[]): Record<string, unknown>;
  list(place: string, value: unknown, what: string): readonly unknown[];
  text(place: string, value: unknown, what?: string): string;
  whole(place: string, value: unknown, least: number): number;
  /** What another check throws of a part, with the file and the place of the part in front. */
  part<Result>(place: string, check: () => Result): Result;
}

/** @param source what the fields are of, such as the path of a file; '' for none. */
export function recipeReader(source: string): RecipeReader {
  const before = source === '' ? '' : `${source}: `;
  const fail = (place: string, value: unknown, expected: string): never => {
    const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
    throw new TrainError(
      `${before}${place === '' ? 'the recipe' : place} ${found}: expected ${expected}`,
    );
  };
  return {
    fail,
    record(place, value, known) {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return fail(place, value, known ? `an object with ${known.join(', ')}` : 'an object');
      }
      for (const [name, field] of Object.entries(value)) {
        if (!known || known.includes(name)) continue;
        fail(
          joined(place, name),
          field,
          `a known name; the nearest is ${nearestName(name, known)}, all are ${known.join(', ')}`,
        );
      }
      return value as Record<string, unknown>;
    },
    list(place, value, what) {
      return Array.isArray(value) && value.length > 0
        ? value
        : fail(place, value, `a list of at least one ${what}`);
    },
    text(place, value, what = 'a text') {
      return typeof value === 'string' && value !== '' ? value : fail(place, value, what);
    },
    whole(place, value, least) {
      return Number.isSafeInteger(value) && (value as number) >= least
        ? (value as number)
        : fail(place, value, `an integer of at least ${least}`);
    },
    part(place, check) {
      try {
        return check();
      } catch (error) {
        if (!(error instanceof Error) || error instanceof TypeError) throw error;
        const { message } = error;
        // Some name the part themselves.
        const at =
          place === '' || message.startsWith(`${place} is `)
            ? ''
            : /^[\w[\].]+ is /.test(message)
              ? `${place}.`
              : `${place}: `;
        throw new TrainError(`${before}${at}${message}`, { cause: error });
      }
    },
  };
}

/** `place.name`, or the name alone at the top. */
const joined = (place: string, name: string): string => (place === '' ? name : `${place}.${name}`);
