import type { Tracks } from '@diffusion/tracks';
import { checkOptions, checkTracks, nearestName } from '@diffusion/tracks/messages';
import { allFeatures, type FeatureName, featureNamed } from './catalogue.ts';
import { computeColumns } from './compute-columns.ts';
import { FeaturesError } from './errors.ts';
import { type Feature, isFeature } from './feature.ts';
import { type FeatureSetName, featureSets } from './sets.ts';
import { showFeatures } from './show-features.ts';

/** A feature as a selection names it: by its name in the catalogue, or the feature itself, one's own as well. */
export type FeatureChoice = FeatureName | Feature;

/** Which features to compute; all of the catalogue when both are left out. */
export interface FeatureSelection<
  Choice extends FeatureChoice = FeatureChoice,
  Set extends FeatureSetName = FeatureSetName,
> {
  /** Names from the catalogue and features of one's own, in the order of the columns. */
  readonly names?: readonly Choice[];
  /** A set of the literature. */
  readonly set?: Set;
}

/** A column of a value per track under the name of each feature chosen. */
export type FeatureColumns<Choice, Set extends FeatureSetName> = Record<
  [Set] extends [never] ? NameOf<Choice> : (typeof featureSets)[Set]['names'][number],
  Float64Array
>;

type NameOf<Choice> =
  Choice extends Feature<infer Name> ? Name : Choice extends FeatureName ? Choice : string;

/**
 * Features of every track: a column of one value per track for each feature, NaN where it is not defined.
 *
 * Throws {@link FeaturesError} for what is no set of tracks, for a name or a set that does not exist, for two features of one name, and for a track
 * without points or with a coordinate that is not a finite number.
 *
 * @example
 * const { alpha, straightness } = features(tracks, { names: ['alpha', 'straightness'] });
 */
export function features<
  const Choice extends FeatureChoice = FeatureName,
  Set extends FeatureSetName = never,
>(tracks: Tracks, selection: FeatureSelection<Choice, Set> = {}): FeatureColumns<Choice, Set> {
  checkOptions<FeatureSelection>('features', selection, SELECTION, FeaturesError);
  checkTracks(tracks, FeaturesError);
  const selected = selectFeatures(selection);
  const columns = computeColumns(tracks, selected);
  return showFeatures(
    Object.fromEntries(selected.map((feature, f) => [feature.about.name, columns[f]])),
  ) as FeatureColumns<Choice, Set>;
}

/** The options of a selection. */
export const SELECTION = { names: true, set: true } as const;

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
  if (!Array.isArray(wanted)) {
    throw new FeaturesError(`names is ${JSON.stringify(wanted)}: expected a list of features`);
  }
  const selected = new Map<string, Feature>();
  for (const choice of wanted as readonly FeatureChoice[]) {
    const feature = chosen(choice);
    const { name } = feature.about;
    const other = selected.get(name) ?? featureNamed(name) ?? feature;
    if (other !== feature) {
      throw new FeaturesError(`names has two features '${name}': expected different names`);
    }
    selected.set(name, feature);
  }
  return [...selected.values()];
}

function chosen(choice: FeatureChoice): Feature {
  if (isFeature(choice)) return choice;
  const feature = featureNamed(choice as string);
  if (feature) return feature;
  if (typeof choice !== 'string') {
    throw new FeaturesError(
      `names has ${String(choice)}: expected a name of the catalogue, or what defineFeature gives`,
    );
  }
  const nearest = nearestName(
    choice,
    allFeatures.map(({ about }) => about.name),
  );
  throw new FeaturesError(
    `feature '${choice}' does not exist: did you mean ${nearest}? An own feature is given itself, not by its name`,
  );
}
