import { nearestName } from '@diffusion/tracks/messages';

/**
 * One option of a network or a classical model. Its declaration is all there is of it: the type of its value follows
 * from it ({@link OptionsOf}), `describe` prints it and {@link readOptions} checks by it.
 */
export interface Option<Value = unknown> {
  readonly type:
    | 'integer'
    | 'number'
    | 'choice'
    | 'choices'
    | 'integers'
    | 'numbers'
    | 'range'
    | 'text';
  readonly default: Value;
  /** What is accepted, in words: errors quote it. */
  readonly range: string;
  readonly description: string;
  /** Whether a value lies in the range. */
  readonly accepts: (value: unknown) => boolean;
}

/** Options by their names, in the order in which they are listed. */
export type Options = Readonly<Record<string, Option>>;

/**
 * The values that declared options have.
 *
 * @example
 * const options = { filters: integerOption({ default: 32, min: 1, max: 1024, description: 'Maps.' }) };
 * type TinyOptions = OptionsOf<typeof options>; // { readonly filters: number }
 */
export type OptionsOf<Declared extends Options> = {
  readonly [Name in keyof Declared]: Declared[Name]['default'];
};

/** An option that does not exist or has a value out of its range; the message is one line. */
export class OptionError extends Error {
  override readonly name = 'OptionError';
}

interface Common<Value> {
  readonly default: Value;
  readonly description: string;
}

interface IntegerRange {
  readonly min: number;
  readonly max: number;
  readonly odd?: boolean;
  readonly multipleOf?: number;
}

