// The generator and what is drawn from it.

// Functions with the same bits in every engine.
export * from '../pinned/exp.ts';
export * from '../pinned/ln.ts';
export * from '../pinned/pow.ts';
export * from '../pinned/turns.ts';
export * from './keyed.ts';
export * from './permutation.ts';
export type * from './random.ts';
