import type { FeatureChoice } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';
import type { Answers } from '../predict/answering.ts';
import { ClassicalError } from './classical.ts';
import { classicalFromJSON } from './classical-from-json.ts';
import type { ClassicalJSON } from './classical-json.ts';
import { featureRows } from './feature-rows.ts';
import { likelihoodClassifier } from './likelihood/likelihood-classifier.ts';
import type { LikelihoodOptions } from './likelihood/likelihood-options.ts';
import { type RuleJSON, ruleClassifier, ruleKinds } from './rules.ts';
import { neverMoves, standsStill } from './stands-still.ts';

/** The part of a classical model that answers: in the place of a network. */
export interface Classifier {
  readonly kind: string;
  /** What it says of every track. */
  answer(tracks: Tracks): Answers;
  /** Plain data from which {@link classifierFromJSON} makes the same classifier. */
  toJSON(): ClassifierJSON;
}

/** The exact classifier as plain data. */
export type LikelihoodJSON = LikelihoodOptions & { readonly kind: 'likelihood' };

export type ClassifierJSON = ClassicalJSON | LikelihoodJSON | RuleJSON;

/**
 * The classifier that was written as JSON. Throws {@link ClassicalError} for another kind.
 *
 * @param features that the rows of a forest, gradient boosting, a support vector machine or a logistic regression are
 *   made of: names of the catalogue of `@diffusion/features`, and features of one's own.
 */
export function classifierFromJSON(
  json: ClassifierJSON,
  features: readonly FeatureChoice[],
): Classifier {
  switch (json?.kind) {
    case 'forest':
    case 'boosting':
    case 'svm':
    case 'logistic':
      return onFeatures(json, features);
    case 'likelihood':
      return exact(json);
    default:
      if (ruleKinds.includes(json?.kind)) return ruleClassifier(json);
      throw new ClassicalError(
        `kind is "${(json as { kind?: unknown } | null)?.kind}": expected forest, boosting, svm, logistic, likelihood, ${ruleKinds.join(', ')}`,
      );
  }
}

function onFeatures(json: ClassicalJSON, features: readonly FeatureChoice[]): Classifier {
  const classical = classicalFromJSON(json);
  return {
    kind: classical.kind,
    toJSON: () => json,
    answer: (tracks) => ({
      answers: classical.predict(featureRows(tracks, features)).probabilities,
    }),
  };
}

function exact({ kind, ...options }: LikelihoodJSON): Classifier {
  const classifier = likelihoodClassifier(options);
  return {
    kind,
    toJSON: () => ({ ...classifier.toJSON(), kind }),
    answer: (tracks) => ({
      answers: classifier.predict(tracks).probabilities,
      reasons: Array.from(tracks, (track) => (neverMoves(track) ? standsStill : undefined)),
    }),
  };
}
