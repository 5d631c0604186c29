import { EvaluationError } from '../errors.ts';

/** What a model said of the tracks of a file, a row per track. */
export interface JudgedRows {
  /** The model's classes, in its order. */
  readonly classes: readonly string[];
  /** Rows × classes, as `predict` gives them; of a row that was refused they are not read. */
  readonly probabilities: ArrayLike<number>;
  /** 1 where the model gave an answer, 0 where it refused. */
  readonly judged: ArrayLike<number>;
  /** Points of each track, for the shares per localisation. */
  readonly points?: ArrayLike<number>;
  /**
   * Of the localisations of a particle that moves like this track, the share that is in some track of the file, above 0: the
   * others are lost where it leaves the focus, or jumps further than links go (`keptLocalisations` of `@diffusion/simulate`).
   * NaN where nobody knows. For the shares with what was lost; it takes `points`.
   */
  readonly kept?: ArrayLike<number>;
}

/** What the same model said of simulated tracks like them, a row per track. */
export interface SimulatedRows {
  /** Class that each was made by, as a place among the model's. */
  readonly truth: ArrayLike<number>;
  readonly probabilities: ArrayLike<number>;
  readonly judged: ArrayLike<number>;
  /** Points of each; without them length and class are taken to have nothing to do with each other. */
  readonly length?: ArrayLike<number>;
  /**
   * Where the simulation itself is not sure how the tracks of a class are: other weights of the rows, each list as likely as
   * any. By how much they move the shares is added to what the intervals hold. Without them the tracks of the file are taken to be
   * exactly like the simulated ones of their class.
   */
  readonly alternatives?: readonly ArrayLike<number>[];
}

/** Throws {@link EvaluationError} where columns do not fit the classes. */
export function checkRows(
  name: string,
  rows: Omit<JudgedRows, 'classes'>,
  classes: number,
): number {
  const count = rows.judged.length;
  if (rows.probabilities.length !== count * classes) {
    throw new EvaluationError(
      `${name}.probabilities has ${rows.probabilities.length} numbers: expected ${count} rows of ${classes} classes`,
    );
  }
  if (rows.points && rows.points.length !== count) {
    throw new EvaluationError(
      `${name}.points has ${rows.points.length} numbers: expected one of each of ${count} rows`,
    );
  }
  if (rows.kept && !(rows.points && rows.kept.length === count)) {
    throw new EvaluationError(
      `${name}.kept has ${rows.kept.length} numbers: expected one of each of ${count} rows, and points beside them`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (rows.kept && (rows.kept[i] <= 0 || rows.kept[i] > 1)) {
      throw new EvaluationError(
        `${name}.kept[${i}] is ${rows.kept[i]}: expected above 0, and at most 1, or NaN`,
      );
    }
    if (rows.points && !(rows.points[i] >= 1)) {
      throw new EvaluationError(`${name}.points[${i}] is ${rows.points[i]}: expected at least 1`);
    }
    if (!rows.judged[i]) continue;
    for (let k = 0; k < classes; k++) {
      const p = rows.probabilities[i * classes + k];
      if (p >= 0 && p <= 1) continue;
      throw new EvaluationError(
        `${name}.probabilities of row ${i} has ${p}: expected numbers from 0 to 1, or judged 0`,
      );
    }
  }
  return count;
}

/** Throws {@link EvaluationError} where the columns of simulated rows do not fit. */
export function checkSimulated(rows: SimulatedRows, classes: number): number {
  const { truth, length } = rows;
  const count = checkRows('simulated', { ...rows, points: length }, classes);
  if (truth.length !== count) {
    throw new EvaluationError(
      `simulated.truth has ${truth.length} numbers: expected one of each of ${count} rows`,
    );
  }
  for (const [d, weights] of (rows.alternatives ?? []).entries()) {
    if (weights.length !== count) {
      throw new EvaluationError(
        `simulated.alternatives[${d}] has ${weights.length} numbers: expected one of each of ${count} rows`,
      );
    }
    const wrong = Array.from(weights).findIndex((w) => !(w >= 0 && Number.isFinite(w)));
    if (wrong < 0) continue;
    throw new EvaluationError(
      `simulated.alternatives[${d}][${wrong}] is ${weights[wrong]}: expected a weight of at least 0`,
    );
  }
  for (let i = 0; i < count; i++) {
    if (Number.isInteger(truth[i]) && truth[i] >= 0 && truth[i] < classes) continue;
    throw new EvaluationError(
      `simulated.truth[${i}] is ${truth[i]}: expected a class from 0 to ${classes - 1}`,
    );
  }
  return count;
}
