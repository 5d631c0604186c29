// Models, which judge tracks

export type { ClassicalModel } from '../predict/model.ts';
export { type ClassicalDescription, classicalModels } from './catalogue.ts';
export { likelihoodModel, ruleModel } from './classical-model.ts';
export type { Classifier, ClassifierJSON } from './classifier.ts';
export { type FitClassicalOptions, fitClassical, fitClassicalAsync } from './fit-classical.ts';
export type { GaussianModel, LikelihoodOptions } from './likelihood/likelihood-options.ts';

// Classifiers of rows of any numbers

export { type BoostingJSON, type BoostingOptions, fitBoosting } from './boosting/boosting.ts';
export {
  type Classical,
  ClassicalError,
  type ClassicalOptions,
  type RowPrediction,
  type Rows,
} from './classical.ts';
export { classicalFromJSON } from './classical-from-json.ts';
export type { ClassicalJSON } from './classical-json.ts';
export { type ForestJSON, type ForestOptions, fitForest } from './forest.ts';
export { fitLogistic, type LogisticJSON, type LogisticOptions } from './logistic.ts';
export { fitSvm, type SvmJSON, type SvmOptions } from './svm.ts';

// Their options, as declared, and as given

export {
  defaultsOf,
  type Option,
  type Options,
  type OptionsOf,
  readOptions,
} from '../options.ts';
