import type { Output } from '@diffusion/models';
import { TrainError } from '../errors.ts';
import type { WholeRecipe } from '../recipe.ts';
import type { TrackSource } from '../source.ts';
import { targets } from '../targets.ts';
import { checkBalance } from './balance-recipe.ts';
import { balancedTracks } from './balanced-tracks.ts';
import { balancedWeights } from './class-weights.ts';

/** A source and a recipe. */
export interface SourceAndRecipe {
  readonly source: TrackSource;
  readonly recipe: WholeRecipe;
}

/**
 * What a training goes by where its recipe balances: a source of classes of one size, or weights of the classes in the loss.
 *
 * Throws {@link TrainError} for a wrong balance, and for a source whose epochs have tracks of their own.
 */
export function applyBalance({ source, recipe }: SourceAndRecipe, output: Output): SourceAndRecipe {
  const { balance, loss, seed } = recipe;
  if (balance === undefined) return { source, recipe };
  checkBalance(balance, output);
  const { kind, share } = balance;
  const { tracks } = source;
  if (!tracks) {
    throw new TrainError(
      `balance.kind is '${kind}': expected a source that has the same tracks in every epoch, such as repeatedTracks gives`,
    );
  }
  if (kind !== 'class-weights') {
    return { source: balancedTracks(tracks, { kind, share }, seed), recipe };
  }
  if (loss?.classWeights !== undefined) {
    throw new TrainError(
      "loss.classWeights is an object: expected none beside balance.kind 'class-weights'",
    );
  }
  const { codes } = targets(tracks, output);
  const { classes } = output as Output & { readonly kind: 'classes' };
  const weights = balancedWeights(codes!, classes.length);
  const classWeights = Object.fromEntries(classes.map((name, k) => [name, weights[k]]));
  return { source, recipe: { ...recipe, loss: { ...loss, classWeights } } };
}
