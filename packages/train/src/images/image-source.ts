import { checkSeed } from '@diffusion/random';
import { type Images, selectImages } from '@diffusion/tracks';
import type { BalanceRecipe } from '../balance/balance-recipe.ts';
import { epochRows } from '../balance/epoch-rows.ts';
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
  const { perEpoch, take } = epochRows(codesOf(images), seed, balance);
  return { perEpoch, take: (epoch, from, to) => selectImages(images, take(epoch, from, to)) };
}

/** The codes of the labels. Throws {@link TrainError} where there are none. */
export function codesOf({ labels }: Images): Int32Array {
  if (!labels) throw new TrainError('images have no labels to learn from');
  return Int32Array.from(labels.codes);
}
