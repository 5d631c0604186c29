import { catalogue, type FeatureName, featureNamed } from '@diffusion/features';
import { InputError } from './input-error.ts';

/** Throws {@link InputError} for a name in `--features` that is no feature. */
export function checkFeatures(
  names?: readonly string[],
): asserts names is readonly FeatureName[] | undefined {
  for (const name of names ?? []) {
    if (featureNamed(name)) continue;
    const known = catalogue.map((about) => about.name).join(', ');
    throw new InputError(`option '--features': '${name}' is not a feature; there are ${known}`);
  }
}
