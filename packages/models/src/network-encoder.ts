import type { EncoderSpecification, StandardFeature } from './encode/specification.ts';
import { ModelError } from './errors.ts';
import type { NetworkDescription } from './networks/define-network.ts';
import { networks } from './networks/index.ts';
import { networkByName } from './registry.ts';

/** The tracks that {@link networkEncoder} is told of. */
export interface SeenTracks {
  readonly dim: 1 | 2 | 3;
  /** Points of the longest. */
  readonly length: number;
  /** Features that stand beside a track for the networks whose input says so; the others see the track alone. */
  readonly features?: readonly StandardFeature[];
}

/**
 * How tracks are given to a network unless told otherwise: its encoder, padded to the longest track where it needs one
 * length.
 *
 * Throws {@link ModelError} for a network that takes pictures, and for one that does not exist.
 *
 * @param network one of the registry by its name, or one of one's own.
 *
 * @example
 * networkEncoder('wadnet', { dim: 1, length: 999 }); // { kind: 'standardized', dim: 1, length: null }
 */
export function networkEncoder(
  network: string | NetworkDescription,
  { dim, length, features }: SeenTracks,
): EncoderSpecification {
  const { name, input } = typeof network === 'string' ? networkByName(network) : network;
  if (!input) {
    const others = networks.filter((network) => network.input).map((network) => network.name);
    throw new ModelError(
      `model '${name}' takes pictures: expected one that takes tracks, ${others.join(', ')}`,
    );
  }
  return {
    kind: input.kind,
    dim,
    length: input.padded ? length : null,
    ...(input.features && features && { features }),
  };
}
