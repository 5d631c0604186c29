import type { ClassicalCard } from '../card.ts';
import { type Domain, openDomain } from '../domain/domain.ts';
import { classicalAnswering } from '../predict/classical-answers.ts';
import type { ClassicalModel } from '../predict/model.ts';
import { predictWith } from '../predict/predict-with.ts';
import { showModel } from '../show-model.ts';
import { type Classifier, classifierFromJSON } from './classifier.ts';
import { likelihoodClassifier } from './likelihood/likelihood-classifier.ts';
import type { LikelihoodOptions } from './likelihood/likelihood-options.ts';
import { type RuleJSON, ruleClasses } from './rules.ts';

/** Joins a classical classifier with its card. */
export function classicalModel(classifier: Classifier, card: ClassicalCard): ClassicalModel {
  const member = { card, ...classicalAnswering(classifier) };
  return showModel({
    kind: 'classical',
    card,
    classifier,
    dispose: () => {},
    predict: (tracks, options) => predictWith([member], tracks, options),
  });
}

/**
 * The exact likelihood classifier ({@link likelihoodClassifier}) behind the interface of all models. It needs no
 * training: its priors say what it expects. Tracks with gaps are not judged.
 *
 * @param options.dim dimension of the tracks.
 *
 * @example
 * const model = likelihoodModel({ dim: 2, models: ['immobile', 'brownian', 'directed'] });
 * (await model.predict(tracks)).labels;
 */
export function likelihoodModel({
  dim,
  ...options
}: LikelihoodOptions & { readonly dim: 1 | 2 | 3 }): ClassicalModel {
  const json = { ...likelihoodClassifier(options).toJSON(), kind: 'likelihood' } as const;
  const domain = { ...openDomain(dim), minLength: 2, maxMissing: 0 };
  const output = { kind: 'classes', classes: json.models } as const;
  return classicalModel(classifierFromJSON(json, []), cardOf(json, output, domain));
}

/**
 * A rule of `@diffusion/features` behind the interface of all models: the MAX test, or a bound on the exponent of the
 * time-averaged MSD or of the p-variation; the last two also give α. The classes are sub-, free and superdiffusion,
 * with the probability 1 for what the rule says. Every track on which the rule is defined is judged, also one that
 * stands still in noise, which rules call subdiffusion.
 *
 * @param options.dim dimension of the tracks.
 *
 * @example
 * const { labels, values } = await ruleModel({ kind: 'exponent-rule', margin: 0.2, dim: 2 }).predict(tracks);
 */
export function ruleModel({
  dim,
  ...rule
}: RuleJSON & { readonly dim: 1 | 2 | 3 }): ClassicalModel {
  const json = rule as RuleJSON;
  const kind = json.kind === 'max-test' ? 'classes' : 'both';
  const card = cardOf(json, { kind, classes: ruleClasses }, openDomain(dim));
  return classicalModel(classifierFromJSON(json, []), card);
}

function cardOf(
  { kind, ...options }: { readonly kind: string },
  output: ClassicalCard['output'],
  domain: Domain,
): ClassicalCard {
  return {
    format: 'diffusion-model',
    version: 1,
    network: { name: kind, options },
    classifier: { features: [] },
    output,
    domain,
    recipe: {},
    metrics: {},
    versions: {},
  };
}
