import type { Tracks } from '@diffusion/tracks';
import { type Classical, ClassicalError } from './classical.ts';
import { featureRows } from './feature-rows.ts';
import type { ForestJSON } from './forest.ts';
import { forestFromJSON } from './forest.ts';
import {
  type LikelihoodOptions,
  likelihoodClassifier,
} from './likelihood/likelihood-classifier.ts';
import type { LogisticJSON } from './logistic.ts';
import { logisticFromJSON } from './logistic.ts';
import { type RuleJSON, ruleClassifier, ruleKinds } from './rules.ts';
import { neverMoves, standsStill } from './stands-still.ts';
import type { SvmJSON } from './svm.ts';
import { svmFromJSON } from './svm.ts';

/** What a classical model says of tracks. */
export interface Verdict {
  /** A row per track: the probability of each class, then α where the model has it; NaN where it is not judged. */
  readonly answers: ArrayLike<number>;
  /** Why a track is not judged; '' where it is. */
  readonly reasons: readonly string[];
}

/** The part of a classical model that judges: in the place of a network. */
export interface Classifier {
  readonly kind: string;
  judge(tracks: Tracks): Verdict;
  /** Plain data from which {@link classifierFromJSON} makes the same classifier. */
  toJSON(): ClassifierJSON;
}

/** The exact classifier as plain data. */
export type LikelihoodJSON = LikelihoodOptions & { readonly kind: 'likelihood' };

export type ClassifierJSON = ForestJSON | SvmJSON | LogisticJSON | LikelihoodJSON | RuleJSON;

/**
 * The classifier that was written as JSON. Throws {@link ClassicalError} for another kind.
 *
 * @param features of `@diffusion/features` that the rows of a forest, a support vector machine or a logistic
 *   regression are made of, by name.
 */
export function classifierFromJSON(json: ClassifierJSON, features: readonly string[]): Classifier {
  switch (json?.kind) {
    case 'forest':
      return onFeatures(forestFromJSON(json), json, features);
    case 'svm':
      return onFeatures(svmFromJSON(json), json, features);
    case 'logistic':
      return onFeatures(logisticFromJSON(json), json, features);
    case 'likelihood':
      return exact(json);
    default:
      if (ruleKinds.includes(json?.kind)) return ruleClassifier(json);
      throw new ClassicalError(
        `kind is "${(json as { kind?: unknown } | null)?.kind}": expected forest, svm, logistic, likelihood, ${ruleKinds.join(', ')}`,
      );
  }
}

function onFeatures(
  classical: Classical,
  json: ClassifierJSON,
  features: readonly string[],
): Classifier {
  return {
    kind: classical.kind,
    toJSON: () => json,
    judge: (tracks) => ({
      answers: classical.predict(featureRows(tracks, features)).probabilities,
      reasons: new Array<string>(tracks.count).fill(''),
    }),
  };
}

function exact({ kind, ...options }: LikelihoodJSON): Classifier {
  const classifier = likelihoodClassifier(options);
  return {
    kind,
    toJSON: () => ({ ...classifier.toJSON(), kind }),
    judge: (tracks) => ({
      answers: classifier.predict(tracks).probabilities,
      reasons: Array.from(tracks, (track) => (neverMoves(track) ? standsStill : '')),
    }),
  };
}
