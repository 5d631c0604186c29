import { type NetworkDescription, networkByName } from '@diffusion/models';
import { checkOptions, shown } from '@diffusion/tracks/messages';
import { TrainError } from './errors.ts';

/** An architecture of one's own, with its defaults, or one by its name, alone or with options. */
export type NetworkChoice = NetworkDescription | string | NamedNetwork;

interface NamedNetwork {
  readonly name: string;
  readonly options?: Readonly<Record<string, unknown>>;
}

/**
 * The architecture that a caller means, and the options that are given for it.
 *
 * Throws {@link TrainError} for what is no network, `ModelError` for a name that does not exist, and for one's own with the name of a built-in one.
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
  if (typeof network === 'string') return { network: networkByName(network, networks), given: {} };
  if (!('build' in network)) {
    const known = { name: true, options: true } as const;
    checkOptions<NamedNetwork>('network', network, known, TrainError);
    if (typeof network.name !== 'string') {
      throw new TrainError(`network.name is ${shown(network.name)}: expected a network's name`);
    }
    return { network: networkByName(network.name, networks), given: network.options ?? {} };
  }
  const others = networks.filter(({ name }) => name !== network.name);
  return { network: networkByName(network.name, [...others, network]), given: {} };
}
