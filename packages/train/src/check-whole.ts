import { shown } from '@diffusion/tracks/messages';
import { TrainError } from './errors.ts';

/** Throws {@link TrainError} that names a number which is no integer of at least `least`. */
export function checkWhole(name: string, value: number, least: number): void {
  if (!(Number.isSafeInteger(value) && value >= least)) {
    throw new TrainError(`${name} is ${shown(value)}: expected an integer of at least ${least}`);
  }
}
