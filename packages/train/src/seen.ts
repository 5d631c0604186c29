import { type Domain, measureDomain, type Output } from '@diffusion/models';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { augmentTracks } from './augment/augment.ts';
import { type TrainingRecipe, type WholeRecipe, withDefaults } from './recipe.ts';
import type { TrackSource } from './source.ts';

/** Tracks on which the domain of a model is measured, at most. */
const domainSample = 4000;

/** Tracks on which the means and deviations of features are measured, at most. */
const featuresSample = 2000;

/** Tracks as training shows them, on which features are measured. */
export const featureSample = (source: TrackSource, { augmentation, seed }: WholeRecipe): Tracks =>
  augmentTracks(sampleOf(source, featuresSample), augmentation, seed, 0);

/** The domain of a model: what its training shows. Its bounds of length are known, its ranges of features are measured. */
export function seenDomain(
  source: TrackSource,
  recipe: WholeRecipe,
  length: number | null,
  output: Output,
): Domain {
  const classes = output.kind === 'exponent' ? [] : output.classes;
  // What stands still is a segment like others to who answers for points, whatever the classes are.
  const known = output.kind === 'points' ? [...classes, 'immobile'] : classes;
  const measured = measureDomain(seenTracks(source, recipe), known);
  return { ...measured, ...bounds(source, recipe, length, measured) };
}

/** Shortest and longest track that a training shows. */
export interface SeenLengths {
  readonly minLength: number;
  readonly maxLength: number;
}

/**
 * Shortest and longest track that a training shows, stretches and gaps included: those that its model will judge. Known
 * before it begins.
 *
 * @param length points that the encoder pads to; null where it does not.
 *
 * @example
 * seenLengths(freshTracks(gajowczyk2021({ count: 512, seed: 1 }), 512), recipe, 600) // { minLength: 30, maxLength: 600 }
 */
export function seenLengths(
  source: TrackSource,
  recipe: TrainingRecipe,
  length: number | null,
): SeenLengths {
  const whole = withDefaults(recipe);
  let minLength = Number.POSITIVE_INFINITY;
  let maxLength = 0;
  for (const track of seenTracks(source, whole)) {
    minLength = Math.min(minLength, track.length);
    maxLength = Math.max(maxLength, track.length);
  }
  return bounds(source, whole, length, { minLength, maxLength });
}

/** Bounds of length, of those that are known and those that were measured. */
function bounds(
  source: TrackSource,
  { augmentation: { cutShare, minLength } }: WholeRecipe,
  length: number | null,
  measured: SeenLengths,
): SeenLengths {
  const { min = measured.minLength, max = measured.maxLength } = source.lengths ?? {};
  return {
    // Gaps leave fewer points than the source knows of.
    minLength: Math.min(min, measured.minLength, cutShare > 0 ? minLength : min),
    maxLength: length ?? max,
  };
}

/** Tracks as training shows them; where it shows stretches, half of them stretches, so that short ones are not rare. */
function seenTracks(source: TrackSource, { augmentation, seed }: WholeRecipe): Tracks {
  const sample = sampleOf(source, domainSample);
  const seen = augmentTracks(sample, augmentation, seed, 0);
  if (augmentation.cutShare === 0) return seen;
  return joinTracks([
    seen,
    augmentTracks(sample, { ...augmentation, cutShare: 1 }, seed, source.perEpoch),
  ]);
}

/** Some tracks of an epoch: the first, or of every batch where each has a length of its own. */
export function sampleOf(source: TrackSource, most: number): Tracks {
  const edges = source.edges?.(0);
  if (!edges) return source.take(0, 0, Math.min(most, source.perEpoch));
  const perBatch = Math.ceil(most / (edges.length - 1));
  const starts = Array.from(edges).slice(0, -1);
  return joinTracks(
    starts.map((from, b) => source.take(0, from, Math.min(from + perBatch, edges[b + 1]))),
  );
}
