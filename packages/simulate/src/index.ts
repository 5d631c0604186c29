// Labelled data sets.

// What a wrong argument throws.
export { ParameterError } from './errors.ts';
export type { BatchOptions, DataSet } from './sets/data-set.ts';
export * from './sets/gajowczyk2021.ts';
