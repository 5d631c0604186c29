import { fitSvm } from '@diffusion/models/classical';
import { deriveSeed, permutation } from '@diffusion/random';

/** One fold of the support vector machine on features of images; `benchmarks/images` times the same. */

/** The fold of each image, from 0. Stratified: the members of each class in an order of its own, to one fold after the other. */
export function foldOfImages(
  codes: ArrayLike<number>,
  classes: number,
  folds: number,
  seed: number,
): Int32Array {
  const foldOf = new Int32Array(codes.length);
  const places = [...foldOf.keys()];
  for (let k = 0; k < classes; k++) {
    const own = places.filter((i) => codes[i] === k);
    const order = permutation(own.length, seed, 'folds', k);
    own.forEach((i, place) => {
      foldOf[i] = order(place) % folds;
    });
  }
  return foldOf;
}

/** The machine that learns from the rows of all other folds, classes weighed by N / (K nₖ). */
export function svmOfFold(
  rows: readonly ArrayLike<number>[],
  codes: ArrayLike<number>,
  classes: number,
  foldOf: Int32Array,
  fold: number,
  seed: number,
) {
  const training = [...foldOf.keys()].filter((i) => foldOf[i] !== fold);
  return fitSvm(
    training.map((i) => rows[i]),
    training.map((i) => codes[i]),
    { classWeights: 'balanced', classes, seed: deriveSeed(seed, 'fold', fold + 1) },
  );
}
