import { permutation } from '@diffusion/random';
import { largestCount, membersOfClasses } from './class-counts.ts';

/**
 * Places of an epoch in which every class is as frequent as the largest one (oversampling): each member of a class as often as
 * its number goes into that of the largest, and some, drawn anew in every epoch, once more. In the order of the classes.
 * Whatever has classes can be so balanced: tracks, images, rows of features.
 *
 * @param codes class of each member of a set.
 * @param epoch from 0.
 *
 * Throws `TrainError` for a set without members and for a code that is no integer of at least 0, a RangeError for a seed that
 * is none.
 *
 * @example
 * oversampled([0, 0, 0, 1, 1], 42, 0) // Uint32Array [0, 1, 2, 3, 4, 3] or […, 4]
 */
export function oversampled(codes: ArrayLike<number>, seed: number, epoch: number): Uint32Array {
  const members = membersOfClasses(codes);
  const most = largestCount(members);
  const places = new Uint32Array(members.size * most);
  let at = 0;
  for (const [code, own] of members) {
    const whole = own.length * Math.floor(most / own.length);
    for (let i = 0; i < whole; i++) places[at++] = own[i % own.length];
    const drawn = permutation(own.length, seed, 'balance', epoch, code);
    for (let i = 0; i < most - whole; i++) places[at++] = own[drawn(i)];
  }
  return places;
}
