import { shipped } from './shipped.ts';

/** The files of a model that loading it takes. */
export type PretrainedFile = 'config.json' | 'model.safetensors';

/** What there is to know of a trained model before it is loaded. */
export interface PretrainedModel {
  /** What it is trained for, and the dimension: `motion-2d`. */
  readonly name: string;
  /** Dimension of the tracks that it judges. */
  readonly dim: 1 | 2 | 3;
  /** Its classes, in the order of their codes; none where it gives the exponent alone. */
  readonly classes: readonly string[];
  /** Whether it gives the anomalous exponent α. */
  readonly exponent: boolean;
  /** Whether it judges a track as a whole, by `predict`, or every point of it, by `networkSegments` of `@diffusion/models`. */
  readonly answersFor: 'track' | 'point';
  /** Points of the tracks that it has seen. */
  readonly lengths: { readonly min: number; readonly max: number };
  /** Name of the architecture. */
  readonly network: string;
  /** How many numbers its weights are. */
  readonly numbers: number;
  /** Size of `model.safetensors`. */
  readonly bytes: number;
  /** SHA-256 of `model.safetensors`. */
  readonly sha256: string;
}

/** A model with what is known of its files. */
export interface ShippedModel extends PretrainedModel {
  /** Changes with every change of its files. */
  readonly release: string;
  /** Where the files lie beside this package, as far as the program's bundler has kept them. */
  readonly files: Readonly<Record<PretrainedFile, () => URL>>;
}

/** {@link pretrainedModels} with their files. */
export const shippedModels: readonly ShippedModel[] = shipped as readonly ShippedModel[];

/**
 * The trained models that come with this package.
 *
 * @example
 * for (const { name, dim, classes, lengths } of pretrainedModels) console.log(name, dim, classes, lengths.max);
 */
export const pretrainedModels: readonly PretrainedModel[] = shippedModels.map(
  ({ release: _, files: __, ...known }) => known,
);
