import { nodeOs } from './node-threads.ts';

/**
 * Cores that this process or page may use; 1 where nobody says.
 *
 * @example
 * const workers = Math.max(1, availableCores() - 1);
 */
export function availableCores(): number {
  return nodeOs()?.availableParallelism() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
}
