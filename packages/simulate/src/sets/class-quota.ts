import { permutation } from '@diffusion/random';
import { PURPOSE } from './track-streams.ts';

/**
 * How many of `count` tracks each class gets: its share, rounded by the largest remainder, so that together they
 * are exactly `count`.
 */
export function classQuotas(count: number, shares: readonly number[]): number[] {
  const total = shares.reduce((sum, share) => sum + share, 0);
  const exact = shares.map((share) => (count * share) / total);
  const quotas = exact.map(Math.floor);
  const missing = count - quotas.reduce((sum, quota) => sum + quota, 0);
  const byRemainder = exact
    .map((value, k) => ({ k, remainder: value - quotas[k] }))
    .sort((a, b) => b.remainder - a.remainder || a.k - b.k);
  for (let j = 0; j < missing; j++) quotas[byRemainder[j].k]++;
  return quotas;
}

/** The class of track i: a keyed permutation of the tracks over the quotas. */
export function quotaClass(seed: number, quotas: readonly number[]): (i: number) => number {
  if (quotas.length === 1) return () => 0;
  const count = quotas.reduce((sum, quota) => sum + quota, 0);
  const place = permutation(Math.max(1, count), seed, PURPOSE.order);
  return (i) => {
    let rest = place(i);
    let k = 0;
    while (rest >= quotas[k]) rest -= quotas[k++];
    return k;
  };
}
