import type { UniformSource } from './source.ts';

/**
 * Uniform on [least, most): mean (least + most)/2, variance (most − least)²/12.
 *
 * @example
 * randomUniform(keyedRandom(1), -1, 1); // a number from −1 to 1
 */
export function randomUniform(source: UniformSource, least: number, most: number): number {
  return least + (most - least) * source.uniform();
}
