import type { Output, TrackModel } from '@diffusion/models';
import { hasSpread, mostProbable, pointAnswers, pointPlaces } from '@diffusion/models/inference';
import type { Tracks } from '@diffusion/tracks';
import { shown } from '@diffusion/tracks/messages';
import { EvaluationError } from '../errors.ts';
import { NOT_A_CLASS } from './relevance.ts';

/**
 * What is explained of every track: `class`, the class that the model says; the name of a class; `exponent`; of a model that
 * answers for every point also `diffusion`, ln K, and `change`; or a code per track, as in `Relevance.target`.
 */
export type Target =
  | 'class'
  | 'exponent'
  | 'diffusion'
  | 'change'
  | (string & {})
  | ArrayLike<number>;

/** The codes of what is explained of tracks. */
export async function targetsOf(
  model: TrackModel,
  output: Output,
  tracks: Tracks,
  rows: readonly number[],
  target: Target = output.kind === 'exponent' ? 'exponent' : 'class',
  at?: ArrayLike<number>,
): Promise<Int32Array> {
  const classes = output.kind === 'exponent' ? [] : output.classes;
  const special = Object.entries(NOT_A_CLASS).filter(
    ([name]) => output.kind === 'points' || (name === 'exponent' && output.kind !== 'classes'),
  );
  const names = [...(classes.length > 0 ? ['class'] : []), ...special.map(([name]) => name)];
  const codes = new Int32Array(tracks.count);
  if (typeof target !== 'string') {
    if (target.length !== tracks.count) {
      throw new EvaluationError(
        `target has ${target.length} codes: expected ${tracks.count}, one per track`,
      );
    }
    for (let i = 0; i < codes.length; i++) {
      const code = target[i];
      const known =
        (Number.isInteger(code) && code >= 0 && code < classes.length) ||
        special.some(([, each]) => each === code);
      if (!known) {
        throw new EvaluationError(
          `target[${i}] is ${code}: expected one of ${[...classes.keys(), ...special.map(([, each]) => each)].join(', ')}`,
        );
      }
      codes[i] = code;
    }
    return codes;
  }
  if (target === 'class' && classes.length > 0) {
    return predictedClasses(model, output, tracks, rows, at);
  }
  const code = special.find(([name]) => name === target)?.[1] ?? classes.indexOf(target);
  if (code === -1 && target !== 'exponent') {
    throw new EvaluationError(
      `target is ${shown(target)}: expected ${[...names, ...classes].join(', ')}`,
    );
  }
  return codes.fill(code);
}

/** The class that a model says of each track, or of the point of each that is asked about. */
async function predictedClasses(
  model: TrackModel,
  output: Output,
  tracks: Tracks,
  rows: readonly number[],
  at?: ArrayLike<number>,
): Promise<Int32Array> {
  if (output.kind === 'exponent') return new Int32Array(tracks.count);
  const classes = output.classes.length;
  if (output.kind === 'points' && model.kind === 'network') {
    const answers = await pointAnswers(model.network, model.encoder, tracks, rows);
    const { width } = pointPlaces(classes);
    return Int32Array.from({ length: tracks.count }, (_, i) => {
      const from = (tracks.offsets[i] + (at?.[i] ?? 0)) * width;
      return Math.max(0, mostProbable(answers.subarray(from, from + width), width, classes)[0]);
    });
  }
  const { probabilities } = await model.predict(tracks);
  const codes = mostProbable(probabilities as Float32Array, classes, classes);
  return codes.map((code) => Math.max(0, code));
}

/** Where the number of a code stands: which of the answers of a network, and the place in its row. */
export function placeOfTarget(output: Output, code: number): { answer: number; place: number } {
  if (output.kind === 'points') {
    const { alpha, diffusion, change } = pointPlaces(output.classes.length);
    const special: Record<number, number> = {
      [NOT_A_CLASS.exponent]: alpha,
      [NOT_A_CLASS.diffusion]: diffusion,
      [NOT_A_CLASS.change]: change,
    };
    return { answer: 0, place: special[code] ?? code };
  }
  if (code >= 0) return { answer: 0, place: code };
  return { answer: output.kind === 'both' ? 1 : 0, place: 0 };
}

/** How many numbers each answer of a network has, per track or per point. */
export function widthsOf(output: Output): number[] {
  if (output.kind === 'points') return [pointPlaces(output.classes.length).width];
  const exponent = hasSpread(output) ? 2 : 1;
  if (output.kind === 'exponent') return [exponent];
  return output.kind === 'both' ? [output.classes.length, exponent] : [output.classes.length];
}
