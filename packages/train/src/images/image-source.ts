import { checkSeed, permutation } from '@diffusion/random';
import { type Images, selectImages } from '@diffusion/tracks';
import type { BalanceRecipe } from '../balance/balance-recipe.ts';
import { oversampled } from '../balance/oversampled.ts';
import { undersampled } from '../balance/undersampled.ts';
import { TrainError } from '../errors.ts';

/** Where the images of an epoch come from. */
export interface ImageSource {
  /** Images of one epoch. */
  readonly perEpoch: number;
  /** Images `from` … `to` − 1 of epoch `epoch` (from 0); the same arguments give the same images. */
  take(epoch: number, from: number, to: number): Images;
}

/**
 * Images in memory in another order in every epoch, keyed by (seed, epoch); where a balance samples, with classes of other sizes,
 * drawn anew in every epoch.
 *
 * Throws {@link TrainError} for a seed that is no safe integer and for images without labels.
 */
export function imageSource(images: Images, seed: number, balance?: BalanceRecipe): ImageSource {
  checkSeed(seed, TrainError);
  const codes = codesOf(images);
  const draw = (epoch: number): Uint32Array | undefined => {
    if (balance?.kind === 'oversample') return oversampled(codes, seed, epoch);
    if (balance?.kind === 'undersample') return undersampled(codes, seed, epoch, balance.share);
    return undefined;
  };
  const perEpoch = draw(0)?.length ?? images.count;
  let drawn: { epoch: number; places: Uint32Array | undefined } | undefined;
  return {
    perEpoch,
    take(epoch, from, to) {
      // An epoch is asked for batch by batch.
      if (drawn?.epoch !== epoch) drawn = { epoch, places: draw(epoch) };
      const { places } = drawn;
      const place = permutation(perEpoch, seed, 'order', epoch);
      const rows = Uint32Array.from({ length: to - from }, (_, i) => place(from + i));
      return selectImages(images, places ? rows.map((row) => places[row]) : rows);
    },
  };
}

/** The codes of the labels. Throws {@link TrainError} where there are none. */
export function codesOf({ labels }: Images): Int32Array {
  if (!labels) throw new TrainError('images have no labels to learn from');
  return Int32Array.from(labels.codes);
}
