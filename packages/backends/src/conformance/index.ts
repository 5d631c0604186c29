// The suite, and what a case of it is

export { type Case, type Result, runCase, TOLERANCE } from './case.ts';
export { checkConformance } from './check-conformance.ts';
export { conformanceCases } from './conformance-cases.ts';
