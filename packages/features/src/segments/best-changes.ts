import { type StepLaw, stepDensities } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** A run of steps under one law. */
export interface Piece {
  readonly from: number;
  /** The step after the last one. */
  readonly to: number;
  /** Place of its law in the list. */
  readonly law: number;
}

/** Fewest points of a segment. */
export const SHORTEST = 3;

/**
 * The most likely pieces of a track whose law changes among a list, each change costing a penalty: dynamic programming over the
 * law and the number of steps since the change, exact for these laws. A piece has at least three points. Every change begins
 * a new motion: its first step is predicted from none.
 *
 * Source: the recursion of optimal partitioning, B. Jackson et al., IEEE Signal Process. Lett. 12 (2005) 105, with the cost
 * of a segment carried along by law, so that the work grows with the number of steps alone.
 */
export function bestChanges(
  steps: TrackSteps,
  laws: readonly StepLaw[],
  penalty: number,
): readonly Piece[] {
  const { count } = steps;
  const order = laws[0].order;
  const width = order + 1;
  const tables = laws.map((law) => {
    const table = new Float64Array(count * width);
    stepDensities(steps, law, table);
    return table;
  });
  // By law and age: the score of the best history that ends so, and the first step of its last piece. Age counts the steps of
  // the piece before this one, as far as predictions look back.
  const score = new Float64Array(laws.length * width).fill(Number.NEGATIVE_INFINITY);
  const begun = new Int32Array(laws.length * width);
  const least = Math.min(SHORTEST - 1, order);
  // What stands before step t: the best score, and the piece that ends there.
  const lawBefore = new Int32Array(count + 1);
  const begunBefore = new Int32Array(count + 1);
  for (let t = 0; t < count; t++) {
    let before = t === 0 ? 0 : Number.NEGATIVE_INFINITY;
    if (t > 0) {
      const found = bestOf(score, width, least);
      if (found >= 0) {
        before = score[found] - penalty;
        lawBefore[t] = Math.floor(found / width);
        begunBefore[t] = begun[found];
      }
    }
    for (let law = 0; law < laws.length; law++) {
      const row = law * width;
      const table = tables[law];
      const at = t * width;
      const last = row + order;
      const older = order > 0 && score[last - 1] > score[last] ? last - 1 : last;
      if (order > 0) {
        score[last] = score[older] + table[at + order];
        begun[last] = begun[older];
        for (let r = order - 1; r > 0; r--) {
          score[row + r] = score[row + r - 1] + table[at + r];
          begun[row + r] = begun[row + r - 1];
        }
      }
      score[row] = before + table[at];
      begun[row] = t;
    }
  }
  // The last point of a track has no step of its own.
  const end = bestOf(score, width, count >= SHORTEST ? least - 1 : 0);
  const pieces: Piece[] = [{ from: begun[end], to: count, law: Math.floor(end / width) }];
  for (let from = pieces[0].from; from > 0; from = pieces[0].from) {
    pieces.unshift({ from: begunBefore[from], to: from, law: lawBefore[from] });
  }
  return pieces;
}

/** Where the best score of at least so old an age is; −1 where there is none. */
function bestOf(score: Float64Array, width: number, least: number): number {
  let found = -1;
  for (let row = 0; row < score.length; row += width) {
    for (let at = row + least; at < row + width; at++) {
      if (score[at] > (found < 0 ? Number.NEGATIVE_INFINITY : score[found])) found = at;
    }
  }
  return found;
}
