import type { Prediction, Tracks } from '@diffusion/tracks';
import { EvaluationError } from '../errors.ts';
import type { JudgedRows } from './rows.ts';

/**
 * What `predict` said of tracks, as rows for `classShares`. Throws {@link EvaluationError} for a prediction without probabilities of
 * classes.
 *
 * @example
 * const { shares } = classShares(judgedRows(tracks, await model.predict(tracks)), await outcomesOn(tracks, model));
 */
export function judgedRows(
  tracks: Tracks,
  { classes, probabilities, reasons }: Prediction,
): JudgedRows {
  if (!classes || !probabilities) {
    throw new EvaluationError('prediction has no probabilities: expected those of a classifier');
  }
  return {
    classes,
    probabilities,
    judged: Uint8Array.from(reasons, (reason) => (reason ? 0 : 1)),
    points: tracks.lengths(),
  };
}
