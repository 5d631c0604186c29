// Tracks of one model.

// Motion that changes, frame by frame (AnDi-2).
export { type Andi2Options, andi2 } from './andi2/andi2.ts';
export type { Andi2Model, Experiment, Spread, StateLaw } from './andi2/experiment.ts';
export { type Segment, segmentsOf } from './andi2/segments.ts';

// Labelled data sets.
export { type Andi2020Options, andi2020 } from './andi2020/andi2020.ts';
export { type Andi2020File, andi2020Files } from './andi2020/andi2020-text.ts';
export { dataSet } from './data-set.ts';
// What a wrong argument throws.
export { ParameterError } from './errors.ts';
// Images of liposomes.
export { type ImageSet, type LiposomesOptions, liposomes } from './liposomes/liposomes.ts';
export type {
  ChoiceParameter,
  MotionModel,
  NumberParameter,
  Parameter,
} from './motion/motion-model.ts';
export { motionModels } from './motion/motion-models.ts';
// Over several cores.
export { type ParallelOptions, parallelBatches } from './parallel/parallel-batches.ts';
export type { BatchOptions, DataSet } from './sets/data-set.ts';
export { type Gajowczyk2021Options, gajowczyk2021 } from './sets/gajowczyk2021.ts';
export type { MeasurementSpecification, NoiseSpecification } from './sets/measurement.ts';
export type { MixtureSpecification } from './sets/mixture.ts';
export type { ClassSpecification } from './sets/mixture-class.ts';
export type { Quantity } from './sets/specification.ts';
export { type SimulateOptions, simulate, simulation } from './simulate.ts';
