import type { Track } from '@diffusion/tracks';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { turning } from '../increments/turning-angles.ts';

/**
 * Angles between consecutive steps of one track, in radians from 0 (straight on) to π (back). Pairs with a step of zero
 * length, and pairs across a gap, are left out.
 *
 * Throws {@link FeaturesError} in 1D, where there is no angle.
 *
 * @example
 * const angles = turningAngles(tracks.at(0));
 */
export function turningAngles(track: Track | TrackContext): Float64Array {
  const context = contextOf(track);
  if (context.dim === 1) throw new FeaturesError('dim is 1: expected 2 or 3 for turning angles');
  return turning(context).angles.slice();
}
