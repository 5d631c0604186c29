import type { TrackModel } from '@diffusion/models';
import type { Tracks } from '@diffusion/tracks';
import { type ExpectOptions, SIMULATED, simulateLike } from './simulate-like.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';

/**
 * Tracks like those of a file, simulated and judged by the same model: what `expectOn` tells all the rest from, in half the
 * time. Throws what that throws.
 *
 * @example
 * const shares = classShares(judgedRows(tracks, await model.predict(tracks)), await outcomesOn(tracks, model));
 */
export async function outcomesOn(
  tracks: Tracks,
  model: TrackModel,
  options: ExpectOptions = {},
): Promise<SimulatedOutcomes> {
  const { onProgress } = options;
  const { outcomes } = await simulateLike('outcomesOn', tracks, model, {
    ...options,
    ...(onProgress && { onProgress: (share) => onProgress(share / SIMULATED) }),
  });
  return outcomes;
}
