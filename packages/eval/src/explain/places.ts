import type { ChannelOrigin, Encoder } from '@diffusion/models';

/**
 * The point of a track at each place along the first axis of what an encoder writes of it, −1 for padding.
 *
 * @param places how many there are.
 * @param points of the track.
 */
export function pointsOf(encoder: Encoder, places: number, points: number): Int32Array {
  const { specification, layout = 'points' } = encoder;
  const { dim } = specification;
  const own = (point: number) => (point < points ? point : -1);
  if (layout !== 'vector') return Int32Array.from({ length: places }, (_, i) => own(i));
  const column = places / dim;
  const byColumn = specification.options?.order === 'coordinates';
  return Int32Array.from({ length: places }, (_, i) =>
    own(byColumn ? i % column : Math.floor(i / dim)),
  );
}

/** What the channels of an encoder are of; each of its own point where the encoder does not tell. */
export const originsOf = ({ origins, channels }: Encoder): readonly ChannelOrigin[] =>
  origins ??
  Array.from({ length: channels }, (_, k) => ({
    name: `channel ${k + 1}`,
    of: 'positions' as const,
    points: [0],
  }));
