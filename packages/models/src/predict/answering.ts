import type { Reason, Tracks } from '@diffusion/tracks';

/** Places of the tracks that are answered in one call of a network or a classifier. */
export type Batch = readonly number[];

/** What a network or a classifier says of the tracks of a batch. */
export interface Answers {
  /** A row per track: the probability of each class, then α, as far as the model has them; not read where there is a reason. */
  readonly answers: ArrayLike<number>;
  /** Why a track has no answer, undefined where it has one; absent where all have. */
  readonly reasons?: readonly (Reason | undefined)[];
}

/** How answers are come by: the only thing in which a network, a classical classifier and workers differ. */
export interface Answering {
  /** Parts the tracks at `rows` into batches, of `batchSize` tracks at most or of what suits the model. */
  batches(tracks: Tracks, rows: readonly number[], batchSize?: number): Iterable<Batch>;
  /** Batches that are asked for before the first of them is answered; 1 if left out. */
  readonly atOnce?: number;
  /** The answers for a batch. */
  answer(tracks: Tracks, batch: Batch): Promise<Answers>;
}
