import { TrainError } from '../errors.ts';
import { membersOfClasses } from './class-counts.ts';

/**
 * Weights of classes that make all of them count the same: wₖ = N / (K nₖ), the number of all members over that of the classes
 * and of the class's own (scikit-learn calls them balanced).
 *
 * @param codes class of each member of a set.
 * @param classes number of classes.
 *
 * Throws `TrainError` for a class without a member and for a code that is no class.
 *
 * @example
 * balancedWeights([0, 0, 0, 1], 2) // [2/3, 2]
 */
export function balancedWeights(codes: ArrayLike<number>, classes: number): number[] {
  const members = membersOfClasses(codes);
  for (const code of members.keys()) {
    if (code < classes) continue;
    throw new TrainError(`codes has ${code}: expected less than classes, ${classes}`);
  }
  return Array.from({ length: classes }, (_, code) => {
    const own = members.get(code);
    if (!own) throw new TrainError(`class ${code} has no member: expected at least one`);
    return codes.length / (classes * own.length);
  });
}
