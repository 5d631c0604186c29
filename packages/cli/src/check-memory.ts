import { totalmem } from 'node:os';
import { InputError } from './input-error.ts';
import { counted } from './print.ts';

/** The most points of one set of tracks: they are counted in 32 bits. */
const MOST_POINTS = 2 ** 32 - 1;

/** Bytes of a coordinate, in the set and in the parts that it is joined from. */
const BYTES = 16;

/**
 * Tells before the work, not in the middle of it, that tracks do not fit in memory.
 *
 * @param length points per track, or the range that it is drawn from, evenly.
 * @param memory bytes of this machine.
 * @param field what says the count, where it is no option but a field of a recipe.
 */
export function checkMemory(
  count: number,
  length: number | { readonly min: number; readonly max: number },
  dim: number,
  memory = totalmem(),
  field?: string,
): void {
  const mean = typeof length === 'number' ? length : (length.min + length.max) / 2;
  const points = count * mean;
  const needed = points * dim * BYTES;
  if (points <= MOST_POINTS && needed <= memory) return;
  const expected =
    needed > memory
      ? `this machine has ${gigabytes(memory)}`
      : `one set of tracks has at most ${MOST_POINTS} points`;
  throw new InputError(
    `${field ?? "option '--count'"} is ${count}: tracks of ${counted(mean, 'point')} in ${dim}D take ${gigabytes(needed)} of memory, and ` +
      `${expected}; ${field === undefined ? 'make several files, each with a seed of its own' : 'expected fewer'}`,
  );
}

const gigabytes = (bytes: number): string => `${Number((bytes / 2 ** 30).toPrecision(3))} GiB`;
