import { TracksError } from '../errors.ts';
import type { Prediction } from './prediction.ts';
import { SET_SEPARATOR, setName } from './set-name.ts';

/**
 * What a model says of track i, as a text to be read: its class, or the classes that are possible where the model has sets of
 * them, its exponent, and where it was not judged the reason.
 *
 * Throws a {@link TracksError} where the prediction has no track i.
 *
 * @param prediction what `predict` of a model gives.
 *
 * @example
 * answerText(prediction, 0) // 'directed', 'confined or brownian, α = 0.81', 'too short: 3 points, at least 5 are needed'
 */
export function answerText(prediction: Prediction, i: number): string {
  const { count, classes = [], sets, labels, values, reasons } = prediction;
  if (!(Number.isInteger(i) && i >= 0 && i < count)) {
    const expected = count === 0 ? 'a prediction of at least one track' : `0 to ${count - 1}`;
    throw new TracksError(`i is ${i}: expected the place of a track, ${expected}`);
  }
  const possible = sets && setName(sets, i, classes).split(SET_SEPARATOR).join(' or ');
  const exponent = values && !Number.isNaN(values[i]) ? `α = ${values[i].toFixed(2)}` : '';
  const answers = [possible || labels?.[i], exponent].filter(Boolean);
  return answers.join(', ') || (reasons[i]?.text ?? 'not judged');
}
