import { keyedRandom } from '@diffusion/random';
import { PURPOSE } from '../sets/track-streams.ts';
import { addDrift } from './drift.ts';
import { limitFocus } from './focus.ts';
import type { Measurement } from './measurement.ts';
import { addNoise, addVaryingNoise, drawSigma } from './noise.ts';
import { quantize } from './quantize.ts';
import { cutLinks } from './search-radius.ts';
import { blink, limitField, missFrames } from './visibility.ts';

/** What {@link observe} has to know of a track beside its places. */
export interface Observed {
  /** Key of the random numbers, with `track`. */
  readonly seed: number;
  readonly track: number;
  readonly dim: number;
  /** Time between frames. */
  readonly dt: number;
  /** What Q compares the localisation error with; NaN where there is no such number. */
  readonly qSignal: number;
  /** Frame of every place; 0, 1, 2, … unless told. */
  readonly frames?: Int32Array;
}

/**
 * Everything that a microscope does to a track but for motion blur, in this order: drift, field of view, focus, missed frames,
 * blinking, localisation error, pixels, links. Moves the places, marks those that are not seen in `piece` (see {@link
 * limitField}), and writes σ of each coordinate to `sigma` where there is noise.
 */
export function observe(
  { noise, drift, field, focus, missed, blinking, pixel, search }: Measurement,
  { seed, track, dim, dt, qSignal, frames }: Observed,
  positions: Float64Array,
  points: number,
  piece: Int32Array,
  sigma: Float64Array,
): void {
  if (drift) addDrift(positions, points, dim, drift, dt, frames);
  if (field) limitField(keyedRandom(seed, track, PURPOSE.field), positions, piece, dim, field.size);
  if (focus) limitFocus(keyedRandom(seed, track, 'focus'), positions, piece, dim, focus);
  if (missed > 0) missFrames(keyedRandom(seed, track, PURPOSE.missed), piece, missed);
  if (blinking) {
    const { meanOn, meanOff } = blinking;
    blink(keyedRandom(seed, track, PURPOSE.blinking), piece, meanOn, meanOff, frames);
  }
  if (noise) {
    const levels = keyedRandom(seed, track, PURPOSE.noise);
    drawSigma(noise, levels, positions, points, dim, qSignal, sigma);
    const variation = noise.variation?.draw(levels) ?? 0;
    if (variation === 0) addNoise(levels, positions, points, dim, sigma);
    else addVaryingNoise(levels, positions, points, dim, sigma, variation);
  }
  if (pixel !== undefined) quantize(positions, points * dim, pixel);
  if (search) cutLinks(positions, piece, dim, search.radius);
}
