import { hasSpread, type Output } from '../card.ts';
import { rowShape } from '../encode/layout.ts';
import { ModelError } from '../errors.ts';
import type { NetworkTask } from './define-network.ts';

/** What several architectures have in common when they say which options follow from a task. */

/** Classes to tell apart; 1 where there are none, so that an option `classes` has a value. */
export const classesOf = (output: Output): number =>
  output.kind === 'exponent' ? 1 : output.classes.length;

/**
 * The same output, of a network that judges tracks as a whole.
 *
 * Throws {@link ModelError} where an answer for every point is asked for.
 */
export function wholeTrack(
  network: string,
  output: Output,
): Exclude<Output, { readonly kind: 'points' }> {
  if (output.kind === 'points') {
    throw new ModelError(
      `${network} judges a track as a whole: it cannot answer for every point, as segmenter does`,
    );
  }
  return output;
}

/**
 * The classes of a network that answers with nothing else.
 *
 * Throws {@link ModelError} where an exponent is asked for.
 */
export function classesAlone(network: string, output: Output): number {
  if (wholeTrack(network, output).kind !== 'classes') {
    throw new ModelError(`${network} answers with classes alone: it cannot learn an exponent`);
  }
  return classesOf(output);
}

/**
 * The last layer of a network that has one: the classes, or the exponent as the only number, as it is, or beside it the
 * logarithm of its spread.
 *
 * Throws {@link ModelError} where both are asked for.
 */
export function oneHead(
  network: string,
  output: Output,
): { classes: number; outputActivation?: 'linear' } {
  if (wholeTrack(network, output).kind === 'both') {
    throw new ModelError(
      `${network} has one output: it cannot learn classes and the exponent at once`,
    );
  }
  return {
    classes: hasSpread(output) ? 2 : classesOf(output),
    ...(output.kind === 'exponent' && { outputActivation: 'linear' }),
  };
}

/**
 * The points of every track, or the numbers of a vector, for a network that is built for one length.
 *
 * Throws {@link ModelError} where the encoder gives rows of any length.
 */
export function oneLength(network: string, encoder: NetworkTask['encoder']): number {
  const [length] = rowShape(encoder);
  if (length === null) {
    throw new ModelError(
      `${network} is built for tracks of one length: encoder '${encoder.specification.kind}' has none, expected its length`,
    );
  }
  return length;
}
