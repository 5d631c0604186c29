// The trained models that come with this package

export { pretrainedFor } from './pretrained-for.ts';
export { type PretrainedModel, pretrainedModels } from './pretrained-models.ts';

// One of them, ready to judge tracks

export {
  type AnswerCache,
  type LoadPretrainedOptions,
  loadPretrained,
} from './load-pretrained.ts';
