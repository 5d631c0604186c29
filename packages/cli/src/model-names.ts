import { type NetworkDescription, networks } from '@diffusion/models';
import { type ClassicalDescription, classicalModels } from '@diffusion/models/classical';
import { nearestName } from '@diffusion/tracks/messages';
import { InputError } from './input-error.ts';

/** What is known of a model by its name: a network, or a classical classifier or rule. */
export type NamedModel =
  | { readonly network: NetworkDescription; readonly classical?: undefined }
  | { readonly network?: undefined; readonly classical: ClassicalDescription };

const names = [...networks, ...classicalModels].map((each) => each.name);

/** The model that `diffusion models` lists under a name, if there is one. */
export function findModel(name: string): NamedModel | undefined {
  const network = networks.find((each) => each.name === name);
  if (network) return { network };
  const classical = classicalModels.find((each) => each.name === name);
  return classical && { classical };
}

/** The model that `diffusion models` lists under a name. Throws {@link InputError} that names those there are. */
export function modelNamed(name: string): NamedModel {
  const found = findModel(name);
  if (found) return found;
  throw new InputError(
    `model '${name}' does not exist: expected one of ${names.join(', ')}; did you mean ${nearestModel(name)}?`,
  );
}

/** The name that `diffusion models` lists, or one of `others`, which is nearest to another one. */
export const nearestModel = (name: string, others: readonly string[] = []): string | undefined =>
  nearestName(name, [...names, ...others]);
