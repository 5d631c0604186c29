import { mostProbable, type Reason, setName, type Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { UNJUDGED } from '../metrics/confusion-matrix.ts';

/** Tracks and what a model of classes says of them, as a `Prediction` of the models holds it. */
export interface JudgedTracks {
  readonly tracks: Tracks;
  readonly classes: readonly string[];
  /** Predicted class per track, −1 where it got none or a set of several. */
  readonly predicted: ArrayLike<number>;
  /** Probability per track and class, count × classes; NaN where the track was not judged. */
  readonly probabilities?: ArrayLike<number>;
  /** count × classes, 1 for each class of the set of a track; where the model gives sets. */
  readonly sets?: ArrayLike<number>;
  /** Why a track got no class or a doubtful one, undefined where there is nothing to say. */
  readonly reasons?: ArrayLike<Reason | undefined>;
}

/** Throws {@link EvaluationError} unless there is one predicted class, or −1, per track. */
export function checkJudged({ tracks, classes, predicted, probabilities }: JudgedTracks): void {
  if (predicted.length !== tracks.count) {
    throw new EvaluationError(
      `predicted has ${predicted.length} codes: expected one per track, ${tracks.count}`,
    );
  }
  for (let i = 0; i < predicted.length; i++) {
    if (predicted[i] === UNJUDGED || classes[predicted[i]] !== undefined) continue;
    throw new EvaluationError(
      `predicted[${i}] is ${predicted[i]}: expected 0 to ${classes.length - 1}, or -1 for unjudged`,
    );
  }
  const cells = tracks.count * classes.length;
  if (probabilities && probabilities.length !== cells) {
    throw new EvaluationError(
      `probabilities has ${probabilities.length} numbers: expected one per track and class, ${cells}`,
    );
  }
}

/** The most probable class of every track that was judged, undecided ones too; −1 for the others. */
export function bestClasses({ classes, predicted, probabilities }: JudgedTracks): Int32Array {
  return probabilities
    ? mostProbable(probabilities, classes.length, classes.length)
    : Int32Array.from(predicted);
}

/**
 * 1 for every track whose set has several classes, which a report calls undecided; 0 for the others.
 *
 * @example
 * const { classes, codes: predicted, sets } = await model.predict(tracks);
 * undecidedTracks({ classes, predicted, sets })
 */
export function undecidedTracks({
  classes,
  predicted,
  sets,
}: Pick<JudgedTracks, 'classes' | 'predicted' | 'sets'>): Uint8Array {
  return Uint8Array.from(predicted, (code, i) =>
    sets && code === UNJUDGED && setName(sets, i, classes) !== '' ? 1 : 0,
  );
}

/** What each track counts in each class, count × classes: its probabilities, or 1 for the class that it has; 0 for tracks not judged. */
export function classWeights({ classes, predicted, probabilities }: JudgedTracks): Float64Array {
  return Float64Array.from({ length: predicted.length * classes.length }, (_, at) => {
    if (probabilities) return probabilities[at] || 0;
    return predicted[Math.floor(at / classes.length)] === at % classes.length ? 1 : 0;
  });
}
