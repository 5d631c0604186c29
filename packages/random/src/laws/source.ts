import type { Random } from '../random.ts';

/**
 * What every law is drawn from: uniform numbers on [0, 1), such as `{ uniform: Math.random }`. A source with laws of its
 * own, as {@link keyedRandom} gives, is asked for those: its normals and exponentials are twice to five times as fast.
 */
export type UniformSource = Pick<Random, 'uniform'> & Partial<Random>;
