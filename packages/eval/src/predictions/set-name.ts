/** What stands between the classes of a set. */
export const BETWEEN = '|';

/**
 * The set of track i as a file has it: the names of its classes, in their order, with | between them; '' for a track without
 * a set.
 *
 * @param sets count × classes, 1 for each class that belongs to the set of a track.
 */
export const setName = (sets: ArrayLike<number>, i: number, classes: readonly string[]): string =>
  classes.filter((_, k) => sets[i * classes.length + k]).join(BETWEEN);
