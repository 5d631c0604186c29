import type { Tracks } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import { displacements } from './displacements.ts';

/** Options of {@link vanHove}. */
export interface VanHoveOptions {
  /** Frames that a displacement spans; default 1. */
  readonly lag?: number;
  /** Number of bins; default 64. */
  readonly bins?: number;
  /** The bins cover −range … range, in length; default the largest component, so that all are inside. */
  readonly range?: number;
}

/** Self part of the van Hove distribution. */
export interface VanHove {
  /** bins + 1 edges, in length. */
  readonly edges: Float64Array;
  /** Density per length; its integral over the bins is the share of the components inside them. */
  readonly density: Float64Array;
  readonly counts: Float64Array;
  /** Number of components, inside the bins or not: displacements × dim. */
  readonly total: number;
}

/**
 * Distribution of the components of the displacements over `lag` frames, of all tracks and axes together (self part of
 * the van Hove function): Gaussian for Brownian motion.
 *
 * Throws {@link FeaturesError} when bins or range are not positive.
 *
 * @example
 * const { edges, density } = vanHove(tracks, { lag: 5, bins: 40 });
 */
export function vanHove(tracks: Tracks, options: VanHoveOptions = {}): VanHove {
  checkOptions<VanHoveOptions>(
    'vanHove',
    options,
    { lag: true, bins: true, range: true },
    FeaturesError,
  );
  const { lag = 1, bins = 64 } = options;
  if (!(Number.isInteger(bins) && bins > 0)) {
    throw new FeaturesError(`bins is ${bins}: expected a positive integer`);
  }
  if (options.range !== undefined && !(options.range > 0)) {
    throw new FeaturesError(`range is ${options.range}: expected a positive length`);
  }
  const all = Array.from(tracks, (track) => displacements(track, { lag }));
  let largest = 0;
  let total = 0;
  for (const components of all) {
    total += components.length;
    for (const x of components) largest = Math.max(largest, Math.abs(x));
  }
  const range = options.range ?? (largest || 1);
  const width = (2 * range) / bins;
  const counts = new Float64Array(bins);
  for (const components of all) {
    for (const x of components) {
      if (Math.abs(x) > range) continue;
      counts[Math.min(bins - 1, Math.floor((x + range) / width))]++;
    }
  }
  return {
    edges: Float64Array.from({ length: bins + 1 }, (_, i) => -range + i * width),
    density: counts.map((count) => count / (total * width)),
    counts,
    total,
  };
}
