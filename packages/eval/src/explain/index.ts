// What the points of tracks did for an answer

export type { Attribution } from './attribution.ts';
export { explainInputs } from './explain-inputs.ts';
export { type ExplainOptions, explainTracks } from './explain-tracks.ts';
export type { Baseline } from './gradients/integrated-gradients.ts';
export type { LrpRule } from './lrp/rules.ts';
export type { MethodOptions } from './method.ts';
export { type ExplainMethod, NOT_A_CLASS, type PointPart, type Relevance } from './relevance.ts';
export type { Target } from './targets.ts';
