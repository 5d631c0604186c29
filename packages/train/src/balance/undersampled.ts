import { permutation } from '@diffusion/random';
import { checkNumber } from '../check-number.ts';
import { TrainError } from '../errors.ts';
import { largestCount, membersOfClasses } from './class-counts.ts';

/**
 * Places of an epoch of which some are left out, drawn anew in every epoch (undersampling): of each class as many as the
 * rarest one has; or, with a share, all but that share of the largest class (20 % in source C). In the order of the set.
 *
 * @param codes class of each member of a set.
 * @param epoch from 0.
 * @param share of the largest class, or of each of several that are the largest; below 1.
 *
 * Throws `TrainError` for a set without members, for a code that is no integer of at least 0 and for a wrong share, a RangeError
 * for a seed that is none.
 *
 * @example
 * undersampled([0, 0, 0, 1, 1], 42, 0) // Uint32Array [0, 1, 3, 4], [0, 2, 3, 4] or [1, 2, 3, 4]
 */
export function undersampled(
  codes: ArrayLike<number>,
  seed: number,
  epoch: number,
  share?: number,
): Uint32Array {
  checkShare('share', share);
  const members = membersOfClasses(codes);
  const most = largestCount(members);
  const fewest = [...members.values()].reduce((n, { length }) => Math.min(n, length), most);
  const places = [...members].flatMap(([code, own]) => {
    let kept = fewest;
    if (share !== undefined) {
      kept = own.length === most ? Math.max(1, own.length - Math.round(share * most)) : own.length;
    }
    const drawn = permutation(own.length, seed, 'balance', epoch, code);
    return Array.from({ length: kept }, (_, i) => own[drawn(i)]);
  });
  return Uint32Array.from(places).sort();
}

/** Throws {@link TrainError} for a share of a class that cannot be left out. */
export const checkShare = (name: string, share: number | undefined): void =>
  checkNumber(name, share, (value) => value > 0 && value < 1, '0 < share < 1');
