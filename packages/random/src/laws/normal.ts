import { ln } from '../pinned/ln.ts';
import { cosTurns } from '../pinned/turns.ts';
import type { UniformSource } from './source.ts';

/**
 * Normal, of a mean and a standard deviation. From uniforms alone by Box & Muller (1958).
 *
 * @example
 * randomNormal(keyedRandom(1), 5, 0.1); // within 0.1 of 5 in two of three draws
 */
export function randomNormal(source: UniformSource, mean = 0, deviation = 1): number {
  return mean + deviation * (source.normal ? source.normal() : fromUniforms(source));
}

function fromUniforms(source: UniformSource): number {
  // 1 − U is never 0.
  const radius = Math.sqrt(-2 * ln(1 - source.uniform()));
  return radius * cosTurns(source.uniform());
}
