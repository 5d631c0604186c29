import { randomExponential } from './laws/exponential.ts';
import { randomNormal } from './laws/normal.ts';
import type { Random } from './random.ts';

/**
 * A source with all the laws from one that has uniform numbers alone, so that a generator of one's own can drive
 * whatever takes a {@link Random}.
 *
 * @param uniform gives a number on [0, 1), of 32 bits at least.
 *
 * @example
 * const random = randomFrom(Math.random);
 * random.normal(); // another one in every run
 */
export function randomFrom(uniform: () => number): Random {
  const source = { uniform };
  const normal = () => randomNormal(source);
  return {
    uniform,
    normal,
    int32: () => Math.floor(uniform() * 4294967296) | 0,
    exponential: () => randomExponential(source),
    integerBelow(n) {
      if (!(Number.isInteger(n) && n >= 1 && n <= 4294967296)) {
        throw new RangeError(`n is ${n}: expected an integer from 1 to 4294967296`);
      }
      return Math.floor(uniform() * n);
    },
    fillNormal(out, from = 0, to = out.length) {
      for (let i = from; i < to; i++) out[i] = normal();
    },
  };
}
