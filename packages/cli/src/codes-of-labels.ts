import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { InputError } from './input-error.ts';

/** The true classes of simulated tracks, as places among those of a model. */
export function codesOfLabels({ trackColumns }: Tracks, classes: readonly string[]): number[] {
  const { label } = trackColumns;
  if (!label || !isTextColumn(label)) throw new InputError('the simulated tracks have no classes');
  const place = label.dictionary.map((name) => classes.indexOf(name));
  const unknown = place.indexOf(-1);
  if (unknown >= 0 && label.codes.includes(unknown)) {
    throw new InputError(
      `the simulated tracks are '${label.dictionary[unknown]}': expected one of ${classes.join(', ')}`,
    );
  }
  return Array.from(label.codes, (code) => place[code]);
}
