// Tracks of one model

export {
  type CommonOptions,
  type SimulateOptions,
  simulate,
  simulation,
  simulationFrom,
} from './simulate.ts';

// Labelled data sets: from a specification, published ones, motion that changes (AnDi-2)

export { andi2 } from './andi2/andi2.ts';
export { andi2Tracks } from './andi2/andi2-tracks.ts';
export type { Andi2TracksOptions } from './andi2/andi2-tracks-options.ts';
export type { Andi2Model, Experiment, Spread, StateLaw } from './andi2/experiment.ts';
export { type Segment, segmentsOf } from './andi2/segments.ts';
export { andi2020 } from './andi2020/andi2020.ts';
export { type Andi2020File, andi2020Files } from './andi2020/andi2020-text.ts';
export { dataSet, dataSetFrom } from './data-set.ts';
export { changePoint } from './point-labels/change-point.ts';
export type { ChangePointOptions } from './point-labels/change-point-options.ts';
export { motionSegments } from './point-labels/motion-segments.ts';
export type { MotionSegmentsOptions } from './point-labels/motion-segments-options.ts';
export { motion } from './prior/motion.ts';
export { motionPrior } from './prior/motion-prior.ts';
export { gajowczyk2021 } from './sets/gajowczyk2021.ts';

// What a data set is, and its specification

export type { Andi2Options } from './andi2/andi2-options.ts';
export type { Andi2020Options } from './andi2020/andi2020-options.ts';
export type { Atom, Continuous, Distribution, Range } from './prior/distribution.ts';
export type { LawModel } from './prior/laws.ts';
export type { MotionOptions } from './prior/motion-options.ts';
export type { MotionLaw, MotionPrior, RangedName } from './prior/read-prior.ts';
export type { Quantity } from './read-specification.ts';
export type { Gajowczyk2021Options } from './sets/gajowczyk2021-options.ts';
export type { Answer, BatchOptions, DataSet } from './sets/make-data-set.ts';
export type {
  ClassSpecification,
  OwnClassSpecification,
  ParametersOf,
} from './sets/mixture-class.ts';
export type { MixtureSpecification } from './sets/mixture-specification.ts';
export type { Specification, SpecificationWithout } from './sets/specification.ts';

// What the microscope does, to simulated tracks and to any others

export type { DriftSpecification } from './measure/drift.ts';
export { type KeptOptions, keptLocalisations } from './measure/kept-localisations.ts';
export { type MeasureOptions, measure } from './measure/measure.ts';
export type { MeasurementSpecification, NoiseSpecification } from './measure/measurement.ts';

// Models of motion: those that there are, and one's own

export { type ModelName, motionModel, motionModels } from './models/motion-models.ts';
export {
  type DefinedModel,
  defineModel,
  type Motion,
  type MotionModel,
  type Scene,
} from './motion/define-model.ts';
export { isPlainSpecification, loadModels, type ModelReference } from './motion/load-models.ts';
export {
  type ChoiceParameter,
  choice,
  type NumberDeclaration,
  type NumberParameter,
  number,
  type Parameter,
} from './motion/parameters.ts';

// Their laws, each written to an array

export { type AttmParameters, attm } from './models/attm.ts';
export { brownian } from './models/brownian.ts';
export { type ConfinedParameters, confined } from './models/confined.ts';
export { type CtrwParameters, ctrw } from './models/ctrw.ts';
export { directed } from './models/directed.ts';
export { type FbmParameters, fbm } from './models/fbm.ts';
export { immobile } from './models/immobile.ts';
export { type LevyWalkParameters, levyWalk } from './models/levy-walk.ts';
export { type SbmParameters, sbm } from './models/sbm.ts';

// Images of liposomes

export { type ImageSet, type LiposomesOptions, liposomes } from './liposomes/liposomes.ts';

// Over several cores

export { type ParallelOptions, parallelBatches } from './parallel/parallel-batches.ts';

// What a wrong argument throws

export { ParameterError } from './errors.ts';
