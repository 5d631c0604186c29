import { permutation } from '@diffusion/random';
import { PURPOSE } from './track-streams.ts';

/**
 * Class of track i when all classes are to be equally frequent: every block of as many tracks as there are classes
 * has each of them once, in an order keyed by (seed, block). So the numbers differ by at most one in
 * every prefix of the set, and the class does not depend on the size of the set.
 */
export function balancedClass(seed: number, i: number, classes: number): number {
  const place = i % classes;
  return permutation(classes, seed, (i - place) / classes, PURPOSE.order)(place);
}
