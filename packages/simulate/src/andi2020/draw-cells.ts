import { keyedRandom, permutation } from '@diffusion/random';
import { PURPOSE } from '../sets/track-streams.ts';
import { type Cell, cellAt, type Group, groupsByAlpha, groupsByModel, wholePool } from './pool.ts';

/**
 * Model and exponent of track i of task 1 or 2: every group of the pool is shuffled and cut to its quota,
 * what is left is shuffled, and the first `count` are the set. The shuffles are keyed permutations, so one
 * track costs the same for every i and count.
 */
export function cellOfTrack(task: 1 | 2, count: number, seed: number): (i: number) => Cell {
  const groups = task === 1 ? groupsByAlpha(count) : groupsByModel(count);
  const kept = groups.reduce((sum, group) => sum + group.kept, 0);
  const place = permutation(Math.max(1, kept), seed, PURPOSE.order, task);
  const within = groups.map((group, k) =>
    permutation(Math.max(1, group.total), seed, PURPOSE.order, task, k),
  );
  return (i) => {
    let rest = place(i);
    let k = 0;
    while (rest >= groups[k].kept) rest -= groups[k++].kept;
    return cellAt(groups[k], within[k](rest));
  };
}

/**
 * The two cells of track i of task 3: two independent shuffles of one pool side by side; a pair with the same model
 * and the same exponent is drawn again.
 */
export function cellsOfPair(count: number, seed: number): (i: number) => readonly [Cell, Cell] {
  const pool: Group = wholePool(count);
  const size = Math.max(1, pool.total);
  const first = permutation(size, seed, PURPOSE.order, 0);
  const second = permutation(size, seed, PURPOSE.order, 1);
  return (i) => {
    let a = cellAt(pool, first(i));
    let b = cellAt(pool, second(i));
    if (a !== b) return [a, b];
    const random = keyedRandom(seed, i, PURPOSE.order);
    while (a === b) {
      a = cellAt(pool, random.integerBelow(size));
      b = cellAt(pool, random.integerBelow(size));
    }
    return [a, b];
  };
}
