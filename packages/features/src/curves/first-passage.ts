import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';

/**
 * First passage times: for every point of a track as origin, the time until the track is first seen farther than
 * `radius` from it; NaN where it never is. The first value is the passage from the start of the track. On a track with
 * gaps it is the time of the first point seen outside.
 *
 * Throws {@link FeaturesError} when the radius is not positive.
 *
 * @example
 * const [fromStart] = firstPassageTimes(tracks.at(0), { radius: 0.5 });
 */
export function firstPassageTimes(
  track: Track | TrackContext,
  options: { readonly radius: number },
): Float64Array {
  checkOptions<typeof options>('firstPassageTimes', options, { radius: true }, FeaturesError);
  const { radius } = options;
  if (!(radius > 0)) throw new FeaturesError(`radius is ${radius}: expected a positive length`);
  const { axes, length, frames, dt } = contextOf(track);
  const limit = radius * radius;
  const times = new Float64Array(length).fill(Number.NaN);
  for (let i = 0; i < length; i++) {
    for (let j = i + 1; j < length; j++) {
      let square = 0;
      for (const axis of axes) square += (axis[j] - axis[i]) ** 2;
      if (square <= limit) continue;
      times[i] = (frames ? frames[j] - frames[i] : j - i) * dt;
      break;
    }
  }
  return times;
}
