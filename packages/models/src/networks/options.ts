import { nearestName } from '@diffusion/tracks';
import type { LayersModel } from '@tensorflow/tfjs-layers';

/** One option of a network: what `describe` prints and what {@link readOptions} checks. */
export interface OptionDescription {
  readonly name: string;
  readonly type: 'integer' | 'number' | 'choice' | 'integers' | 'text';
  readonly default: unknown;
  /** What is accepted, in words: errors quote it. */
  readonly range: string;
  readonly description: string;
  /** Whether a value lies in the range. */
  readonly accepts: (value: unknown) => boolean;
}

/** What a network is fed with unless told otherwise. */
export interface NetworkInput {
  /** The kind of encoder. */
  readonly kind: 'motion' | 'multiscale' | 'standardized';
  /** Whether rows are padded to the length of the longest track; else every batch has tracks of one length. */
  readonly padded: boolean;
}

/** A network as the registry lists it. */
export interface NetworkDescription {
  readonly name: string;
  /** Where the architecture comes from. */
  readonly paper: string;
  readonly options: readonly OptionDescription[];
  /** What it is fed with; absent where it takes pictures. */
  readonly input?: NetworkInput;
  /**
   * The model with fresh, seeded weights. Throws {@link OptionError} for an unknown option or a value out of its
   * range.
   */
  readonly build: (options?: Readonly<Record<string, unknown>>) => LayersModel;
}

/** An option that does not exist or has a value out of its range; the message is one line. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

interface Common<Value> {
  readonly name: string;
  readonly default: Value;
  readonly description: string;
}

/** An option that is a whole number; `odd` and `multipleOf` narrow it, `nullable` admits null for "any". */
export function integerOption(
  o: Common<number | null> & {
    readonly min: number;
    readonly max: number;
    readonly odd?: boolean;
    readonly multipleOf?: number;
    readonly nullable?: boolean;
  },
): OptionDescription {
  const { name, description, min, max, odd = false, multipleOf = 1, nullable = false } = o;
  const kind =
    multipleOf > 1 ? `a multiple of ${multipleOf}` : odd ? 'an odd integer' : 'an integer';
  return {
    name,
    type: 'integer',
    default: o.default,
    range: `${kind} from ${min} to ${max}${nullable ? ', or null for any' : ''}`,
    description,
    accepts: (value) =>
      (nullable && value === null) ||
      (Number.isInteger(value) &&
        (value as number) >= min &&
        (value as number) <= max &&
        (!odd || (value as number) % 2 === 1) &&
        (value as number) % multipleOf === 0),
  };
}

/** An option that is a real number from `min` up to but not including `below`. */
export function numberOption(
  o: Common<number> & { readonly min: number; readonly below: number },
): OptionDescription {
  const { name, description, min, below } = o;
  return {
    name,
    type: 'number',
    default: o.default,
    range: `a number ≥ ${min} and < ${below}`,
    description,
    accepts: (value) => typeof value === 'number' && value >= min && value < below,
  };
}

/** An option that is one of a few values. */
export function choiceOption<Value extends string | number>(
  o: Common<Value> & { readonly choices: readonly Value[] },
): OptionDescription {
  const { name, description, choices } = o;
  return {
    name,
    type: 'choice',
    default: o.default,
    range: `one of ${choices.join(', ')}`,
    description,
    accepts: (value) => choices.includes(value as Value),
  };
}

/** An option that is a list of whole numbers. */
export function integersOption(
  o: Common<readonly number[]> & { readonly min: number; readonly max: number },
): OptionDescription {
  const { name, description, min, max } = o;
  return {
    name,
    type: 'integers',
    default: o.default,
    range: `a list of at least one integer from ${min} to ${max}`,
    description,
    accepts: (value) =>
      Array.isArray(value) &&
      value.length > 0 &&
      value.every((v) => Number.isInteger(v) && v >= min && v <= max),
  };
}

/** An option that is a text of a given form. */
export function textOption(
  o: Common<string> & { readonly form: RegExp; readonly range: string },
): OptionDescription {
  const { name, description, form, range } = o;
  return {
    name,
    type: 'text',
    default: o.default,
    range,
    description,
    accepts: (value) => typeof value === 'string' && form.test(value),
  };
}

/** The seed of all initial weights and of dropout: every network has it. */
export const seedOption: OptionDescription = integerOption({
  name: 'seed',
  default: 0,
  min: Number.MIN_SAFE_INTEGER,
  max: Number.MAX_SAFE_INTEGER,
  description: 'The seed of the initial weights and of dropout.',
});

/** How many classes are told apart. */
export const classesOption = (classes: number): OptionDescription =>
  integerOption({ name: 'classes', default: classes, min: 1, max: 1000, description: 'Outputs.' });

/** The share of the units before the last layer that is dropped in training. */
export const dropoutOption = (rate: number, description: string): OptionDescription =>
  numberOption({ name: 'dropout', default: rate, min: 0, below: 1, description });

/**
 * The given options with the defaults of those left out (or undefined).
 *
 * Throws {@link OptionError}: an unknown name is answered with the nearest known one, a wrong value with the name, the
 * value and the range.
 *
 * @example
 * readOptions('xresnet', options, { kernelSize: 4 });
 * // OptionError: xresnet option kernelSize is 4: expected an odd integer from 1 to 99
 */
export function readOptions<Options>(
  network: string,
  options: readonly OptionDescription[],
  given: Readonly<Record<string, unknown>> = {},
): Options {
  const known = options.map((option) => option.name);
  for (const name of Object.keys(given)) {
    if (!known.includes(name)) {
      throw new OptionError(
        `${network} has no option "${name}": did you mean "${nearestName(name, known)}"?`,
      );
    }
  }
  const values = options.map((option) => {
    const value = given[option.name] === undefined ? option.default : given[option.name];
    if (!option.accepts(value)) {
      const shown = typeof value === 'number' ? String(value) : JSON.stringify(value);
      throw new OptionError(
        `${network} option ${option.name} is ${shown}: expected ${option.range}`,
      );
    }
    return [option.name, value] as const;
  });
  return Object.fromEntries(values) as Options;
}
