export { defaultsOf, type Option, type Options, type OptionsOf } from '../options.ts';
export type { Answers } from '../predict/answering.ts';
export type { ClassicalModel } from '../predict/model.ts';
export { type ClassicalDescription, classicalModels } from './catalogue.ts';
export {
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  type RowPrediction,
  type Rows,
} from './classical.ts';
export { type ClassicalJSON, classicalFromJSON } from './classical-from-json.ts';
export { classicalModel, likelihoodModel, ruleModel } from './classical-model.ts';
export {
  type Classifier,
  type ClassifierJSON,
  classifierFromJSON,
} from './classifier.ts';
export { featureRows } from './feature-rows.ts';
export { type FitClassicalOptions, fitClassical } from './fit-classical.ts';
export { type ForestJSON, type ForestOptions, fitForest, forestFromJSON } from './forest.ts';
export {
  type LikelihoodClassifier,
  likelihoodClassifier,
} from './likelihood/likelihood-classifier.ts';
export {
  type GaussianModel,
  gaussianModels,
  type LikelihoodOptions,
} from './likelihood/likelihood-options.ts';
export {
  fitLogistic,
  type LogisticJSON,
  type LogisticOptions,
  logisticFromJSON,
} from './logistic.ts';
export { type RuleJSON, ruleClasses, ruleKinds } from './rules.ts';
export { fitSvm, type SvmJSON, type SvmOptions, svmFromJSON } from './svm.ts';
