import { type Feature, type FeatureChoice, featureNamed } from '@diffusion/features';
import { ModelError } from './errors.ts';

/** The name that a card has of a feature. */
export const featureNameOf = (choice: FeatureChoice): string =>
  typeof choice === 'string' ? choice : choice.about.name;

/**
 * The features that a card names: of the catalogue of `@diffusion/features`, or of one's own.
 *
 * Throws {@link ModelError} that names the feature that is neither.
 *
 * @param source where the card comes from, for messages.
 */
export function featuresOfCard(
  names: readonly string[],
  own: readonly Feature[],
  source: string,
): readonly Feature[] {
  return names.map((name) => {
    const feature = featureNamed(name) ?? own.find(({ about }) => about.name === name);
    if (feature) return feature;
    throw new ModelError(
      `${source}: the model sees the feature '${name}', which is not of the catalogue: give it as features: [...]`,
    );
  });
}
