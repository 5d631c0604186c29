import type { EncoderSpecification } from './specification.ts';

/**
 * How the numbers of a track lie: `points`, a row of channels per point; `vector`, a row per coordinate of every point,
 * points × dim of them; `picture`, a row of dim columns per point, each with the channels.
 */
export type RowLayout = 'points' | 'vector' | 'picture';

/** What of an encoder decides the shape of its rows. */
export interface RowEncoder {
  readonly specification: Pick<EncoderSpecification, 'dim' | 'length'>;
  readonly channels: number;
  readonly layout?: RowLayout;
}

/**
 * The shape of what an encoder writes of a track, without the batch; null where that depends on the track.
 *
 * @example
 * rowShape(encoder({ kind: 'flattened', dim: 2, length: 600 })); // [1200, 1]
 */
export function rowShape({
  specification: { length, dim },
  channels,
  layout = 'points',
}: RowEncoder): readonly (number | null)[] {
  if (layout === 'picture') return [length, dim, channels];
  if (layout === 'vector') return [length === null ? null : length * dim, channels];
  return [length, channels];
}

/** The axes of {@link rowShape} in words. */
export const axesOf = ({ layout = 'points' }: Pick<RowEncoder, 'layout'>): string =>
  ({
    points: 'points × channels',
    vector: 'numbers × channels',
    picture: 'points × coordinates × channels',
  })[layout];
