import type { Dim } from '@diffusion/tracks';
import { checkOptions } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';

/** A source of standard normals, such as `keyedRandom(seed)` of `@diffusion/random`. */
export interface NormalSource {
  normal(): number;
}

/** Options of {@link simulateMaxTestQuantiles}. */
export interface QuantileOptions {
  /** Points of a track, at least 2. */
  readonly points: number;
  readonly dim: Dim;
  /** Probabilities of the quantiles wanted, each in (0, 1). */
  readonly probabilities: readonly number[];
  /** Brownian tracks to simulate. The standard error of the quantile at p is √(p(1 − p)/paths)/density. */
  readonly paths: number;
}

/**
 * Quantiles of T_n, the statistic of the MAX test (the feature `standardizedMaxDistance`), over simulated Brownian tracks: what the
 * table of {@link maxTestQuantile} was made with.
 *
 * Throws {@link FeaturesError} when an option is out of range.
 *
 * @example
 * const [low, high] = simulateMaxTestQuantiles(
 *   { points: 30, dim: 2, probabilities: [0.025, 0.975], paths: 100_000 }, keyedRandom(1),
 * );
 */
export function simulateMaxTestQuantiles(options: QuantileOptions, random: NormalSource): number[] {
  checkOptions<QuantileOptions>(
    'simulateMaxTestQuantiles',
    options,
    { points: true, dim: true, probabilities: true, paths: true },
    FeaturesError,
  );
  const { points, dim, probabilities, paths } = options;
  if (!(Number.isInteger(points) && points >= 2)) {
    throw new FeaturesError(`points is ${points}: expected an integer of at least 2`);
  }
  if (!(Number.isInteger(paths) && paths >= 1)) {
    throw new FeaturesError(`paths is ${paths}: expected an integer of at least 1`);
  }
  for (const p of probabilities) {
    if (!(p > 0 && p < 1))
      throw new FeaturesError(`probability ${p}: expected one between 0 and 1`);
  }
  const statistics = new Float64Array(paths);
  for (let path = 0; path < paths; path++) {
    let [x, y, z] = [0, 0, 0];
    let squares = 0;
    let farthest = 0;
    for (let i = 1; i < points; i++) {
      const dx = random.normal();
      const dy = dim > 1 ? random.normal() : 0;
      const dz = dim > 2 ? random.normal() : 0;
      x += dx;
      y += dy;
      z += dz;
      squares += dx * dx + dy * dy + dz * dz;
      const distance = x * x + y * y + z * z;
      if (distance > farthest) farthest = distance;
    }
    statistics[path] = Math.sqrt((farthest * dim) / squares);
  }
  statistics.sort();
  return probabilities.map((p) => {
    const place = p * (paths - 1);
    const below = Math.floor(place);
    const above = Math.min(paths - 1, below + 1);
    return statistics[below] + (place - below) * (statistics[above] - statistics[below]);
  });
}
