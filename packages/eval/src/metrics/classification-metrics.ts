import { mostProbable } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import { type ClassMetrics, classMetrics } from './class-metrics.ts';
import { cohenKappa } from './cohen-kappa.ts';
import { confusionMatrix } from './confusion-matrix.ts';
import { logLoss } from './log-loss.ts';
import { matthewsCorrelation } from './matthews-correlation.ts';
import { type SetMetrics, setMetrics } from './set-metrics.ts';
import { showClassMetrics } from './show-metrics.ts';
import { type Interval, wilsonInterval } from './wilson-interval.ts';

/** What {@link classificationMetrics} compares. */
export interface ClassificationInput {
  /** True class per track, an index into `classes`. */
  readonly actual: ArrayLike<number>;
  /** Predicted class per track, an index into `classes`, or −1 where the track got no class. */
  readonly predicted: ArrayLike<number>;
  /** Names of the classes, in the order of the codes. */
  readonly classes: readonly string[];
  /** Probability per track and class, count × classes, row after row; rows of unjudged tracks are not read. */
  readonly probabilities?: ArrayLike<number>;
  /** count × classes, 1 for each class of the set of a track: a track whose set has several is undecided. */
  readonly sets?: ArrayLike<number>;
  /** The tracks to count; absent means all of them. */
  readonly rows?: ArrayLike<number>;
}

/**
 * How good a classification is. Everything but the first four is over the judged tracks alone: with sets, over those whose
 * set has one class, the log loss and what is told of the sets apart.
 */
export interface ClassificationMetrics {
  /** Tracks in all. */
  readonly count: number;
  /** Tracks without a predicted class; with sets, those without a set. */
  readonly unjudged: number;
  /** Tracks whose set has several classes; absent without sets. */
  readonly undecided?: number;
  /** Share of tracks that got a class. */
  readonly coverage: number;
  /** Share of all tracks that are right, one without a class counted as wrong: accuracy × coverage. */
  readonly accuracyOfAll: number;
  /** Share of the judged tracks that are right. */
  readonly accuracy: number;
  /** Wilson's 95 % interval of accuracy. */
  readonly accuracyInterval: Interval;
  /** Mean recall of the classes that have tracks. */
  readonly balancedAccuracy: number;
  /** Matthews' correlation coefficient, Gorodkin's for many classes. */
  readonly mcc: number;
  /** Cohen's κ. */
  readonly kappa: number;
  /** Mean −ln p(true class), with sets over all tracks that have one; absent without probabilities. */
  readonly logLoss?: number;
  /** Coverage and size of the sets, and the accuracy of the best single answer; absent without sets. */
  readonly sets?: SetMetrics;
  /** F1 over all tracks alike (equal to accuracy), averaged over classes, and averaged by support. */
  readonly f1: { readonly micro: number; readonly macro: number; readonly weighted: number };
  /** Mean of the classes' harmonic means of TPR and TNR, the macro average of what Gryshkevych 2016 calls F1. */
  readonly f1TprTnr: number;
  readonly perClass: ClassMetrics[];
  /** Counts, row true class, column predicted class. */
  readonly confusion: number[][];
}

/**
 * Every metric of a classification. Tracks that got no class (−1) are counted apart: `accuracy` and all that follows
 * is over the judged tracks, `coverage` says how many those are, and `accuracyOfAll` counts the others as wrong, so
 * that refusing the hard tracks cannot pass for skill.
 *
 * What is undefined is NaN (`null` in JSON): the precision of a class that was never predicted, the recall of one
 * that has no track, mcc and κ when truth or predictions are all of one class. Averages over classes leave out those
 * that are NaN. (scikit-learn: the same with `zero_division=nan`, but 0 for an undefined mcc.)
 *
 * Throws {@link EvaluationError} when lengths differ, a code names no class, or probabilities are none.
 *
 * @example
 * classificationMetrics({ actual: [0, 0, 1, 1], predicted: [0, 1, 1, -1], classes: ['ND', 'CD'] }).accuracy // 0.667
 */
export function classificationMetrics(input: ClassificationInput): ClassificationMetrics {
  const { actual, predicted, classes, probabilities, sets, rows } = input;
  const repeated = classes.find((name, k) => classes.indexOf(name) !== k);
  if (repeated !== undefined) {
    throw new EvaluationError(
      `classes names ${JSON.stringify(repeated)} twice: expected distinct names`,
    );
  }
  const confusion = confusionMatrix({ actual, predicted, classes: classes.length, rows });
  const perClass = classMetrics(confusion, classes);
  const count = rows ? rows.length : actual.length;
  const judged = sum(perClass.map((one) => one.support));
  const right = sum(confusion.map((row, k) => row[k]));
  const f1 = perClass.map((one) => one.f1);
  const ofSets = sets && setMetrics({ ...input, sets, classes: classes.length });
  const undecided = ofSets && ofSets.count - ofSets.sizes[0];
  const answered =
    sets && probabilities ? mostProbable(probabilities, classes.length, classes.length) : predicted;
  return showClassMetrics({
    count,
    unjudged: count - judged - (undecided ?? 0),
    ...(undecided !== undefined && { undecided }),
    coverage: judged / count,
    accuracyOfAll: right / count,
    accuracy: right / judged,
    accuracyInterval: wilsonInterval(right, judged),
    balancedAccuracy: weightedMean(perClass.map((one) => one.recall)),
    mcc: matthewsCorrelation(confusion),
    kappa: cohenKappa(confusion),
    ...(probabilities && {
      logLoss: logLoss({
        actual,
        predicted: answered,
        probabilities,
        classes: classes.length,
        rows,
      }),
    }),
    ...(ofSets && { sets: ofSets }),
    f1: {
      micro: right / judged,
      macro: weightedMean(f1),
      weighted: weightedMean(
        f1,
        perClass.map((one) => one.support),
      ),
    },
    f1TprTnr: weightedMean(perClass.map((one) => one.f1TprTnr)),
    perClass,
    confusion,
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Mean of the values that are numbers. */
function weightedMean(values: readonly number[], weights?: readonly number[]): number {
  let total = 0;
  let weight = 0;
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const w = weights ? weights[i] : 1;
    total += w * value;
    weight += w;
  });
  return total / weight;
}
