import { motion } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import type { NetworkRecipe } from './recipe.ts';

/** How much {@link recipeLike} trains. */
export interface RecipeLikeOptions {
  readonly seed: number;
  /** Passes of new tracks; 10 if left out. */
  readonly epochs?: number;
  /** Tracks per epoch; 8,192 if left out. */
  readonly count?: number;
  /** What the training runs on: of the recipe, nothing of it decides the model. */
  readonly backend: NonNullable<NetworkRecipe['backend']>;
}

/** A recipe, and what its model will have seen. */
export interface RecipeLike {
  readonly recipe: NetworkRecipe;
  readonly seen: { readonly dim: number; readonly minLength: number; readonly maxLength: number };
}

/**
 * The recipe of a network for every length, on simulated tracks of ordinary microscopes that have the dimension and the lengths
 * of given ones.
 *
 * @example
 * const { recipe } = recipeLike(tracks, { seed: 1, epochs: 4, count: 2048, backend: 'wasm' });
 * const { model } = await fitRecipe(recipe);
 */
export function recipeLike(
  tracks: Tracks,
  { seed, epochs, count, backend }: RecipeLikeOptions,
): RecipeLike {
  const { dim } = tracks;
  const length = lengthsOf(tracks);
  const perEpoch = count ?? 8192;
  const passes = epochs ?? 10;
  // Each batch has a length of its own: some thirty of them at least, where there are the tracks for it.
  const perBatch = Math.min(Math.max(Math.round(perEpoch / 32), 8), 64);
  const batches = Math.ceil(perEpoch / perBatch);
  return {
    recipe: {
      format: 'diffusion-recipe',
      version: 1,
      data: {
        dataSets: [{ preset: 'motion', dim }],
        answers: ['classes'],
        length: { law: 'log-uniform', ...length },
        batches,
        pointsPerBatch: perBatch,
        tracksPerBatch: { min: perBatch, max: perBatch },
        validation: 1000,
        test: 4000,
      },
      network: { name: 'multiscale', options: { widths: [16, 32, 48], units: 64 } },
      encoder: { kind: 'invariant' },
      calibration: { tracks: Math.max(2000, Math.ceil((passes * perEpoch) / 8)) },
      epochs: passes,
      batchSize: perBatch,
      learningRate: 0.004,
      optimizer: { name: 'adamw', weightDecay: 0.01 },
      schedule: { name: 'cosine' },
      averaging: 0.99,
      shards: 1,
      seed,
      augmentation: 'none',
      backend,
    },
    seen: { dim, minLength: length.min, maxLength: length.max },
  };
}

/** The shortest and the longest of the tracks, as far as the prior has such; a factor of two apart at least. */
function lengthsOf(tracks: Tracks): { min: number; max: number } {
  const { lengths: known } = motion({ dim: tracks.dim, count: 1, seed: 0 });
  let [min, max] = [known.max, known.min];
  for (let i = 0; i < tracks.count; i++) {
    min = Math.min(min, tracks.lengthOf(i));
    max = Math.max(max, tracks.lengthOf(i));
  }
  min = Math.min(Math.max(min, known.min), known.max / 2);
  return { min, max: Math.min(Math.max(max, 2 * min), known.max) };
}
