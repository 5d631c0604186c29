import { type NetworkDescription, networkByName } from '@diffusion/models';

/** An architecture of one's own, with its defaults, or one by its name with options. */
export type NetworkChoice =
  | NetworkDescription
  | { readonly name: string; readonly options?: Readonly<Record<string, unknown>> };

/**
 * The architecture that a caller means, and the options that are given for it.
 *
 * Throws `ModelError` for a name that does not exist, and for one's own with the name of a built-in one.
 *
 * @param networks of one's own that the choice may name.
 */
export function chosenNetwork({
  network,
  networks = [],
}: {
  readonly network: NetworkChoice;
  readonly networks?: readonly NetworkDescription[];
}): { network: NetworkDescription; given: Readonly<Record<string, unknown>> } {
  if (!('build' in network)) {
    return { network: networkByName(network.name, networks), given: network.options ?? {} };
  }
  const others = networks.filter(({ name }) => name !== network.name);
  return { network: networkByName(network.name, [...others, network]), given: {} };
}
