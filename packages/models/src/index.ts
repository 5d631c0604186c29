export * from './card.ts';
export * from './dispose-network.ts';
export * from './domain/domain.ts';
export * from './domain/immobile.ts';
export * from './encode/definition.ts';
export * from './encode/encoder.ts';
export * from './encode/input-tensors.ts';
export * from './encode/motion.ts';
export * from './encode/multiscale.ts';
export { type StandardFeature, standardFeatures } from './encode/standard-features.ts';
export * from './encode/standardized.ts';
export * from './ensemble.ts';
export * from './errors.ts';
export * from './files/artifacts.ts';
export * from './files/indexed-db.ts';
export * from './files/picked-files.ts';
export * from './files/url.ts';
export type { Json, JsonObject } from './json.ts';
export * from './network-encoder.ts';
export * from './network-table.ts';
export * from './networks/check-shapes.ts';
export * from './networks/index.ts';
export * from './networks/layers/keyed-dropout.ts';
export * from './option-table.ts';
export * from './options.ts';
export * from './own-model.ts';
export { type ParallelPredictOptions, predictParallel } from './parallel/predict-parallel.ts';
export type {
  ClassicalModel,
  Ensemble,
  NetworkModel,
  PredictOptions,
  SingleModel,
  TrackModel,
} from './predict/model.ts';
export * from './registry.ts';
export * from './track-model.ts';
