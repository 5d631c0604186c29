// Networks: the architectures, by name and each by itself

export { type CnnOptions, type CnnTunedOptions, cnn, cnnTuned } from './networks/cnn.ts';
export { cnnGrid, type GridNetwork } from './networks/cnn-grid.ts';
export { networks } from './networks/index.ts';
export { type KowalekOptions, kowalek } from './networks/kowalek.ts';
export { type LipnetOptions, lipnet } from './networks/lipnet.ts';
export { type MultiscaleOptions, multiscale } from './networks/multiscale.ts';
export { parameterCount } from './networks/parameter-count.ts';
export { type ResnetOptions, resnet } from './networks/resnet.ts';
export { type SegmenterOptions, segmenter } from './networks/segmenter.ts';
export { type WadnetOptions, wadnet } from './networks/wadnet.ts';
export {
  type WadnetBank,
  wadnetBank,
  wadnetCorrection,
  wadnetLengths,
} from './networks/wadnet-bank.ts';
export { type XresnetOptions, xresnet } from './networks/xresnet.ts';
export { describeNetwork, type NetworkSummary, networkByName } from './registry.ts';

// Encoders: what a network sees of a track

export { type EncodedTracks, type Encoder, encoder, encoders } from './encode/encoder.ts';
export type { RowLayout } from './encode/layout.ts';
export type { ChannelOrigin } from './encode/origin.ts';
export type {
  EncoderRequest,
  EncoderSpecification,
  StandardFeature,
} from './encode/specification.ts';
export { measuredEncoder, standardFeatures } from './encode/standard-features.ts';
export { networkEncoder, type SeenTracks } from './network-encoder.ts';

// A network and an encoder of one's own

export {
  defineEncoder,
  type EncoderDefinition,
  type ModuleExport,
} from './encode/define-encoder.ts';
export {
  defineNetwork,
  type LayerClass,
  type NetworkDefinition,
  type NetworkDescription,
  type NetworkInput,
  type NetworkTask,
} from './networks/define-network.ts';
export { classesAlone, classesOf } from './networks/task-options.ts';
export {
  choiceOption,
  choicesOption,
  classesOption,
  dropoutOption,
  integerOption,
  integersOption,
  numberOption,
  type Option,
  type Options,
  type OptionsOf,
  positiveOption,
  positivesOption,
  type Range,
  rangeOption,
  seedOption,
  textOption,
} from './options.ts';

// Models: what judges tracks, and what it has seen

export {
  type BankNetwork,
  type BankOptions,
  bankModel,
} from './bank/bank-model.ts';
export { estimateCorrection, leastAbsoluteFactor } from './bank/correction.ts';
export type { NetworkBank } from './bank/network-bank.ts';
export { type Domain, measureDomain, outsideDomain } from './domain/domain.ts';
export { movesBeyondNoise } from './domain/immobile.ts';
export { ensemble } from './ensemble.ts';
export { type OwnModelOptions, ownModel } from './own-model.ts';
export { type ParallelPredictOptions, predictParallel } from './parallel/predict-parallel.ts';
export type {
  BankModel,
  ClassicalModel,
  Ensemble,
  NetworkModel,
  PredictOptions,
  SingleModel,
  TrackModel,
} from './predict/model.ts';
export { trackModel } from './track-model.ts';

// Models of images

export { type IntensityScale, measureScale } from './images/image-answers.ts';
export type { ImageCard } from './images/image-card.ts';
export { type ImageDomain, measureImageDomain, outsideImageDomain } from './images/image-domain.ts';
export {
  type ImageEnsemble,
  type ImageModel,
  type ImagePredictOptions,
  imageEnsemble,
  imageModel,
} from './images/image-model.ts';

// Segments of tracks whose motion changes

export {
  type CompleteSegments,
  type CompleteSegmentsOptions,
  completeSegments,
} from './segment/complete-segments.ts';
export { type ExperimentState, experimentStates } from './segment/experiment-states.ts';
export { type LikeliestChange, likeliestChange } from './segment/likeliest-change.ts';
export {
  type NetworkSegments,
  type NetworkSegmentsOptions,
  networkSegments,
} from './segment/network-segments.ts';
export { type ChangeOptions, pickChanges } from './segment/pick-changes.ts';
export type { EstimatedSegment } from './segment/segment-of-points.ts';

// Probabilities that are met, and prediction sets

export { type CalibrateOptions, calibrate } from './calibration/calibrate.ts';
export type {
  CardCalibration,
  ProbabilityScaling,
  SetThresholds,
  ThresholdBin,
} from './calibration/card-calibration.ts';

// Saved models: their files, from anywhere (`@diffusion/models/node` for folders), and their cards

export type {
  BankCard,
  BankMember,
  ChangeThresholds,
  ClassicalCard,
  ModelCard,
  NetworkCard,
  Output,
  PointPrior,
  PriorLaw,
} from './card.ts';
export {
  type LoadedFiles,
  type LoadOptions,
  type ModelFileName,
  type ModelFiles,
  modelFiles,
  modelFromFiles,
  type SavedImageModel,
  type SavedModel,
} from './files/artifacts.ts';
export { sha256 } from './files/check-weights.ts';
export { fetchBytes, NotFetched } from './files/fetch-bytes.ts';
export { type HubFilesOptions, hubFiles } from './files/hub-files.ts';
export type { HubConfig, HubFileName } from './files/hub-parts.ts';
export type { HubReadmeOptions } from './files/hub-readme.ts';
export { loadModelFromIndexedDb, saveModelToIndexedDb } from './files/indexed-db.ts';
export { loadModelFromPickedFiles } from './files/picked-files.ts';
export { loadModelFromUrl } from './files/url.ts';
export type { Json, JsonObject } from './json.ts';

// What a wrong argument or a wrong file throws

export { ModelError } from './errors.ts';
export { OptionError } from './options.ts';
