import { mostProbable, type Prediction, type Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../../errors.ts';
import { NOT_A_CLASS } from '../relevance.ts';
import type { Target } from '../targets.ts';

/** Whatever judges tracks: a model of `@diffusion/models`, or anything of one's own with the same function. */
export interface Judge {
  predict(tracks: Tracks): Promise<Prediction>;
}

/** Of a probability below this, or as close to 1, the logarithm tells no more: forests and rules say 0 and 1. */
const LEAST = 1e-4;

/** ln(p/(1 − p)), of probabilities from 10⁻⁴ to 1 − 10⁻⁴. */
export function logOdds(p: number): number {
  const inside = Math.min(Math.max(p, LEAST), 1 - LEAST);
  return Math.log(inside / (1 - inside));
}

/**
 * The code of what is explained of each track, from what a model says of them: `target` as `explainTracks` takes it, for any
 * model. A track that is not judged has the first class.
 *
 * Throws {@link EvaluationError} for a target that the model does not have.
 */
export function codesOfTarget(
  { count, classes, probabilities, values }: Prediction,
  target: Target = classes ? 'class' : 'exponent',
): Int32Array {
  const known = [...(classes ? ['class', ...classes] : []), ...(values ? ['exponent'] : [])];
  if (typeof target !== 'string') {
    if (target.length !== count) {
      throw new EvaluationError(
        `target has ${target.length} codes: expected ${count}, one per track`,
      );
    }
    const codes = Int32Array.from(target);
    const wrong = codes.findIndex((code) =>
      code === NOT_A_CLASS.exponent ? !values : !(code >= 0 && code < (classes?.length ?? 0)),
    );
    if (wrong >= 0) {
      throw new EvaluationError(
        `target[${wrong}] is ${codes[wrong]}: expected the code of ${known.join(', ')}`,
      );
    }
    return codes;
  }
  if (target === 'class' && classes && probabilities) {
    return mostProbable(probabilities, classes.length, classes.length).map((c) => Math.max(0, c));
  }
  const code =
    target === 'exponent' && values ? NOT_A_CLASS.exponent : (classes?.indexOf(target) ?? -1);
  if (code === -1 && !(target === 'exponent' && values)) {
    throw new EvaluationError(`target is '${target}': expected ${known.join(', ')}`);
  }
  return new Int32Array(count).fill(code);
}

/**
 * What is explained of each track: the log-odds of its target, or the exponent; NaN for a track that is not judged.
 *
 * @param targets one per row of the prediction, as {@link codesOfTarget} gives them.
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
