import { exp } from '../pinned/exp.ts';
import { randomExponential } from './exponential.ts';
import type { UniformSource } from './source.ts';

/**
 * Pareto's law, P(X > x) = (least/x)^exponent from `least` on: the waiting times of a continuous-time random walk and
 * the flights of a Lévy walk. The mean is infinite for exponents up to 1, the variance for exponents up to 2.
 *
 * @example
 * randomPareto(keyedRandom(1), 0.7); // a waiting time of at least 1 of a walk with α = 0.7
 */
export function randomPareto(source: UniformSource, exponent: number, least = 1): number {
  // (1 − U)^(−1/exponent), and −ln(1 − U) is exponential.
  return least * exp(randomExponential(source) * (1 / exponent));
}
