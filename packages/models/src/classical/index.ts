import { type Classical, ClassicalError } from './classical.ts';
import { type ForestJSON, forestFromJSON } from './forest.ts';
import { type LogisticJSON, logisticFromJSON } from './logistic.ts';
import { type SvmJSON, svmFromJSON } from './svm.ts';

export {
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  type Prediction,
  type Rows,
} from './classical.ts';
export {
  type ClassicalModel,
  classicalModel,
  likelihoodModel,
  ruleModel,
} from './classical-model.ts';
export {
  type Classifier,
  type ClassifierJSON,
  classifierFromJSON,
  type Verdict,
} from './classifier.ts';
export { featureRows } from './feature-rows.ts';
export { type FitClassicalOptions, fitClassical } from './fit-classical.ts';
export { type ForestJSON, type ForestOptions, fitForest, forestFromJSON } from './forest.ts';
export * from './likelihood/likelihood-classifier.ts';
export {
  fitLogistic,
  type LogisticJSON,
  type LogisticOptions,
  logisticFromJSON,
} from './logistic.ts';
export { type RuleJSON, ruleClasses, ruleKinds } from './rules.ts';
export { fitSvm, type SvmJSON, type SvmOptions, svmFromJSON } from './svm.ts';

/**
 * The classifier of rows of features that was written as JSON. Throws {@link ClassicalError} for another kind.
 *
 * @example
 * const model = classicalFromJSON(JSON.parse(text));
 */
export function classicalFromJSON(json: LogisticJSON | ForestJSON | SvmJSON): Classical {
  switch (json.kind) {
    case 'logistic':
      return logisticFromJSON(json);
    case 'forest':
      return forestFromJSON(json);
    case 'svm':
      return svmFromJSON(json);
    default:
      throw new ClassicalError(
        `kind is "${(json as { kind: unknown }).kind}": expected logistic, forest or svm`,
      );
  }
}
