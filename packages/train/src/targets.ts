import type { Encoder, Output } from '@diffusion/models';
import { isTextColumn, type Tracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';
import { type PointTargets, pointTargets } from './targets-of-points.ts';

/** What a network should answer, a number per track for each kind of answer that it gives. */
export interface Targets {
  /** Index of each track's label among the classes. */
  readonly codes?: Int32Array;
  /** Exponent α of each track, NaN where it has none. */
  readonly exponents?: Float64Array;
  /** Of an output of points, in place of both. */
  readonly points?: PointTargets;
}

/**
 * What a network should answer for each track, from the columns `label` and `alpha` as far as the output has them, or for each
 * point, from the point columns `state`, `alpha` and `D`.
 *
 * Throws {@link TrainError} when a column is missing or has a label that is no class.
 *
 * @param encoder what the network sees, by whose unit it answers for points.
 */
export function targets(tracks: Tracks, output: Output, encoder?: Pick<Encoder, 'unit'>): Targets {
  if (output.kind === 'points') {
    const unitOf = (i: number) => encoder?.unit?.(tracks.at(i)) ?? 1;
    return { points: pointTargets(tracks, output.classes, unitOf) };
  }
  return {
    ...(output.kind !== 'exponent' && { codes: codesOf(tracks, output.classes) }),
    ...(output.kind !== 'classes' && { exponents: exponentsOf(tracks) }),
  };
}

function exponentsOf(tracks: Tracks): Float64Array {
  const alpha = tracks.trackColumns.alpha;
  if (!alpha || isTextColumn(alpha))
    throw new TrainError('tracks have no numeric column alpha to learn from');
  return Float64Array.from(alpha);
}

function codesOf(tracks: Tracks, classes: readonly string[]): Int32Array {
  const label = tracks.trackColumns.label;
  if (!label || !isTextColumn(label))
    throw new TrainError('tracks have no column label to learn from');
  const code = label.dictionary.map((name) => classes.indexOf(name));
  return Int32Array.from(label.codes, (c) => {
    if (code[c] < 0) {
      throw new TrainError(`label '${label.dictionary[c]}': expected one of ${classes.join(', ')}`);
    }
    return code[c];
  });
}
