import { deriveSeed } from '@diffusion/random';
import { dataSetFrom, type SpecificationWithout } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import type { TrackSource } from '../source.ts';
import { splitTracks } from '../split.ts';
import { foldRange, foldTracks } from './fold-tracks.ts';
import { firstStretches, stretchTracks } from './stretch-tracks.ts';

/** A network of a bank: the points of its tracks, and its fold (from 1) of `folds`. */
export interface BankPlace {
  readonly length: number;
  readonly fold: number;
  readonly folds: number;
}

/** What one network of a bank is trained and validated on. */
export interface BankSet {
  readonly source: TrackSource;
  readonly validation: Tracks;
}

/** Makes the tracks of each network of a bank. */
export type BankSets = (place: BankPlace) => BankSet;

/** What {@link simulatedBankSets} is told. */
export interface SimulatedBankSets {
  /** What `dataSet` of `@diffusion/simulate` takes, without count, seed and length. */
  readonly dataSet: SpecificationWithout<'count' | 'seed' | 'length'>;
  /** Tracks of each length, all folds together: a number, or what it is for a length. */
  readonly tracksPerLength: number | ((length: number) => number);
  /** Every length has a data set of its own, with a seed derived from this one. */
  readonly seed: number;
  /** Tracks of a fold that are validated on, at most; 20,000 if left out. */
  readonly validationTracks?: number;
}

/**
 * Tracks of a bank of networks that are simulated at each length: a fixed number of them, in folds, trained on in another
 * order in every epoch. They are simulated whenever they are needed.
 *
 * @example
 * simulatedBankSets({ dataSet: { preset: 'andi2020', task: 2, dim: 1 }, tracksPerLength: 300_000, seed: 1 })
 */
export function simulatedBankSets({
  dataSet,
  tracksPerLength,
  seed,
  validationTracks = 20_000,
}: SimulatedBankSets): BankSets {
  checkWhole('validationTracks', validationTracks, 1);
  return ({ length, fold, folds }) => {
    const count = typeof tracksPerLength === 'number' ? tracksPerLength : tracksPerLength(length);
    checkWhole('tracksPerLength', count, folds);
    const ofLength = deriveSeed(seed, 'training', 'lengths', length);
    const set = dataSetFrom({ ...dataSet, count, seed: ofLength, length });
    const { from, to } = foldRange(count, folds, fold);
    return {
      source: foldTracks({ dataSet: set.specification, folds, fold, seed: ofLength }),
      validation: set.generate(from, Math.min(to, from + validationTracks)),
    };
  };
}

/**
 * Tracks of a bank of networks from labelled tracks of many lengths: those that are long enough, in folds with the same
 * shares of the labels, cut to a random stretch that is another in every epoch. What is validated on is cut to its beginning.
 *
 * Throws {@link TrainError} where fewer tracks are long enough than there are folds.
 */
export function labelledBankSets(tracks: Tracks, seed: number): BankSets {
  checkTracks(tracks, TrainError);
  return ({ length, fold, folds }) => {
    const long = longTracks(tracks, length);
    if (long < folds) {
      throw new TrainError(
        `${long} tracks have ${length} points or more: expected as many as folds, ${folds}, at least`,
      );
    }
    const parts = splitTracks(tracks, new Array(folds).fill(1 / folds), deriveSeed(seed, 'folds'));
    const others = joinTracks(parts.filter((_, k) => k !== fold - 1));
    return {
      source: stretchTracks(others, length, deriveSeed(seed, 'training', 'lengths', length)),
      validation: firstStretches(parts[fold - 1], length),
    };
  };
}

/** How many tracks have `length` points or more. */
function longTracks(tracks: Tracks, length: number): number {
  let long = 0;
  for (let i = 0; i < tracks.count; i++) if (tracks.lengthOf(i) >= length) long++;
  return long;
}
