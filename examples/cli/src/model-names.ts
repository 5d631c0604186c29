import { type NetworkDescription, networks } from '@diffusion/models';
import { type ClassicalDescription, classicalModels } from '@diffusion/models/classical';
import { InputError } from './input-error.ts';

/** What is known of a model by its name: a network, or a classical classifier or rule. */
export type NamedModel =
  | { readonly network: NetworkDescription; readonly classical?: undefined }
  | { readonly network?: undefined; readonly classical: ClassicalDescription };

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
  const names = [...networks, ...classicalModels].map((each) => each.name).join(', ');
  throw new InputError(`model '${name}' does not exist: expected one of ${names}`);
}
