import { hasSpread } from './card.ts';
import { ModelError } from './errors.ts';
import { membersOf } from './predict/members-of.ts';
import type { Ensemble, SingleModel } from './predict/model.ts';
import { predictWith } from './predict/predict-with.ts';
import { showEnsemble } from './show-model.ts';

/**
 * Averages the probabilities and exponents of models that answer the same question: the networks of a K-fold
 * cross-validation, of several seeds, or of different kinds. A track is judged where every model judges it; else it
 * has the reason of the first that does not.
 *
 * Throws {@link ModelError} when there is no model or they differ in their classes or in what they answer.
 *
 * @example
 * const folds = ensemble(await Promise.all(['fold1', 'fold2', 'fold3'].map((folder) => loadModel(folder))));
 * const { labels } = await folds.predict(tracks);
 */
export function ensemble(models: readonly SingleModel[]): Ensemble {
  if (models.length === 0) throw new ModelError('models is empty: expected at least one model');
  const [{ output }] = models.map(({ card }) => card);
  const asText = (of: typeof output) =>
    [
      ...(of.kind === 'exponent' ? [] : of.classes),
      ...(of.kind === 'classes' ? [] : ['α']),
      ...(hasSpread(of) ? ['its spread'] : []),
    ].join();
  models.forEach(({ card }, i) => {
    if (asText(card.output) !== asText(output)) {
      throw new ModelError(
        `models[${i}] answers ${asText(card.output)}: expected ${asText(output)} as models[0]`,
      );
    }
  });
  const members = membersOf(models);
  return showEnsemble({
    kind: 'ensemble',
    models,
    dispose: () => {
      for (const model of models) model.dispose();
    },
    predict: (tracks, options) => predictWith(members, tracks, options),
  });
}
