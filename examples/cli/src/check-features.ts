import { catalogue } from '@diffusion/features';
import { InputError } from './input-error.ts';

/** Throws {@link InputError} for a name in `--features` that is no feature. */
export function checkFeatures(names: readonly string[] = []): void {
  const known = catalogue.map(({ name }) => name);
  for (const name of names) {
    if (!known.includes(name)) {
      throw new InputError(
        `option '--features': '${name}' is not a feature; there are ${known.join(', ')}`,
      );
    }
  }
}
