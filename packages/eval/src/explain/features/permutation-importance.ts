import { keyedRandom } from '@diffusion/random';
import { EvaluationError } from '../../errors.ts';

/** What {@link permutationImportance} asks of whatever sees rows of features. */
export interface RowJudge {
  /** Rows × classes: a probability per class of every row. */
  probabilities(rows: readonly ArrayLike<number>[]): ArrayLike<number> | Promise<ArrayLike<number>>;
  readonly classes: number;
}

/** Options of {@link permutationImportance}. */
export interface PermutationOptions {
  /** Permutations of each feature; 5 unless told. */
  readonly repeats?: number;
  /** Any safe integer; 1 unless told. */
  readonly seed?: number;
  /** Told of how many features the answer is known. */
  readonly onProgress?: (done: number) => void;
}

/** What the answers lose where one feature is exchanged between the tracks. */
export interface FeatureImportance {
  /** Place among the columns. */
  readonly column: number;
  /** How much the mean log-probability of the classes falls. */
  readonly loss: number;
  /** Its standard deviation over the permutations. */
  readonly deviation: number;
  /** Share of the rows whose most probable class becomes another. */
  readonly changed: number;
}

/** Of a probability below this the logarithm tells no more: a forest says 0. */
const LEAST = 1e-4;

/**
 * Permutation importance of features (Breiman 2001, sec. 10; Fisher, Rudin & Dominici 2019): the values of one column are exchanged
 * between the rows, and what the model then says of the class of each row is compared with what it said before. It asks a
 * model for answers only: forests, gradient boosting, support vector machines and the features beside a network alike. Of two
 * features that tell the same each looks unimportant.
 *
 * Throws {@link EvaluationError} when rows and codes do not fit each other or an option is out of its range.
 *
 * @param codes class of each row: the true one or, where that is not known, the model's own; −1 for a row that does not count.
 *
 * @example
 * const importance = await permutationImportance(rowJudgeOf(forest), rows, codes);
 */
export async function permutationImportance(
  judge: RowJudge,
  rows: readonly ArrayLike<number>[],
  codes: ArrayLike<number>,
  { repeats = 5, seed = 1, onProgress }: PermutationOptions = {},
): Promise<FeatureImportance[]> {
  if (codes.length !== rows.length) {
    throw new EvaluationError(
      `codes has ${codes.length} rows: expected one per row, ${rows.length}`,
    );
  }
  if (!(Number.isInteger(repeats) && repeats >= 1)) {
    throw new EvaluationError(`repeats is ${repeats}: expected an integer of at least 1`);
  }
  const places = [...rows.keys()].filter((i) => codes[i] >= 0);
  const used = places.map((i) => rows[i]);
  const own = places.map((i) => codes[i]);
  if (used.length < 2) {
    throw new EvaluationError(
      `there ${used.length === 1 ? 'is 1 row' : 'are no rows'} with a class: expected at least two`,
    );
  }
  const { classes } = judge;
  // All rows are judged, whatever is scored: a judge may know them by their places.
  const judged = async (given: readonly ArrayLike<number>[]) => {
    const all = rows.slice();
    for (const [k, i] of places.entries()) all[i] = given[k];
    const found = await judge.probabilities(all);
    return places.flatMap((i) => Array.from({ length: classes }, (_, c) => found[i * classes + c]));
  };
  const before = scoreOf(await judged(used), own, classes);
  const found: FeatureImportance[] = [];
  for (let column = 0; column < rows[0].length; column++) {
    const losses: number[] = [];
    let changed = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      const random = keyedRandom(seed, 'occlusion', 3, column, repeat);
      const order = Uint32Array.from(used, (_, i) => i);
      for (let i = order.length - 1; i > 0; i--) {
        const j = random.integerBelow(i + 1);
        [order[i], order[j]] = [order[j], order[i]];
      }
      const exchanged = used.map((row, i) => {
        const copy = Float64Array.from(row);
        copy[column] = used[order[i]][column];
        return copy;
      });
      const after = scoreOf(await judged(exchanged), own, classes);
      losses.push(before.mean - after.mean);
      changed += after.best.filter((code, i) => code !== before.best[i]).length;
    }
    const loss = losses.reduce((sum, x) => sum + x, 0) / repeats;
    const squares = losses.reduce((sum, x) => sum + (x - loss) ** 2, 0);
    found.push({
      column,
      loss,
      deviation: repeats > 1 ? Math.sqrt(squares / (repeats - 1)) : Number.NaN,
      changed: changed / (repeats * used.length),
    });
    onProgress?.(column + 1);
  }
  return found;
}

/** Mean log-probability of the classes of rows, and the most probable class of each. */
function scoreOf(probabilities: ArrayLike<number>, codes: readonly number[], classes: number) {
  let sum = 0;
  const best = codes.map((code, i) => {
    sum += Math.log(Math.max(LEAST, probabilities[i * classes + code]));
    let most = 0;
    for (let c = 1; c < classes; c++) {
      if (probabilities[i * classes + c] > probabilities[i * classes + most]) most = c;
    }
    return most;
  });
  return { mean: sum / codes.length, best };
}
