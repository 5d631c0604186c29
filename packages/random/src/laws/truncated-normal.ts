import { randomNormal } from './normal.ts';
import type { UniformSource } from './source.ts';

/** Draws after which a range is taken to be out of reach: one within it has a probability below 10⁻³. */
const ATTEMPTS = 10_000;

/**
 * Normal, drawn again until it is from least to most: mean and deviation are those of the whole normal.
 *
 * Throws a RangeError where the range is so far out that 10,000 draws miss it.
 *
 * @example
 * randomTruncatedNormal(keyedRandom(1), 1, 0.3, 0, 2); // an exponent of 1 ± 0.3, never out of its range
 */
export function randomTruncatedNormal(
  source: UniformSource,
  mean: number,
  deviation: number,
  least: number,
  most: number,
): number {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const x = randomNormal(source, mean, deviation);
    if (x >= least && x <= most) return x;
  }
  throw new RangeError(
    `mean is ${mean}, deviation ${deviation}: expected a mean not far outside ${least} to ${most}`,
  );
}
