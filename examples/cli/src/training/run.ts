import type { BackendName } from '@diffusion/backends';
import type { FeatureName } from '@diffusion/features';
import type { JsonObject } from '@diffusion/models';
import type { SpecificationWithout } from '@diffusion/simulate';

/** Everything that decides a training, as JSON: kept in the checkpoint and in the model's card. */
export interface Run {
  readonly network: { readonly name: string; readonly options: JsonObject };
  readonly data: SimulatedData | FolderData;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Parts of a batch that can be worked on side by side; they decide the weights, their workers do not. */
  readonly shards: number;
  readonly seed: number;
  /** What computes: another backend gives other digits. */
  readonly backend: BackendName;
}

/** Everything that decides a classical classifier, as JSON. */
export interface ClassicalRun {
  readonly classifier: {
    readonly name: 'forest' | 'boosting' | 'svm' | 'logistic';
    readonly options: JsonObject;
  };
  /** Names of the features that it sees; those that are free of units where none are told. */
  readonly features?: readonly FeatureName[];
  readonly data: SimulatedData | FolderData;
  readonly seed: number;
}

/** Simulated tracks, new ones in every epoch. */
export interface SimulatedData {
  /** What `dataSet` of @diffusion/simulate takes, without count and seed; of several the tracks are taken in turn. */
  readonly dataSets: readonly SpecificationWithout<'count' | 'seed'>[];
  readonly tracksPerEpoch: number;
}

/** Measured or simulated tracks with labels, in a folder. */
export interface FolderData {
  readonly folder: string;
}

export const defaults = {
  epochs: 6,
  batchSize: 64,
  shards: 1,
  learningRate: 0.01,
  tracksPerEpoch: 2048,
  seed: 1,
} as const;
