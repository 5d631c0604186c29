import { wadnetLengths } from '@diffusion/models';
import { InvalidArgumentError } from 'commander';
import { integer } from '../values.ts';

/** `10,30,100`, or `paper`: the lengths of WADNet's bank. */
export function bankLengths(text: string): readonly number[] {
  const lengths = text === 'paper' ? wadnetLengths : text.split(',').map(integer(2));
  const again = lengths.find((length, i) => lengths.indexOf(length) < i);
  if (again !== undefined) throw new InvalidArgumentError(`It has ${again} twice.`);
  return lengths;
}
