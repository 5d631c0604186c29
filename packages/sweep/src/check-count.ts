import { SweepError } from './errors.ts';

/** Refuses what is no number of something that there has to be one of. */
export function checkCount(name: string, value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 1)) {
    throw new SweepError(`${name} is ${value}: expected an integer of at least 1`);
  }
}
