import { TrainError } from '../errors.ts';

/** The places of each class's members among all, in their order, by code; codes are whole numbers from 0. */
export function membersOfClasses(codes: ArrayLike<number>): Map<number, number[]> {
  const members = new Map<number, number[]>();
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i];
    if (!(Number.isSafeInteger(code) && code >= 0)) {
      throw new TrainError(`codes[${i}] is ${code}: expected an integer of at least 0`);
    }
    const known = members.get(code);
    if (known) known.push(i);
    else members.set(code, [i]);
  }
  if (members.size === 0) throw new TrainError('codes is empty: expected a class or more');
  return new Map([...members].sort(([a], [b]) => a - b));
}

/** The number of members of the largest class. */
export const largestCount = (members: ReadonlyMap<number, readonly number[]>): number =>
  [...members.values()].reduce((most, { length }) => Math.max(most, length), 0);
