// What to expect of a model on the tracks of a file

export { expectOn } from './expect-on.ts';
export type { ClassExpectation, Expectation } from './expectation.ts';
export { outcomesOn } from './outcomes-on.ts';
export type { Ranged } from './ranged.ts';
export type { ExpectOptions } from './simulate-like.ts';
export type { SimulatedOutcomes } from './simulated-outcomes.ts';

// Parts of it, by themselves

export type { Ceiling } from './ceiling.ts';
export { type CommonDrift, commonDrift } from './common-drift.ts';
export type { ErrorSummary, EstimateErrors } from './estimate-errors.ts';
export {
  type AlikeTracks,
  exactLevels,
  exactPosterior,
  type GaussianPrior,
  gaussianClasses,
  gaussianPrior,
} from './exact/exact-posterior.ts';
export type { CheckedNumber, PredictiveCheck } from './predictive-check.ts';
export type { Warning } from './warnings.ts';

// What can be wrong

export { ExpectError } from './errors.ts';
