import type { EncodedTracks, Encoder, Output } from '@diffusion/models';
import { augmentTracks } from './augment/augment.ts';
import type { WholeRecipe } from './recipe.ts';
import type { TrackSource } from './source.ts';
import { type Targets, targets } from './targets.ts';

/** Tracks as a network sees them in training, and what it should answer: plain arrays, which can go to a worker. */
export interface Examples extends EncodedTracks {
  readonly wanted: Targets;
}

/** Where examples come from, and how they are made. */
export interface ExampleSource {
  readonly source: TrackSource;
  readonly encoder: Encoder;
  readonly output: Output;
  readonly recipe: Pick<WholeRecipe, 'augmentation' | 'seed'>;
}

/** The tracks `from` … `to` − 1 of an epoch, augmented and encoded. */
export function examplesOf(
  { source, encoder, output, recipe }: ExampleSource,
  epoch: number,
  from: number,
  to: number,
): Examples {
  const raw = source.take(epoch, from, to);
  const first = epoch * source.perEpoch + from;
  const tracks = augmentTracks(raw, recipe.augmentation, recipe.seed, first);
  return { ...encoder.encode(tracks), wanted: targets(tracks, output) };
}
