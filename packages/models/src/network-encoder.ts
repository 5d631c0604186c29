import type { EncoderSpecification } from './encode/encoder.ts';
import type { StandardFeature } from './encode/standard-features.ts';
import { ModelError } from './errors.ts';
import { networks } from './networks/index.ts';
import { networkByName } from './registry.ts';

/** The tracks that {@link networkEncoder} is told of. */
export interface SeenTracks {
  readonly dim: 1 | 2 | 3;
  /** Points of the longest. */
  readonly length: number;
  /** Features that stand beside a track for the residual networks; the others see the track alone. */
  readonly features?: readonly StandardFeature[];
}

/**
 * How tracks are given to a network of the registry unless told otherwise: its encoder, padded to the longest track
 * where it needs one length.
 *
 * Throws {@link ModelError} for a network that takes pictures, and for one that does not exist.
 *
 * @example
 * networkEncoder('wadnet', { dim: 1, length: 999 }); // { kind: 'standardized', dim: 1, length: null }
 */
export function networkEncoder(
  name: string,
  { dim, length, features }: SeenTracks,
): EncoderSpecification {
  const { input } = networkByName(name);
  if (!input) {
    const others = networks.filter((network) => network.input).map((network) => network.name);
    throw new ModelError(
      `model '${name}' takes pictures: expected one that takes tracks, ${others.join(', ')}`,
    );
  }
  const { kind, padded } = input;
  if (kind === 'multiscale') return { kind, dim, length: null };
  const common = { dim, length: padded ? length : null };
  return kind === 'motion'
    ? { kind, ...common, ...(features && { features }) }
    : { kind, ...common };
}
