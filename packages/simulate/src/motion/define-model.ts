import type { Random } from '@diffusion/random';
import { ParameterError } from '../errors.ts';
import type { Alternatives, Parameters, Values, ValuesOf } from './parameters.ts';
import { isReserved } from './reserved-names.ts';

/** Where and when a track is simulated. */
export interface Scene {
  /** Number of frames. */
  readonly frames: number;
  readonly dim: 1 | 2 | 3;
  /** Time between frames. */
  readonly dt: number;
  /** Time from the first to the last frame; of a single frame, dt. */
  readonly duration: number;
}

/** A track that is ready to be written. */
export interface Motion {
  /** Parameters that follow from the given ones, such as the radius from B: they become columns, too. */
  readonly derived?: Readonly<Record<string, number>>;
  /** What Q compares the localisation error with, √(D Δt + (v Δt)²); undefined for a model without D. */
  readonly qSignal?: number;
  /**
   * Writes `points` places, 1/substeps frame apart, interleaved (x₀ y₀ x₁ y₁ …), beginning at the origin, to
   * out[0] … out[points · dim − 1]. What is in `out` before, and behind the places, means nothing. `substeps` is 1 unless
   * there is motion blur.
   */
  write(random: Random, out: Float64Array, points: number, substeps: number): void;
}

/** A motion model, whatever its parameters: what is told of them, and how to make a track of their values. */
export interface MotionModel {
  readonly name: string;
  readonly parameters: Parameters;
  /** Groups of parameters that exclude each other: exactly one of each group must be given. */
  readonly alternatives?: Alternatives;
  /** Throws a ParameterError when the values do not fit together; names parameters with `path` before them. */
  check?(values: Values, path: string): void;
  /** Makes a track of its values ready; called once per track, before it is written. */
  prepare(values: Values, scene: Scene): Motion;
}

/** A {@link MotionModel} whose parameters the compiler knows. */
export interface DefinedModel<Name extends string, P extends Parameters, A extends Alternatives> {
  readonly name: Name;
  readonly parameters: P;
  readonly alternatives?: A;
  check?(values: ValuesOf<P, A>, path: string): void;
  prepare(values: ValuesOf<P, A>, scene: Scene): Motion;
}

/**
 * A motion model from its declaration: the name (of the class, too), the parameters, each declared once with {@link
 * number} or {@link choice}, and `prepare`, which is given their values, typed as they are declared. The built-in models
 * are made with it, and a model of one's own goes wherever they do: `simulate({ model })`, a class of `dataSet`.
 *
 * Every number that `write` uses must come from `random`: then track i is the same whatever the batches.
 *
 * Throws a ParameterError for a declaration that cannot be.
 *
 * @example
 * const ballistic = defineModel({
 *   name: 'ballistic',
 *   parameters: { speed: number({ meaning: 'speed', unit: 'position/time', min: 0, default: 1 }) },
 *   prepare: ({ speed }, { dim, dt }) => ({
 *     write(random, out, points, substeps) {
 *       const direction = Array.from({ length: dim }, () => random.normal());
 *       const step = (speed * dt) / substeps / Math.hypot(...direction);
 *       for (let i = 0; i < points; i++) {
 *         for (let d = 0; d < dim; d++) out[i * dim + d] = i * step * direction[d];
 *       }
 *     },
 *   }),
 * });
 * simulate({ model: ballistic, speed: { min: 1, max: 2 }, count: 10, length: 50, dim: 2, seed: 1 });
 */
export function defineModel<
  const Name extends string,
  P extends Parameters,
  const A extends readonly (readonly (keyof P & string)[])[] = readonly [],
>(model: {
  readonly name: Name;
  readonly parameters: P;
  readonly alternatives?: A;
  check?(values: ValuesOf<P, A>, path: string): void;
  prepare(values: ValuesOf<P, A>, scene: Scene): Motion;
}): DefinedModel<Name, P, A> {
  checkModel('model', model);
  return model;
}

/** True for what is meant as a model given as an object. */
export function isModel(value: unknown): value is MotionModel {
  return typeof value === 'object' && value !== null && 'prepare' in value;
}

/** Throws a ParameterError unless a model that users bring is declared as the built-in ones are. */
export function checkModel(path: string, value: unknown): asserts value is MotionModel {
  if (!isModel(value)) {
    throw new ParameterError(path, value, 'a model: an object with name, parameters and prepare');
  }
  const { name, parameters, alternatives = [], check, prepare } = value;
  if (typeof name !== 'string' || name === '') {
    throw new ParameterError(`${path}.name`, name, 'a text');
  }
  for (const [key, method] of Object.entries({ prepare, ...(check && { check }) })) {
    if (typeof method !== 'function') {
      throw new ParameterError(`${path}.${key}`, method, 'a function');
    }
  }
  if (typeof parameters !== 'object' || parameters === null) {
    throw new ParameterError(`${path}.parameters`, parameters, 'an object, {} without parameters');
  }
  for (const [key, parameter] of Object.entries<unknown>(parameters)) {
    const where = `${path}.parameters.${key}`;
    if (isReserved(key)) {
      throw new ParameterError(where, parameter, 'another name: this one has a meaning of its own');
    }
    const { kind, choices } = (parameter ?? {}) as { kind?: unknown; choices?: unknown };
    if (kind === 'choice' ? !Array.isArray(choices) || choices.length === 0 : kind !== 'number') {
      throw new ParameterError(where, parameter, 'what number({ … }) or choice({ … }) gives');
    }
  }
  for (const [g, group] of alternatives.entries()) {
    for (const [k, key] of group.entries()) {
      const parameter = Object.hasOwn(parameters, key) ? parameters[key] : undefined;
      if (parameter?.kind !== 'number' || parameter.default !== undefined) {
        throw new ParameterError(
          `${path}.alternatives[${g}][${k}]`,
          key,
          'a number among the parameters, without a default',
        );
      }
    }
  }
}
