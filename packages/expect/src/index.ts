// What to expect of a model on the tracks of a file

export { type ExpectOptions, expectOn } from './expect-on.ts';
export type { ClassExpectation, Expectation, Ranged } from './expectation.ts';
export type { SimulatedOutcomes } from './simulated-outcomes.ts';

// What can be wrong

export { ExpectError } from './errors.ts';
