// What the points of tracks did for an answer

export type { Attribution } from './attribution.ts';
export { explainInputs } from './explain-inputs.ts';
export { type ExplainOptions, explainTracks } from './explain-tracks.ts';
export type { Baseline } from './gradients/integrated-gradients.ts';
export type { LrpRule } from './lrp/rules.ts';
export type { MethodOptions } from './method.ts';
export {
  type ExplainMethod,
  NOT_A_CLASS,
  type PointPart,
  type Relevance,
  targetName,
} from './relevance.ts';
export type { Target } from './targets.ts';

// Relevance of points by what happens where they are made anew: for every model that predicts

export type { Judge } from './answers/explained-answers.ts';
export { type OcclusionOptions, occlusion } from './occlusion/occlusion.ts';
export {
  lawOf,
  type MeasuredOptions,
  motionLawsOf,
  type TrackLaw,
} from './resimulate/motion-laws.ts';
export { resimulate } from './resimulate/resimulate.ts';

// The points that matter most

export { mostRelevantPoints } from './points/relevant-points.ts';
export { shareWithin } from './points/share-within.ts';

// Features: permutation, the paths of a forest, a rule in a sentence

export { forestSentences } from './features/forest-sentences.ts';
export { type ModelRows, modelRows } from './features/model-rows.ts';
export {
  type FeatureImportance,
  type PermutationOptions,
  permutationImportance,
  type RowJudge,
} from './features/permutation-importance.ts';
export { ruleSentence } from './features/rule-sentence.ts';
export { type PathFeature, type TreePaths, treePaths } from './features/tree-paths.ts';

// Whether an explanation is to be believed

export {
  type CurvesOptions,
  type DeletionCurves,
  deletionCurves,
} from './faithfulness/deletion-curves.ts';
export { type MapAgreement, mapAgreement } from './faithfulness/map-agreement.ts';
export { withShuffledWeights } from './faithfulness/randomized-weights.ts';
export { rankCorrelation } from './faithfulness/rank-correlation.ts';

// Inside a network: kernels, activations, what a map answers to, what a class looks like to it, vectors before the head

export { type EmbedOptions, embed } from './embedding/embed.ts';
export { type HeadVectors, headVectors } from './embedding/head-vectors.ts';
export { type Deconvolved, type DeconvolveOptions, deconvolve } from './layers/deconvolve.ts';
export { type LayerActivations, layerActivations } from './layers/layer-activations.ts';
export { type LayerKernels, layerKernels } from './layers/layer-kernels.ts';
export {
  type MaximizeOptions,
  type MaximizingTrack,
  maximizingTrack,
} from './maximise/maximizing-tracks.ts';
