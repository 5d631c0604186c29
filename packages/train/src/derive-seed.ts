import { keyedRandom } from '@diffusion/random';

/**
 * A seed of its own for another purpose, so that what is trained on, what is validated on and what is tested on are
 * different tracks though a person gave one seed.
 *
 * @example
 * const test = gajowczyk2021({ count: 2000, seed: deriveSeed(1, 2) });
 */
export function deriveSeed(seed: number, purpose: number): number {
  return keyedRandom(seed, purpose, 0x5eed).int32() >>> 0;
}
