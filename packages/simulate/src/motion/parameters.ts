import type { Bounds } from '../check.ts';
import type { Quantity } from '../read-specification.ts';

/** A parameter of a motion model: a number within bounds, or one of a few choices. */
export type Parameter = NumberParameter | ChoiceParameter;

/** A parameter that is a number; it can be drawn per track. */
export interface NumberParameter extends Bounds {
  readonly kind: 'number';
  /** What it is, in a few words. */
  readonly meaning: string;
  /** Unit in terms of the set's position unit and time unit; '' for a pure number. */
  readonly unit: string;
  /** Value when it is not given; absent when it must be given, or when another parameter says the same. */
  readonly default?: number;
}

/** A parameter that is one of a few choices, the same for all tracks; the first one is the default. */
export interface ChoiceParameter<Choice extends string | number = string | number> {
  readonly kind: 'choice';
  readonly meaning: string;
  readonly choices: readonly Choice[];
}

/** The parameters of a model, by name. */
export type Parameters = Readonly<Record<string, Parameter>>;

/** Groups of parameters that say the same in other words: exactly one of each group must be given. */
export type Alternatives = readonly (readonly string[])[];

/** Parameters of one track, by name, for a model of which no more is known. */
export type Values = Readonly<Record<string, number | string | undefined>>;

/** What `prepare` of a model is given: a number, or the choice; of alternatives the one that was not given is undefined. */
export type ValuesOf<P extends Parameters, A extends Alternatives> = string extends keyof P
  ? Values
  : {
      readonly [K in keyof P]: P[K] extends ChoiceParameter<infer Choice>
        ? Choice
        : K extends A[number][number]
          ? number | undefined
          : number;
    };

/** What a user gives: what has no default, what has one if wanted, and one of each group of alternatives. */
export type ArgumentsOf<P extends Parameters, A extends Alternatives> = string extends keyof P
  ? Readonly<Record<string, unknown>>
  : {
      readonly [K in keyof P as Kind<P, A, K> extends 'required' ? K : never]: Quantity;
    } & {
      readonly [K in keyof P as Kind<P, A, K> extends 'optional' ? K : never]?: P[K] extends {
        choices: readonly (infer Choice)[];
      }
        ? Choice
        : Quantity;
    } & OneOfEach<A>;

type Kind<
  P extends Parameters,
  A extends Alternatives,
  K extends keyof P,
> = K extends A[number][number]
  ? 'alternative'
  : P[K] extends ChoiceParameter | { readonly default: number }
    ? 'optional'
    : 'required';

type OneOf<Group extends readonly string[]> = {
  [K in Group[number]]: { readonly [Given in K]: Quantity } & {
    readonly [Other in Exclude<Group[number], K>]?: undefined;
  };
}[Group[number]];

type OneOfEach<A extends Alternatives> = A extends readonly [
  infer Group extends readonly string[],
  ...infer Rest extends Alternatives,
]
  ? OneOf<Group> & OneOfEach<Rest>
  : unknown;

/** What {@link number} is told. */
export type NumberDeclaration = Omit<NumberParameter, 'kind'>;

/**
 * Declares a parameter that is a number: what it means, its unit, its bounds and, where it need not be given, its
 * default.
 *
 * @example
 * number({ meaning: 'exponent', unit: '', above: 0, max: 1 })
 */
export function number(
  declaration: NumberDeclaration & { readonly default: number },
): NumberParameter & { readonly default: number };
export function number(
  declaration: NumberDeclaration & { readonly default?: undefined },
): NumberParameter & { readonly default?: undefined };
export function number(declaration: NumberDeclaration): NumberParameter {
  return { kind: 'number', ...declaration };
}

/**
 * Declares a parameter that is one of a few choices; the first is the default.
 *
 * @example
 * choice({ meaning: 'where a track starts', choices: ['centre', 'uniform'] })
 */
export function choice<const Choice extends string | number>(declaration: {
  readonly meaning: string;
  readonly choices: readonly Choice[];
}): ChoiceParameter<Choice> {
  return { kind: 'choice', ...declaration };
}
