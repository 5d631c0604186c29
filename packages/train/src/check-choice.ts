import { nearestName, shown } from '@diffusion/tracks/messages';
import { TrainError } from './errors.ts';

/** Throws {@link TrainError} that names a value which is given and is none of those that there are, with the nearest. */
export function checkChoice(name: string, value: unknown, choices: readonly string[]): void {
  if (value === undefined || choices.includes(value as string)) return;
  const nearest = typeof value === 'string' ? nearestName(value, choices) : undefined;
  const hint = nearest === undefined ? '' : `; did you mean ${nearest}?`;
  throw new TrainError(
    `${name} is ${shown(value)}: expected ${choices.slice(0, -1).join(', ')} or ${choices[choices.length - 1]}${hint}`,
  );
}
