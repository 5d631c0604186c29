import type { Output } from '@diffusion/models';
import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';

/**
 * What a network should answer for each track, from the columns `label` or `alpha`.
 *
 * For classes, the index of each track's label in `output.classes`. Throws {@link TrainError} when the column is
 * missing or has a label that is no class.
 */
export function targets(tracks: Tracks, output: Output): Float64Array | Int32Array {
  if (output.kind === 'exponent') {
    const alpha = tracks.trackColumns.alpha;
    if (!alpha || isTextColumn(alpha))
      throw new TrainError('tracks have no numeric column alpha to learn from');
    return Float64Array.from(alpha);
  }
  const label = tracks.trackColumns.label;
  if (!label || !isTextColumn(label))
    throw new TrainError('tracks have no column label to learn from');
  const code = label.dictionary.map((name) => output.classes.indexOf(name));
  return Int32Array.from(label.codes, (c) => {
    if (code[c] < 0) {
      throw new TrainError(
        `label '${label.dictionary[c]}': expected one of ${output.classes.join(', ')}`,
      );
    }
    return code[c];
  });
}
