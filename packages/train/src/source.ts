import { checkSeed, permutation } from '@diffusion/random';
import {
  type DataSet,
  dataSet,
  isPlainSpecification,
  type Specification,
} from '@diffusion/simulate';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { type AlternateSpecification, alternateTracks } from './alternate-tracks.ts';
import { TrainError } from './errors.ts';
import { type OneLengthBatchesSpecification, oneLengthBatches } from './one-length-batches.ts';
import { type OneLengthSpecification, oneLengthTracks } from './one-length-tracks.ts';

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
  /** What makes the source again in a worker; without it tracks are made on the thread that trains. */
  readonly specification?: SourceSpecification;
}

/** A source as plain data. */
export type SourceSpecification =
  | FreshSpecification
  | OneLengthSpecification
  | AlternateSpecification
  | OneLengthBatchesSpecification;

/**
 * The source of a specification. Models of motion that it names by their modules must have been loaded, with
 * `loadModels` of `@diffusion/simulate`.
 */
export function sourceOf(specification: SourceSpecification): TrackSource {
  if ('dataSets' in specification) return oneLengthTracks(specification);
  if ('sources' in specification) return alternateTracks(specification.sources.map(sourceOf));
  if ('source' in specification)
    return oneLengthBatches(sourceOf(specification.source), specification);
  return freshTracks(dataSet(specification.dataSet), specification.perEpoch);
}

/** {@link freshTracks} as plain data: a data set's specification, and how many tracks an epoch has. */
export interface FreshSpecification {
  readonly dataSet: Specification;
  readonly perEpoch: number;
}

/**
 * Simulated tracks, new ones in every epoch: epoch e sees the tracks e · perEpoch … (e + 1) · perEpoch − 1 of the data
 * set, and after its last track begins again. Nothing is kept.
 */
export function freshTracks(dataSet: DataSet, perEpoch: number): TrackSource {
  const epochs = Math.max(1, Math.floor(dataSet.count / perEpoch));
  return {
    perEpoch,
    lengths: dataSet.lengths,
    ...(isPlainSpecification(dataSet.specification) && {
      specification: { dataSet: dataSet.specification, perEpoch },
    }),
    take: (epoch, from, to) => {
      const start = (epoch % epochs) * perEpoch;
      return dataSet.generate(start + from, start + to);
    },
  };
}

/** Tracks in memory, in another order in every epoch, keyed by (seed, epoch). Throws {@link TrainError} for a seed that is no safe integer. */
export function repeatedTracks(tracks: Tracks, seed: number): TrackSource {
  checkSeed(seed, TrainError);
  return {
    perEpoch: tracks.count,
    take: (epoch, from, to) => {
      const place = permutation(tracks.count, seed, 'order', epoch);
      return selectTracks(
        tracks,
        Uint32Array.from({ length: to - from }, (_, i) => place(from + i)),
      );
    },
  };
}
