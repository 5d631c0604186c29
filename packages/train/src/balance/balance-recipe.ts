import type { Output } from '@diffusion/models';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from '../check-choice.ts';
import { TrainError } from '../errors.ts';
import { checkShare } from './undersampled.ts';

/**
 * What is done about classes of different sizes: `oversample`, every class as often as the largest; `undersample`, every class
 * as rarely as the rarest, or without a share of the largest; `class-weights`, N / (K nₖ) in the loss. For sources whose epochs
 * have the same tracks.
 */
export interface BalanceRecipe {
  readonly kind: 'oversample' | 'undersample' | 'class-weights';
  /** Share of the largest class that `undersample` leaves out of an epoch. */
  readonly share?: number;
}

const kinds = ['oversample', 'undersample', 'class-weights'];

/** Throws {@link TrainError} that names what is wrong with a balance. */
export function checkBalance(balance: BalanceRecipe, output: Output): void {
  const known = { kind: true, share: true } as const;
  checkOptions<BalanceRecipe>('recipe.balance', balance, known, TrainError);
  const { kind, share } = balance;
  if ((kind as unknown) === 'smote') {
    throw new TrainError(
      'balance.kind is "smote": expected oversample, undersample or class-weights, since SMOTE makes rows of features (the function smote, for classical classifiers)',
    );
  }
  if (kind === undefined) {
    throw new TrainError(
      'balance.kind is undefined: expected oversample, undersample or class-weights',
    );
  }
  checkChoice('balance.kind', kind, kinds);
  if (share !== undefined && kind !== 'undersample') {
    throw new TrainError(`balance.share is ${shown(share)}: expected it only with undersample`);
  }
  checkShare('balance.share', share);
  if (output.kind === 'exponent') {
    throw new TrainError('balance is an object: expected it only with an output of classes');
  }
}
