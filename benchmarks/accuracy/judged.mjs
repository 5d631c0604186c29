import { codesOf } from './model.mjs';

/**
 * What a model says of a simulated set, a number per track: `right` and `called` as places among the model's classes (−1:
 * not judged), `confidence` of the class called, `size` of the prediction set (0 where there is none) and whether it
 * `covers` the truth; beside that the columns of the tracks that are asked for, and the length.
 *
 * @param set of `@diffusion/simulate`, judged so many tracks at a time.
 */
export async function judged(model, set, columns = [], tell = () => {}) {
  const { count, classes } = { count: set.count, classes: model.card.output.classes };
  const result = {
    count,
    classes,
    length: new Float64Array(count),
    right: new Int32Array(count),
    called: new Int32Array(count),
    confidence: new Float64Array(count),
    size: new Uint8Array(count),
    covers: new Uint8Array(count),
  };
  for (const name of columns) result[name] = new Float64Array(count);
  let from = 0;
  for await (const tracks of set.batches({ size: 6000 })) {
    const prediction = await model.predict(tracks);
    const right = codesOf(tracks.trackColumns.label, classes);
    result.right.set(right, from);
    result.called.set(prediction.codes, from);
    for (let i = 0; i < tracks.count; i++) {
      const row = prediction.probabilities.subarray(i * classes.length, (i + 1) * classes.length);
      result.length[from + i] = tracks.lengthOf(i);
      result.confidence[from + i] = prediction.codes[i] < 0 ? 0 : row[prediction.codes[i]];
      const members = setOf(prediction, i);
      result.size[from + i] = members?.length ?? 0;
      result.covers[from + i] = members?.includes(right[i]) ? 1 : 0;
    }
    for (const name of columns) result[name].set(columnOf(tracks, name), from);
    from += tracks.count;
    tell(`${from} of ${count} tracks`);
  }
  return result;
}

/** The numbers of a column; the places in its dictionary of a column of names. */
function columnOf(tracks, name) {
  const column = tracks.trackColumns[name];
  return column.codes ?? column;
}

/** The classes of a prediction set, as places; undefined where the model has none. */
export function setOf({ sets, classes }, i) {
  const members = sets?.[i];
  return (
    members && [...members].map((one) => (typeof one === 'string' ? classes.indexOf(one) : one))
  );
}
