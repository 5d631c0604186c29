import { nearestName } from '@diffusion/tracks/messages';
import { disposeNetwork } from './dispose-network.ts';
import { ModelError } from './errors.ts';
import type { NetworkDescription } from './networks/define-network.ts';
import { networks } from './networks/index.ts';
import { readOptions } from './options.ts';

/** A network with given options: shapes, number of parameters, and what it takes. */
export interface NetworkSummary {
  readonly name: string;
  readonly paper: string;
  /** Trainable parameters. */
  readonly parameters: number;
  /** Every option with its value. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Without the batch; null = any. Several where the network has several inputs. */
  readonly inputShape: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  readonly outputShape: readonly (number | null)[] | readonly (readonly (number | null)[])[];
  /** The encoder that feeds it unless told otherwise; null where it takes pictures. */
  readonly encoder: string | null;
}

/**
 * The network of that name, built in or among those of one's own.
 *
 * Throws {@link ModelError} that names those there are, and where one of one's own has the name of a built-in one.
 */
export function networkByName(
  name: string,
  own: readonly NetworkDescription[] = [],
): NetworkDescription {
  for (const { name } of own) {
    if (networks.some((network) => network.name === name)) {
      throw new ModelError(`networks has '${name}', which is built in: expected another name`);
    }
  }
  const all = [...networks, ...own];
  const found = all.find((network) => network.name === name);
  if (found) return found;
  const names = all.map((network) => network.name);
  throw new ModelError(
    `model '${name}' does not exist: expected one of ${names.join(', ')}; did you mean ${nearestName(String(name), names)}?`,
  );
}

/**
 * Builds a network once and says what it is: one of the registry by its name, or one of one's own. Needs a tfjs
 * backend.
 *
 * @example
 * describeNetwork('xresnet', { filters: 16 }).parameters // 100900 with one channel and four classes
 */
export function describeNetwork(
  of: string | NetworkDescription,
  options: Readonly<Record<string, unknown>> = {},
): NetworkSummary {
  const description = typeof of === 'string' ? networkByName(of) : of;
  const { name } = description;
  const network = description.build(options);
  const shapes = (of: { shape: (number | null)[] }[]) => {
    const all = of.map(({ shape }) => shape.slice(1));
    return all.length === 1 ? all[0] : all;
  };
  const summary = {
    name,
    paper: description.paper,
    parameters: network.trainableWeights.reduce(
      (sum, { shape }) => sum + shape.reduce<number>((a, b) => a * b!, 1),
      0,
    ),
    options: readOptions(name, description.options, options),
    inputShape: shapes(network.inputs),
    outputShape: shapes(network.outputs),
    encoder: description.input?.kind ?? null,
  };
  disposeNetwork(network);
  return summary;
}