/** An option that is a whole number; `odd` and `multipleOf` narrow it, `nullable` admits null for "any". */
export function integerOption(
  o: Common<number | null> & IntegerRange & { readonly nullable: true },
): Option<number | null>;
export function integerOption(o: Common<number> & IntegerRange): Option<number>;
export function integerOption(
  o: Common<number | null> & IntegerRange & { readonly nullable?: boolean },
): Option<number | null> {
  const { description, min, max, odd = false, multipleOf = 1, nullable = false } = o;
  const kind =
    multipleOf > 1 ? `a multiple of ${multipleOf}` : odd ? 'an odd integer' : 'an integer';
  const bounded = min > Number.MIN_SAFE_INTEGER || max < Number.MAX_SAFE_INTEGER;
  const bounds = bounded ? ` from ${min} to ${max}` : '';
  return {
    type: 'integer',
    default: o.default,
    range: `${kind}${bounds}${nullable ? ', or null for any' : ''}`,
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

/** An option that is a finite number from `min` up to but not including `below`, where that is given. */
export function numberOption(
  o: Common<number> & { readonly min: number; readonly below?: number },
): Option<number> {
  const { description, min, below = Number.POSITIVE_INFINITY } = o;
  return {
    type: 'number',
    default: o.default,
    range: `a number ≥ ${min}${o.below === undefined ? '' : ` and < ${below}`}`,
    description,
    accepts: (value) => typeof value === 'number' && value >= min && value < below,
  };
}

const isPositive = (value: unknown): boolean =>
  typeof value === 'number' && value > 0 && value < Number.POSITIVE_INFINITY;

/** An option that is a positive number; `nullable` admits null for what the description says. */
export function positiveOption(
  o: Common<number | null> & { readonly nullable: true },
): Option<number | null>;
export function positiveOption(o: Common<number>): Option<number>;
export function positiveOption(
  o: Common<number | null> & { readonly nullable?: boolean },
): Option<number | null> {
  const { description, nullable = false } = o;
  return {
    type: 'number',
    default: o.default,
    range: `a positive number${nullable ? ', or null' : ''}`,
    description,
    accepts: (value) => (nullable && value === null) || isPositive(value),
  };
}

/** An option that is a share: above 0, at most 1. */
export function shareOption(o: Common<number>): Option<number> {
  return {
    type: 'number',
    default: o.default,
    range: 'a number > 0 and ≤ 1',
    description: o.description,
    accepts: (value) => isPositive(value) && (value as number) <= 1,
  };
}

/** An option that is a list of positive numbers. */
export function positivesOption(o: Common<readonly number[]>): Option<readonly number[]> {
  return {
    type: 'numbers',
    default: o.default,
    range: 'a list of positive numbers',
    description: o.description,
    accepts: (value) => Array.isArray(value) && value.length > 0 && value.every(isPositive),
  };
}

/** Ends of a range of positive numbers. */
export type Range = readonly [from: number, to: number];

/** An option that is a range of positive numbers, both ends below `below` where that is given. */
export function rangeOption(
  o: Common<Range | null> & { readonly below?: number; readonly nullable: true },
): Option<Range | null>;
export function rangeOption(o: Common<Range> & { readonly below?: number }): Option<Range>;
export function rangeOption(
  o: Common<Range | null> & { readonly below?: number; readonly nullable?: boolean },
): Option<Range | null> {
  const { description, below = Number.POSITIVE_INFINITY, nullable = false } = o;
  const bound = o.below === undefined ? '' : ` < ${below}`;
  return {
    type: 'range',
    default: o.default,
    range: `[from, to] with 0 < from ≤ to${bound}${nullable ? ', or null' : ''}`,
    description,
    accepts: (value) =>
      (nullable && value === null) ||
      (Array.isArray(value) &&
        value.length === 2 &&
        value.every(isPositive) &&
        value[0] <= value[1] &&
        value[1] < below),
  };
}

/** An option that is one of a few values. */
export function choiceOption<const Value extends string | number>(o: {
  readonly default: NoInfer<Value>;
  readonly choices: readonly Value[];
  readonly description: string;
}): Option<Value> {
  const { description, choices } = o;
  return {
    type: 'choice',
    default: o.default,
    range: `one of ${choices.join(', ')}`,
    description,
    accepts: (value) => choices.includes(value as Value),
  };
}

/** An option that is a list of a few values. */
export function choicesOption<const Value extends string>(o: {
  readonly default: readonly NoInfer<Value>[];
  readonly choices: readonly Value[];
  readonly description: string;
}): Option<readonly Value[]> {
  const { description, choices } = o;
  return {
    type: 'choices',
    default: o.default,
    range: `a list of at least one of ${choices.join(', ')}`,
    description,
    accepts: (value) =>
      Array.isArray(value) && value.length > 0 && value.every((each) => choices.includes(each)),
  };
}

/** An option that is a list of whole numbers; `empty` admits one without any. */
export function integersOption(
  o: Common<readonly number[]> & {
    readonly min: number;
    readonly max: number;
    readonly empty?: boolean;
  },
): Option<readonly number[]> {
  const { description, min, max, empty = false } = o;
  return {
    type: 'integers',
    default: o.default,
    range: `a list of ${empty ? 'integers' : 'at least one integer'} from ${min} to ${max}`,
    description,
    accepts: (value) =>
      Array.isArray(value) &&
      (empty || value.length > 0) &&
      value.every((v) => Number.isInteger(v) && v >= min && v <= max),
  };
}

/** An option that is a text of a given form. */
export function textOption(
  o: Common<string> & { readonly form: RegExp; readonly range: string },
): Option<string> {
  const { description, form, range } = o;
  return {
    type: 'text',
    default: o.default,
    range,
    description,
    accepts: (value) => typeof value === 'string' && form.test(value),
  };
}

/** The seed of all initial weights and of dropout: every network of this package has it. */
export const seedOption = integerOption({
  default: 0,
  min: Number.MIN_SAFE_INTEGER,
  max: Number.MAX_SAFE_INTEGER,
  description: 'The seed of the initial weights and of dropout.',
});

/** How many classes are told apart. */
export const classesOption = (classes: number): Option<number> =>
  integerOption({ default: classes, min: 1, max: 1000, description: 'Outputs.' });

/** The share of the units before the last layer that is dropped in training. */
export const dropoutOption = (rate: number, description: string): Option<number> =>
  numberOption({ default: rate, min: 0, below: 1, description });

/** The default of every option. */
export function defaultsOf<Declared extends Options>(options: Declared): OptionsOf<Declared> {
  const entries = Object.entries(options).map(([name, option]) => [name, option.default]);
  return Object.fromEntries(entries) as OptionsOf<Declared>;
}

/**
 * The given options with the defaults of those left out (or undefined).
 *
 * Throws {@link OptionError}: an unknown name is answered with the nearest known one, a wrong value with the name, the
 * value and the range.
 *
 * @param of what has the options, for messages.
 * @param Failure what is thrown in place of {@link OptionError}.
 *
 * @example
 * readOptions('xresnet', options, { kernelSize: 4 });
 * // OptionError: xresnet option kernelSize is 4: expected an odd integer from 1 to 99
 */
export function readOptions<Declared extends Options>(
  of: string,
  options: Declared,
  given: Partial<OptionsOf<NoInfer<Declared>>> = {},
  Failure: new (message: string) => Error = OptionError,
): OptionsOf<Declared> {
  const known = Object.keys(options);
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(options, name)) {
      const meant = known.length > 0 ? `: did you mean "${nearestName(name, known)}"?` : '';
      throw new Failure(`${of} has no option "${name}"${meant}`);
    }
  }
  const values = Object.entries(options).map(([name, option]) => {
    const value = given[name] === undefined ? option.default : given[name];
    if (!option.accepts(value)) {
      throw new Failure(`${of} option ${name} is ${asText(value)}: expected ${option.range}`);
    }
    return [name, value] as const;
  });
  return Object.fromEntries(values) as OptionsOf<Declared>;
}

/** JSON, but for NaN and the infinities. */
const asText = (value: unknown): string =>
  typeof value === 'number' ? String(value) : JSON.stringify(value);
