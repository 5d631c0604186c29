import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { startsOf } from '../estimators/lag-covariance.ts';
import { checkLags } from './time-averaged-msd.ts';

/**
 * Displacements of one track over exactly k frames, interleaved: Δx₀ Δy₀ Δx₁ Δy₁ …; none where a frame is missing.
 *
 * @example
 * const steps = displacements(tracks.at(0), { lag: 1 });
 */
export function displacements(
  track: Track | TrackContext,
  options: { readonly lag?: number } = {},
): Float64Array {
  checkOptions<typeof options>('displacements', options, { lag: true }, FeaturesError);
  const { lag = 1 } = options;
  const context = contextOf(track);
  const { axes, dim, length, frames } = context;
  checkLags(lag);
  if (!frames) {
    const out = new Float64Array(Math.max(0, length - lag) * dim);
    for (let i = 0; i + lag < length; i++) {
      for (let a = 0; a < dim; a++) out[i * dim + a] = axes[a][i + lag] - axes[a][i];
    }
    return out;
  }
  const [starts] = startsOf(context, frames, [lag]);
  const place = new Map(Array.from(frames, (frame, i) => [frame, i]));
  const out = new Float64Array(starts.length * dim);
  starts.forEach((frame, s) => {
    const i = place.get(frame)!;
    const j = place.get(frame + lag)!;
    for (let a = 0; a < dim; a++) out[s * dim + a] = axes[a][j] - axes[a][i];
  });
  return out;
}
