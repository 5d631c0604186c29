import { columnValue, type Prediction, type Tracks } from '@diffusion/tracks';
import { matchRows } from './match-rows.ts';
import type { Predictions } from './parse-predictions.ts';

/**
 * What a file of predictions says of tracks, in their order, as a model would say it. Rows are found by the id of the track and the name of
 * the file, where both have one.
 *
 * Throws ReadError when a track is missing, extra or twice.
 *
 * @example
 * const prediction = predictionOfTracks(tracks, parsePredictions(text, 'predictions.csv'));
 */
export function predictionOfTracks(tracks: Tracks, predictions: Predictions): Prediction {
  const { file, track } = tracks.trackColumns;
  const { count } = tracks;
  const each = { length: count };
  const rows = matchRows(
    {
      source: 'the tracks',
      lines: Array.from(each, (_, i) => i + 1),
      tracks: Array.from(each, (_, i) => String(track ? columnValue(track, i) : i)),
      ...(file && { files: Array.from(each, (_, i) => String(columnValue(file, i))) }),
    },
    predictions,
  );
  const { labels, classes, probabilities, sets, alpha, spreads, reasons } = predictions;
  const width = classes?.length ?? 0;
  const wide = <Out extends Float32Array | Uint8Array>(from: ArrayLike<number>, to: Out): Out => {
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < width; k++) to[i * width + k] = from[rows[i] * width + k];
    }
    return to;
  };
  const taken = (from: ArrayLike<number>) => Float32Array.from(rows, (row) => from[row]);
  const named = labels && Array.from(rows, (row) => labels[row]);
  return {
    count,
    ...(named &&
      classes && {
        labels: named,
        classes,
        codes: Int32Array.from(named, (name) => classes.indexOf(name)),
      }),
    ...(probabilities && { probabilities: wide(probabilities, new Float32Array(count * width)) }),
    ...(sets && { sets: wide(sets, new Uint8Array(count * width)) }),
    ...(alpha && { values: taken(alpha) }),
    ...(spreads && { spreads: taken(spreads) }),
    reasons: Array.from(rows, (row) => reasons[row]),
  };
}
