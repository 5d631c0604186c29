import { mostProbable, type Prediction, type Tracks } from '@diffusion/tracks';
import { ExplainError } from '../errors.ts';

/** Whatever judges tracks: a model of `@diffusion/models`, or anything of one's own with the same function. */
export interface Judge {
  predict(tracks: Tracks): Promise<Prediction>;
}

/** What is explained: a class by its code, −1 for the exponent; one for all tracks or one per track. */
export type Target = number | ArrayLike<number>;

/** Of a probability below this, or as close to 1, the logarithm tells no more: forests and rules say 0 and 1. */
const LEAST = 1e-4;

/** ln(p/(1 − p)), of probabilities from 10⁻⁴ to 1 − 10⁻⁴. */
export function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, LEAST), 1 - LEAST);
  return Math.log(inside / (1 - inside));
}

/**
 * The class that is explained of each track: what `target` says or, without one, the most probable class; −1 where the
 * exponent is, as it is for a model that knows no classes.
 *
 * Throws {@link ExplainError} for a target that the model does not have.
 */
export function targetsOf(prediction: Prediction, target?: Target): Int32Array {
  const { count, classes, probabilities, values } = prediction;
  if (target === undefined) {
    if (!classes || !probabilities) return new Int32Array(count).fill(-1);
    // A row without an answer is explained for no class: the first stands there.
    return mostProbable(probabilities, classes.length, classes.length).map((c) => Math.max(0, c));
  }
  const targets =
    typeof target === 'number' ? new Int32Array(count).fill(target) : Int32Array.from(target);
  if (targets.length !== count) {
    throw new ExplainError(`target has ${targets.length} rows: expected one per track, ${count}`);
  }
  const wrong = targets.find((code) =>
    code === -1 ? !values : !(code >= 0 && code < (classes?.length ?? 0)),
  );
  if (wrong !== undefined) {
    const known = [
      ...(classes ? [`0 to ${classes.length - 1}`] : []),
      ...(values ? ['−1 for the exponent'] : []),
    ];
    throw new ExplainError(`target is ${wrong}: expected ${known.join(' or ')}`);
  }
  return targets;
}

/**
 * What is explained of each track: the log-odds of its target, or the exponent; NaN for a track that is not judged.
 *
 * @param targets one per row of the prediction, as {@link targetsOf} gives them.
 */
export function explainedAnswers(prediction: Prediction, targets: ArrayLike<number>): Float64Array {
  return shareOrExponent(prediction, targets).map((value, i) =>
    targets[i] < 0 ? value : logOdds(value),
  );
}

/** The probability of its target, or the exponent, of each track; NaN for a track that is not judged. */
export function shareOrExponent(
  { count, classes, probabilities, values, reasons }: Prediction,
  targets: ArrayLike<number>,
): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => {
    if (reasons[i]) return Number.NaN;
    if (targets[i] < 0) return values?.[i] ?? Number.NaN;
    return probabilities?.[i * (classes?.length ?? 0) + targets[i]] ?? Number.NaN;
  });
}
