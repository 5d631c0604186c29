import type { Output } from '@diffusion/models';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { checkChoice } from '../check-choice.ts';
import { checkWhole } from '../check-whole.ts';
import { TrainError } from '../errors.ts';
import { checkShare } from './undersampled.ts';

/**
 * What is done about classes of different sizes: `oversample`, every class as often as the largest; `undersample`, every class
 * as rarely as the rarest, or without a share of the largest; `class-weights`, N / (K nₖ) in the loss. For sources whose epochs
 * have the same tracks. A classical classifier knows `smote` as well, new rows of features between those that there are.
 */
export interface BalanceRecipe {
  readonly kind: 'oversample' | 'undersample' | 'class-weights' | 'smote';
  /** Share of the largest class that `undersample` leaves out of an epoch. */
  readonly share?: number;
  /** Neighbours of a row among which `smote` chooses one; 5 if left out. */
  readonly neighbours?: number;
}

const ofNetworks = ['oversample', 'undersample', 'class-weights'];
const ofClassifiers = [...ofNetworks, 'smote'];

/**
 * Throws {@link TrainError} that names what is wrong with a balance.
 *
 * @param learner what is balanced for: a network sees tracks, a classical classifier rows of features.
 */
export function checkBalance(
  balance: BalanceRecipe,
  output: Output,
  learner: 'network' | 'classifier' = 'network',
): void {
  const known = { kind: true, share: true, neighbours: true } as const;
  checkOptions<BalanceRecipe>('recipe.balance', balance, known, TrainError);
  const { kind, share, neighbours } = balance;
  if (kind === 'smote' && learner === 'network') {
    throw new TrainError(
      'balance.kind is "smote": expected oversample, undersample or class-weights, since SMOTE makes rows of features (for classical classifiers)',
    );
  }
  const kinds = learner === 'network' ? ofNetworks : ofClassifiers;
  if (kind === undefined) {
    throw new TrainError(
      `balance.kind is undefined: expected ${kinds.slice(0, -1).join(', ')} or ${kinds[kinds.length - 1]}`,
    );
  }
  checkChoice('balance.kind', kind, kinds);
  if (share !== undefined && kind !== 'undersample') {
    throw new TrainError(`balance.share is ${shown(share)}: expected it only with undersample`);
  }
  checkShare('balance.share', share);
  if (neighbours !== undefined) {
    if (kind !== 'smote') {
      throw new TrainError(
        `balance.neighbours is ${shown(neighbours)}: expected it only with smote`,
      );
    }
    checkWhole('balance.neighbours', neighbours, 1);
  }
  if (output.kind === 'exponent' || output.kind === 'points') {
    throw new TrainError('balance is an object: expected it only with an output of classes');
  }
}
