import { type MotionOptions, motionEstimates } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';

/** What a track is taken to be where a part of it is made anew: fractional Brownian motion with localisation error. */
export interface TrackLaw {
  /** α, above 0 and below 2. */
  readonly alpha: number;
  /** Generalised D, in squared length per time^α. */
  readonly diffusion: number;
  /** Localisation error along an axis, in the unit of the positions. */
  readonly sigma: number;
}

/** What of `estimateMotion` the laws of tracks are made of. */
export type MeasuredOptions = Pick<MotionOptions, 'exposure' | 'sigma'>;

/**
 * The law of each track by its own estimate, {@link motionEstimates} with an exposure of 0 unless told; undefined for one of
 * which nothing can be said (fewer than 4 points, or it never moves).
 *
 * @example
 * const [{ alpha, diffusion, sigma }] = motionLawsOf(tracks);
 */
export function motionLawsOf(
  tracks: Tracks,
  { exposure = 0, sigma }: MeasuredOptions = {},
): (TrackLaw | undefined)[] {
  return motionEstimates(tracks, { exposure, ...(sigma !== undefined && { sigma }) }).map(lawOf);
}

/** The law that an estimate stands for, undefined where it has none. */
export function lawOf(estimate: {
  readonly alpha: { readonly value: number };
  readonly diffusion: { readonly value: number };
  readonly sigma: { readonly value: number };
}): TrackLaw | undefined {
  const [alpha, diffusion, sigma] = [
    estimate.alpha.value,
    estimate.diffusion.value,
    estimate.sigma.value,
  ];
  return alpha > 0 && diffusion > 0 && sigma >= 0 ? { alpha, diffusion, sigma } : undefined;
}
