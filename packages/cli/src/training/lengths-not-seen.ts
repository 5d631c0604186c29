import type { Tracks } from '@diffusion/tracks';
import type { SeenLengths } from '@diffusion/train';
import { InputError } from '../input-error.ts';
import { counted } from '../print.ts';

/** What a model will have seen. */
export interface Seen extends SeenLengths {
  readonly dim: number;
}

/**
 * Tells before a training which tracks its model will not judge, as it will have seen none of their dimension or length:
 * a line where it is some of them, an {@link InputError} with what to do where it is all.
 *
 * @param source what the tracks are of.
 */
export function lengthsNotSeen(
  tracks: Tracks,
  { dim, minLength, maxLength }: Seen,
  source: string,
): string[] {
  const { count } = tracks;
  const seen = `${dim}D tracks of ${minLength} to ${maxLength} points`;
  const another = '`diffusion train --spec` trains a model for others, which `predict` takes';
  if (count === 0) throw new InputError(`${source}: there are no tracks to judge`);
  if (tracks.dim !== dim) {
    throw new InputError(
      `${source}: none of its ${counted(count, 'track')} can be judged: they are ${tracks.dim}D, and the model will have seen ${seen} (${another})`,
    );
  }
  let short = 0;
  let long = 0;
  for (let i = 0; i < count; i++) {
    const length = tracks.lengthOf(i);
    if (length < minLength) short++;
    else if (length > maxLength) long++;
  }
  const none = short + long;
  if (none === 0) return [];
  const which = [
    ...(short > 0 ? [`${short} too short`] : []),
    ...(long > 0 ? [`${long} too long`] : []),
  ].join(', ');
  const advice = [
    ...(long > 0 ? ['cut the long ones with --frames FROM:TO'] : []),
    ...(short > 0 ? ['link the short ones over gaps'] : []),
  ].join(', ');
  if (none === count) {
    throw new InputError(
      `${source}: none of its ${counted(count, 'track')} can be judged (${which}): the model will have seen ${seen}; ${advice} (${another})`,
    );
  }
  return [
    `${none} of ${counted(count, 'track')} will not be judged (${which}): the model will have seen ${seen}; ${advice}`,
    '',
  ];
}
