import { permutation } from '@diffusion/random';
import type { BalanceRecipe } from './balance-recipe.ts';
import { oversampled } from './oversampled.ts';
import { undersampled } from './undersampled.ts';

/** Which rows an epoch has, and in which order. */
export interface EpochRows {
  /** Rows of one epoch. */
  readonly perEpoch: number;
  /** Places `from` … `to` − 1 of epoch `epoch` (from 0), as rows; the same arguments give the same rows. */
  take(epoch: number, from: number, to: number): Uint32Array;
}

/**
 * Rows in another order in every epoch, keyed by (seed, epoch); where a balance samples, with classes of other sizes, drawn anew in
 * every epoch.
 *
 * @param codes the class of each row.
 */
export function epochRows(
  codes: ArrayLike<number>,
  seed: number,
  { kind, share }: Partial<Pick<BalanceRecipe, 'kind' | 'share'>> = {},
): EpochRows {
  const draw = (epoch: number): Uint32Array | undefined => {
    if (kind === 'oversample') return oversampled(codes, seed, epoch);
    if (kind === 'undersample') return undersampled(codes, seed, epoch, share);
    return undefined;
  };
  const perEpoch = draw(0)?.length ?? codes.length;
  let drawn: { epoch: number; places: Uint32Array | undefined } | undefined;
  return {
    perEpoch,
    take(epoch, from, to) {
      // An epoch is asked for batch by batch.
      if (drawn?.epoch !== epoch) drawn = { epoch, places: draw(epoch) };
      const { places } = drawn;
      const place = permutation(perEpoch, seed, 'order', epoch);
      const rows = Uint32Array.from({ length: to - from }, (_, i) => place(from + i));
      return places ? rows.map((row) => places[row]) : rows;
    },
  };
}
