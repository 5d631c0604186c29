import { shown } from '@diffusion/tracks/messages';
import { TrainError } from './errors.ts';

/** Throws {@link TrainError} that names a value which is given and is no finite number, or not the one that is expected. */
export function checkNumber(
  name: string,
  value: unknown,
  is: (value: number) => boolean,
  expected: string,
): void {
  if (value === undefined || (Number.isFinite(value) && is(value as number))) return;
  throw new TrainError(`${name} is ${shown(value)}: expected ${expected}`);
}
