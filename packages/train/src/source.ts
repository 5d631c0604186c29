import type { Specification, SpecificationWithout } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import type { Augmentation } from './augment/augment.ts';

/** Where the tracks of an epoch come from. */
export interface TrackSource {
  /** Tracks of one epoch. */
  readonly perEpoch: number;
  /** Tracks `from` … `to` − 1 of epoch `epoch` (from 0); the same arguments give the same tracks. */
  take(epoch: number, from: number, to: number): Tracks;
  /**
   * Where the batches of an epoch begin, and where the last one ends, as many batches in every epoch; without it a batch
   * has `recipe.batchSize` tracks.
   */
  edges?(epoch: number): ArrayLike<number>;
  /** Shortest and longest track that it gives, as far as it knows. */
  readonly lengths?: { readonly min?: number; readonly max?: number };
  /** The tracks themselves, where every epoch has the same ones. */
  readonly tracks?: Tracks;
  /** The source whose tracks it changes batch by batch, and the same change of another one. */
  readonly behind?: { readonly source: TrackSource; of(source: TrackSource): TrackSource };
  /** What makes the source again in a worker; without it tracks are made on the thread that trains. */
  readonly specification?: SourceSpecification;
}

/** A source as plain data. */
export type SourceSpecification =
  | FreshSpecification
  | FoldSpecification
  | OneLengthSpecification
  | AlternateSpecification
  | OneLengthBatchesSpecification;

/** `freshTracks` as plain data: a data set's specification, and how many tracks an epoch has. */
export interface FreshSpecification {
  readonly dataSet: Specification;
  readonly perEpoch: number;
}

/** `foldTracks` as plain data: the tracks of a data set that are not in one of its folds. */
export interface FoldSpecification {
  readonly dataSet: Specification;
  readonly folds: number;
  /** From 1. */
  readonly fold: number;
  /** Decides the order of every epoch. */
  readonly seed: number;
}

/** Simulated tracks in batches of one length, as plain data. */
export interface OneLengthSpecification {
  /** Data sets that give a track each in turn: what `dataSet` takes, without count, seed and length. */
  readonly dataSets: readonly SpecificationWithout<'count' | 'seed' | 'length'>[];
  /** Shortest and longest track, in points, and how their lengths are spread between: `uniform` if left out. */
  readonly length: {
    readonly law?: 'uniform' | 'log-uniform';
    readonly min: number;
    readonly max: number;
  };
  /** Batches of an epoch, one from each of so many parts of the range, equal ones, or equal ones of its logarithm; every length once if left out. */
  readonly batches?: number;
  /** Points of a batch, as far as `tracksPerBatch` allows. */
  readonly pointsPerBatch: number;
  readonly tracksPerBatch: { readonly min: number; readonly max: number };
  /** Every data set has a seed of its own, derived from this one. */
  readonly seed: number;
}

/** `alternateTracks` as plain data. */
export interface AlternateSpecification {
  readonly sources: readonly SourceSpecification[];
}

/** What `oneLengthBatches` is told beside the source. */
export interface OneLengthBatchesOptions {
  /** Tracks of a batch; that of the recipe. */
  readonly batchSize: number;
  /** Decides the stretches that are kept and the augmentation. */
  readonly seed: number;
  /** Done to the tracks before they are cut to one length; the recipe's would make lengths differ again. */
  readonly augmentation: Augmentation;
  /** Batches that are filled together, from the shortest tracks to the longest. */
  readonly pool?: number;
  /**
   * Shortest and longest track that a model of these batches is to judge; if left out those that the source knows, or the
   * shortest stretch where the augmentation cuts. The batch of the longest tracks is as long as the shortest of them.
   */
  readonly lengths?: TrackSource['lengths'];
}

/** `oneLengthBatches` as plain data. */
export interface OneLengthBatchesSpecification extends OneLengthBatchesOptions {
  readonly source: SourceSpecification;
}
