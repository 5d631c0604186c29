import type { Random } from '@diffusion/random';
import type { Bounds } from '../check.ts';

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
export interface ChoiceParameter {
  readonly kind: 'choice';
  readonly meaning: string;
  readonly choices: readonly (string | number)[];
}

/** Where and when a track is simulated. */
export interface Scene {
  /** Number of frames. */
  readonly frames: number;
  readonly dim: 1 | 2 | 3;
  /** Time between frames. */
  readonly dt: number;
}

/** Parameters of one track, by name. */
export type Values = Readonly<Record<string, number | string>>;

/** A track that is ready to be written. */
export interface Motion {
  /** Parameters that follow from the given ones, such as the radius from B. */
  readonly derived: Readonly<Record<string, number>>;
  /** What Q compares the localisation error with, √(D Δt + (v Δt)²); undefined for a model without D. */
  readonly qSignal?: number;
  /** Writes `points` places, 1/substeps frame apart, interleaved, beginning at the origin. */
  write(random: Random, out: Float64Array, points: number, substeps: number): void;
}

/** A motion model: its parameters, and how to make a track of them. */
export interface MotionModel {
  readonly name: string;
  readonly parameters: Readonly<Record<string, Parameter>>;
  /** Groups of parameters that exclude each other: exactly one of each group must be given. */
  readonly alternatives?: readonly (readonly string[])[];
  /** Throws a ParameterError when the values do not fit together; names parameters with `path` before them. */
  readonly check?: (values: Values, path: string) => void;
  readonly prepare: (values: Values, scene: Scene) => Motion;
}
