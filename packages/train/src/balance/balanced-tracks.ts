import { checkSeed } from '@diffusion/random';
import { isTextColumn, selectTracks, type Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { TrainError } from '../errors.ts';
import type { TrackSource } from '../source.ts';
import type { BalanceRecipe } from './balance-recipe.ts';
import { epochRows } from './epoch-rows.ts';
import { checkShare } from './undersampled.ts';

/** What {@link balancedTracks} is told: what of a recipe changes the tracks of an epoch. */
export type TrackBalance = Pick<BalanceRecipe, 'share'> & {
  readonly kind: 'oversample' | 'undersample';
};

/**
 * Labelled tracks in memory with classes of one size, drawn anew and in another order in every epoch: what `recipe.balance` makes
 * of `repeatedTracks`.
 *
 * Throws {@link TrainError} for tracks without labels and for a wrong balance or seed.
 *
 * @example
 * const source = balancedTracks(tracks, { kind: 'undersample', share: 0.2 }, 1);
 */
export function balancedTracks(tracks: Tracks, balance: TrackBalance, seed: number): TrackSource {
  checkSeed(seed, TrainError);
  const known = { kind: true, share: true } as const;
  checkOptions<TrackBalance>('balance', balance, known, TrainError);
  const { kind, share } = balance;
  if (kind !== 'oversample' && kind !== 'undersample') {
    throw new TrainError(`balance.kind is '${kind}': expected oversample or undersample`);
  }
  checkShare('balance.share', share);
  const { perEpoch, take } = epochRows(labelCodes(tracks), seed, { kind, share });
  return { perEpoch, take: (epoch, from, to) => selectTracks(tracks, take(epoch, from, to)) };
}

/** The codes of the labels. */
export function labelCodes(tracks: Tracks): ArrayLike<number> {
  const { label } = tracks.trackColumns;
  if (!label || !isTextColumn(label)) {
    throw new TrainError('tracks have no column label to balance by');
  }
  return label.codes;
}
