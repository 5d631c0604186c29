import type { Tracks } from '@diffusion/tracks';
import { allFeatures, featureNamed } from './catalogue.ts';
import { computeColumns } from './compute-columns.ts';
import { FeaturesError } from './errors.ts';
import type { Feature } from './feature.ts';
import { type FeatureSetName, featureSets } from './sets.ts';

/** Which features to compute; all of the catalogue when both are left out. */
export interface FeatureSelection {
  /** Names from the catalogue, in the order of the columns. */
  readonly names?: readonly string[];
  /** A set of the literature. */
  readonly set?: FeatureSetName;
}

/**
 * Features of every track: a column of one value per track for each feature, NaN where it is not defined.
 *
 * Throws {@link FeaturesError} for a name or a set that does not exist, and for a track without points or with a
 * coordinate that is not a finite number.
 *
 * @example
 * const { alpha, straightness } = features(tracks, { names: ['alpha', 'straightness'] });
 */
export function features(
  tracks: Tracks,
  selection: FeatureSelection = {},
): Record<string, Float64Array> {
  const selected = selectFeatures(selection);
  const columns = computeColumns(tracks, selected);
  return Object.fromEntries(selected.map((feature, f) => [feature.about.name, columns[f]]));
}

/** The features of a selection, in order. */
export function selectFeatures({ names, set }: FeatureSelection): readonly Feature[] {
  if (names !== undefined && set !== undefined) {
    throw new FeaturesError('names and set are both given: expected one of them');
  }
  if (set !== undefined && !Object.hasOwn(featureSets, set)) {
    throw new FeaturesError(
      `set is '${set}': expected one of ${Object.keys(featureSets).join(', ')}`,
    );
  }
  const wanted = names ?? (set && featureSets[set].names);
  if (!wanted) return allFeatures;
  return [...new Set(wanted)].map((name) => {
    const feature = featureNamed(name);
    if (!feature) {
      throw new FeaturesError(`feature '${name}' does not exist: expected a name of the catalogue`);
    }
    return feature;
  });
}
