// Streams: the generator that belongs to a seed and keys, an order that does, seeds for named purposes

export { checkSeed } from './check-seed.ts';
export { deriveSeed } from './derive-seed.ts';
export { keyedRandom } from './keyed.ts';
export { permutation } from './permutation.ts';
export { type Key, type Purpose, purposes } from './purpose.ts';

// What is drawn from: the generator, and any source of uniform numbers

export type { UniformSource } from './laws/source.ts';
export type { Random } from './random.ts';
export { randomFrom } from './random-from.ts';

// Laws, over any source of uniform numbers

export { randomElement } from './laws/element.ts';
export { randomExponential } from './laws/exponential.ts';
export { randomGeometric } from './laws/geometric.ts';
export { randomInteger } from './laws/integer.ts';
export { randomLogUniform } from './laws/log-uniform.ts';
export { randomNormal } from './laws/normal.ts';
export { randomPareto } from './laws/pareto.ts';
export { randomTruncatedNormal } from './laws/truncated-normal.ts';
export { randomUniform } from './laws/uniform.ts';
export { randomIndex } from './laws/weighted-index.ts';

// Functions with the same bits in every engine

export { exp } from './pinned/exp.ts';
export { ln } from './pinned/ln.ts';
export { pow } from './pinned/pow.ts';
export { cosTurns, sinTurns } from './pinned/turns.ts';
