// The generator that belongs to a seed and keys, and an order that does.
export { keyedRandom } from './keyed.ts';
export { permutation } from './permutation.ts';
// Functions with the same bits in every engine.
export { exp } from './pinned/exp.ts';
export { ln } from './pinned/ln.ts';
export { pow } from './pinned/pow.ts';
export { cosTurns, sinTurns } from './pinned/turns.ts';
export type { Random } from './random.ts';
