// # Tracks of one model

// ## Motion that changes, frame by frame (AnDi-2)
export { type Andi2Options, andi2 } from './andi2/andi2.ts';
export type { Andi2Model, Experiment, Spread, StateLaw } from './andi2/experiment.ts';
export { type Segment, segmentsOf } from './andi2/segments.ts';
// ## Published ones
export { type Andi2020Options, andi2020 } from './andi2020/andi2020.ts';
export { type Andi2020File, andi2020Files } from './andi2020/andi2020-text.ts';
// # Labelled data sets
export { dataSet, dataSetFrom } from './data-set.ts';
// # What a wrong argument throws
export { ParameterError } from './errors.ts';
// # Images of liposomes
export { type ImageSet, type LiposomesOptions, liposomes } from './liposomes/liposomes.ts';
// # What the microscope does
export type { DriftSpecification } from './measure/drift.ts';
export { type MeasureOptions, measure } from './measure/measure.ts';
export type { MeasurementSpecification, NoiseSpecification } from './measure/measurement.ts';
// ## Their laws, each written to an array
export { type AttmParameters, attm } from './models/attm.ts';
export { brownian } from './models/brownian.ts';
export { type ConfinedParameters, confined } from './models/confined.ts';
export { type CtrwParameters, ctrw } from './models/ctrw.ts';
export { directed } from './models/directed.ts';
export { type FbmParameters, fbm } from './models/fbm.ts';
export { immobile } from './models/immobile.ts';
export { type LevyWalkParameters, levyWalk } from './models/levy-walk.ts';
// # Models of motion
export { type ModelName, motionModel, motionModels } from './models/motion-models.ts';
export { type SbmParameters, sbm } from './models/sbm.ts';
// ## One's own
export {
  type DefinedModel,
  defineModel,
  type Motion,
  type MotionModel,
  type Scene,
} from './motion/define-model.ts';
export {
  isPlainSpecification,
  loadModels,
  type ModelReference,
} from './motion/load-models.ts';
export {
  type ChoiceParameter,
  choice,
  type NumberDeclaration,
  type NumberParameter,
  number,
  type Parameter,
} from './motion/parameters.ts';
// # Over several cores
export { type ParallelOptions, parallelBatches, WorkerError } from './parallel/parallel-batches.ts';
export type { AnyWorker } from './parallel/port.ts';
// ## A mixture of one's own
export type { Quantity } from './read-specification.ts';
// ## What a set is
export type { Answer, BatchOptions, DataSet } from './sets/data-set.ts';
export { type Gajowczyk2021Options, gajowczyk2021 } from './sets/gajowczyk2021.ts';
export type { MixtureSpecification } from './sets/mixture.ts';
export type {
  ClassSpecification,
  OwnClassSpecification,
  ParametersOf,
} from './sets/mixture-class.ts';
export type { Specification, SpecificationWithout } from './sets/specification.ts';
export {
  type CommonOptions,
  type SimulateOptions,
  simulate,
  simulation,
  simulationFrom,
} from './simulate.ts';
