import { checkOptions } from '@diffusion/tracks/messages';
import * as tf from '@tensorflow/tfjs-core';
import { checkChoice } from './check-choice.ts';
import { checkNumber } from './check-number.ts';
import { TrainError } from './errors.ts';
import type { LossRecipe } from './losses/loss-recipe.ts';

/**
 * Which tracks of a batch are learnt from (selective backprop): the fewest with the largest losses that make up a share of
 * the batch's loss, `{ kind: 'loss-share', share: 0.98 }`, or a share of the tracks, those with the largest losses,
 * `{ kind: 'worst', share: 0.5 }`.
 */
export interface SelectionRecipe {
  readonly kind: 'loss-share' | 'worst';
  /** Above 0, at most 1; 0.98 of the loss or 0.5 of the tracks if left out. */
  readonly share?: number;
}

const shares = { 'loss-share': 0.98, worst: 0.5 } as const;

/** Throws {@link TrainError} for a name or a value that there is not, and for a share of a loss that has none. */
export function checkSelection(selection: SelectionRecipe, { exponent }: LossRecipe): void {
  const known = { kind: true, share: true } as const;
  checkOptions<SelectionRecipe>('recipe.selection', selection, known, TrainError);
  if (selection.kind === undefined) {
    throw new TrainError('selection.kind is undefined: expected loss-share or worst');
  }
  checkChoice('selection.kind', selection.kind, Object.keys(shares));
  const isShare = (share: number) => share > 0 && share <= 1;
  checkNumber('selection.share', selection.share, isShare, '0 < share ≤ 1');
  if (selection.kind === 'loss-share' && exponent === 'gaussian') {
    throw new TrainError(
      "selection.kind is 'loss-share': expected worst beside loss.exponent 'gaussian', whose values can be negative",
    );
  }
}

/**
 * 1 for each track that is learnt from and 0 for the others. Equal losses are all kept or all left, so that the order of a
 * batch does not matter. Not to be derived.
 *
 * @param losses one per track, none of them negative where a share of the loss is kept.
 */
export function selected(
  losses: tf.Tensor,
  { kind, share = shares[kind] }: SelectionRecipe,
): tf.Tensor {
  return tf.tidy(() => {
    const [count] = losses.shape;
    // A loss that is no number would be sorted anyhow; it is heard of by the sum of the batch.
    const known = tf.where(tf.equal(losses, losses), losses, tf.zerosLike(losses));
    const { values } = tf.topk(known, count, true);
    let smallest: tf.Tensor;
    if (kind === 'worst') {
      smallest = tf.slice(values, Math.ceil(share * count) - 1, 1);
    } else {
      // Those before which the share is not yet reached.
      const before = tf.cumsum(values, 0, true);
      const kept = tf.less(before, tf.mul(tf.sum(values), share));
      smallest = tf.min(tf.where(kept, values, tf.tile(tf.slice(values, 0, 1), [count])));
    }
    return tf.cast(tf.greaterEqual(known, smallest), 'float32');
  });
}
