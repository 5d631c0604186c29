import { randomInteger } from './integer.ts';
import type { UniformSource } from './source.ts';

/**
 * One of a list, all equally likely.
 *
 * Throws a RangeError for an empty list.
 *
 * @example
 * randomElement(keyedRandom(1), ['fbm', 'ctrw']); // one of the two
 */
export function randomElement<T>(source: UniformSource, list: readonly T[]): T {
  if (list.length === 0) throw new RangeError('list is empty: expected at least one element');
  return list[randomInteger(source, 0, list.length - 1)];
}
