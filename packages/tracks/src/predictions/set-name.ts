/** What stands between the classes of a set where it is written. */
export const SET_SEPARATOR = '|';

/**
 * The set of track i as a text: the names of its classes, in their order, with | between them; '' for a track without a set.
 *
 * @param sets count × classes, 1 for each class that belongs to the set of a track, as a prediction has them.
 *
 * @example
 * setName([1, 0, 1, 0, 1, 0], 0, ['ND', 'CD', 'FBM']) // 'ND|FBM'
 */
export const setName = (sets: ArrayLike<number>, i: number, classes: readonly string[]): string =>
  classes.filter((_, k) => sets[i * classes.length + k]).join(SET_SEPARATOR);
