import { keyedRandom } from '../keyed.ts';
import type { UniformSource } from './source.ts';

/** The built-in generator, and one that has uniform numbers alone. */
export const sources: readonly (readonly [string, (seed: number) => UniformSource])[] = [
  ['the generator', (seed) => keyedRandom(seed)],
  [
    'any uniform source',
    (seed) => {
      const random = keyedRandom(seed, 'own:plain');
      return { uniform: () => random.uniform() };
    },
  ],
];

/**
 * Mean and variance of a sample, as numbers of standard errors from what they should be; the error of the variance
 * follows from the sample's own fourth moment.
 */
export function standardErrors(
  sample: Float64Array,
  { mean, variance }: { mean: number; variance: number },
): [mean: number, variance: number] {
  const n = sample.length;
  let [average, square, fourth] = [0, 0, 0];
  for (const x of sample) average += x / n;
  for (const x of sample) {
    square += (x - average) ** 2 / n;
    fourth += (x - average) ** 4 / n;
  }
  return [
    (average - mean) / Math.sqrt(variance / n),
    (square - variance) / Math.sqrt((fourth - square ** 2) / n),
  ];
}
