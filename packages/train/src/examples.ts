import type { EncodedTracks, Encoder, Output } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
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
  /** Those that have been made already; none if left out. */
  readonly ahead?: { take(epoch: number, from: number, to: number): Examples | undefined };
}

/** The tracks `from` … `to` − 1 of an epoch, augmented and encoded. */
export function examplesOf(
  options: ExampleSource,
  epoch: number,
  from: number,
  to: number,
): Examples {
  const made = options.ahead?.take(epoch, from, to);
  return made ?? examplesFrom(options, options.source.take(epoch, from, to), epoch, from);
}

/** Tracks of an epoch, from its track `from` on, augmented and encoded. */
export function examplesFrom(
  { source, encoder, output, recipe }: ExampleSource,
  raw: Tracks,
  epoch: number,
  from: number,
): Examples {
  const first = epoch * source.perEpoch + from;
  const tracks = augmentTracks(raw, recipe.augmentation, recipe.seed, first);
  return { ...encoder.encode(tracks), wanted: targets(tracks, output, encoder) };
}
