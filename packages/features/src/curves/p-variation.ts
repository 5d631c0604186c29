import type { Track } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { largestBlock } from '../increments/p-variations.ts';

/** Options of {@link pVariation}. */
export interface PVariationOptions {
  /** Power p. */
  readonly power: number;
  /** Blocks of 1 … blocks steps; default max(5, ⌊N/100⌋). */
  readonly blocks?: number;
}

/**
 * p-variation of one track: V(m) = Σ_j |x_{(j+1)m} − x_{jm}|^p over whole blocks of m steps from the first point, at
 * index m − 1, m = 1 … blocks. For fractional Brownian motion ln V(m) falls on a line of slope pH − 1 (Magdziarz et al.
 * 2009). NaN for blocks longer than the track.
 *
 * Throws {@link FeaturesError} when the power is not positive and on a track with gaps, whose blocks are not whole.
 *
 * @example
 * const v = pVariation(tracks.at(0), { power: 2, blocks: 10 });
 */
export function pVariation(track: Track | TrackContext, options: PVariationOptions): Float64Array {
  checkOptions<PVariationOptions>(
    'pVariation',
    options,
    { power: true, blocks: true },
    FeaturesError,
  );
  const context = contextOf(track);
  const { power, blocks = largestBlock(context) } = options;
  if (!(power > 0)) throw new FeaturesError(`power is ${power}: expected a positive number`);
  if (!(Number.isInteger(blocks) && blocks > 0)) {
    throw new FeaturesError(`blocks is ${blocks}: expected a positive integer`);
  }
  if (context.frames) {
    throw new FeaturesError(
      `${'index' in track ? `track ${track.index}` : 'the track'} has gaps: expected every frame for a p-variation; split it at the gaps first`,
    );
  }
  const variation = new Float64Array(blocks).fill(Number.NaN);
  for (let m = 1; m <= Math.min(blocks, context.length - 1); m++) {
    let sum = 0;
    for (let i = m; i < context.length; i += m) {
      let square = 0;
      for (const axis of context.axes) square += (axis[i] - axis[i - m]) ** 2;
      sum += square ** (power / 2);
    }
    variation[m - 1] = sum;
  }
  return variation;
}
