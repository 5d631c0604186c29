import type { Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { TrainError } from '../errors.ts';
import type { WholeRecipe } from '../recipe.ts';
import type { TrackSource } from '../source.ts';
import { targets } from '../targets.ts';
import { type BalanceRecipe, checkBalance } from './balance-recipe.ts';
import { balancedTracks, type TrackBalance } from './balanced-tracks.ts';
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
  if (kind === 'oversample' || kind === 'undersample') {
    return { source: balancedSource(source, { kind, share }, seed), recipe };
  }
  if (loss?.classWeights !== undefined) {
    throw new TrainError(
      "loss.classWeights is an object: expected none beside balance.kind 'class-weights'",
    );
  }
  const { codes } = targets(tracksOf(source, kind), output);
  const { classes } = output as Output & { readonly kind: 'classes' };
  const weights = balancedWeights(codes!, classes.length);
  const classWeights = Object.fromEntries(classes.map((name, k) => [name, weights[k]]));
  return { source, recipe: { ...recipe, loss: { ...loss, classWeights } } };
}

/** A source of classes of one size: of tracks in memory, or with such tracks behind it. */
function balancedSource(source: TrackSource, balance: TrackBalance, seed: number): TrackSource {
  const { behind } = source;
  return behind
    ? behind.of(balancedSource(behind.source, balance, seed))
    : balancedTracks(tracksOf(source, balance.kind), balance, seed);
}

/** The tracks that every epoch has. */
function tracksOf({ tracks, behind }: TrackSource, kind: BalanceRecipe['kind']): Tracks {
  if (behind) return tracksOf(behind.source, kind);
  if (tracks) return tracks;
  throw new TrainError(
    `balance.kind is '${kind}': expected a source that has the same tracks in every epoch, such as repeatedTracks gives`,
  );
}
