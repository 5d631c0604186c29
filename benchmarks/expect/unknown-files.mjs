import { deriveSeed, keyedRandom, randomIndex, randomLogUniform } from '@diffusion/random';
import { motion, motionPrior } from '@diffusion/simulate';

/**
 * A simulated file of which nothing is known: so many tracks, so long, of shares of the classes that are drawn anew (any shares alike),
 * an error and a spread of Q of its own, some with gaps, drift, a known exposure.
 */
export function unknownFile(seed, i) {
  const random = keyedRandom(seed, 'own:unknown', i);
  const labels = [...new Set(motionPrior.laws.map(({ label }) => label))];
  const shares = new Map(labels.map((label) => [label, -Math.log(1 - random.uniform())]));
  const laws = motionPrior.laws.map((law) => ({
    ...law,
    share: law.share * shares.get(law.label),
  }));
  const count = Math.round(randomLogUniform(random, 30, 1000));
  const shortest = Math.round(randomLogUniform(random, 5, 100));
  const longest = Math.round(shortest * randomLogUniform(random, 1, 10));
  // Q within one and a half decades anywhere of the prior's two and a half.
  const q = randomLogUniform(random, 0.1, 1);
  const gaps = randomIndex(random, [2, 1]) === 0 ? 0 : { min: 0, max: 0.25 };
  return motion({
    ...{ dim: 2, count, seed: deriveSeed(seed, 'own:unknown', i) },
    prior: { ...motionPrior, laws },
    length: { min: shortest, max: longest },
    ranges: { q: { min: q, max: 30 * q }, gaps, pixel: 0, search: 'infinity' },
  }).generate();
}
