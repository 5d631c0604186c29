import { mostProbable } from '@diffusion/tracks';
import { codesOf } from './model.mjs';

/**
 * What a model says of a simulated set, a number per track: `right` and `called`, the most probable class whatever the
 * label, as places among the model's classes (−1: not judged), `confidence` of the class called, `size` of the prediction
 * set (0 where there is none) and whether it `covers` the truth; beside that the columns of the tracks that are asked for, and
 * the length.
 *
 * @param set of `@diffusion/simulate`, judged some thousands at a time.
 * @param own further numbers: functions of a track, by name.
 */
export async function judged(model, set, columns = [], { tell = () => {}, own = {} } = {}) {
  const { count } = set;
  const { classes } = model.card.output;
  const result = {
    ...emptySayings(count, classes),
    length: new Float64Array(count),
    right: new Int32Array(count),
  };
  for (const name of [...columns, ...Object.keys(own)]) result[name] = new Float64Array(count);
  let from = 0;
  for await (const tracks of set.batches({ size: 6000 })) {
    const right = codesOf(tracks.trackColumns.label, classes);
    result.right.set(right, from);
    write(result, await model.predict(tracks), right, from);
    for (const track of tracks) {
      result.length[from + track.index] = track.length;
      for (const name of Object.keys(own)) result[name][from + track.index] = own[name](track);
    }
    for (const name of columns) result[name].set(columnOf(tracks, name), from);
    from += tracks.count;
    tell(`${from} of ${count} tracks`);
  }
  return result;
}

/** The same of tracks of no class of the model's. */
export async function judgedTracks(model, tracks) {
  const result = emptySayings(tracks.count, model.card.output.classes);
  write(result, await model.predict(tracks), new Int32Array(tracks.count).fill(-1), 0);
  return result;
}

const emptySayings = (count, classes) => ({
  count,
  classes,
  called: new Int32Array(count),
  confidence: new Float64Array(count),
  size: new Uint8Array(count),
  covers: new Uint8Array(count),
});

function write(result, { probabilities, sets, count }, right, from) {
  const width = result.classes.length;
  const called = mostProbable(probabilities, width, width);
  result.called.set(called, from);
  for (let i = 0; i < count; i++) {
    result.confidence[from + i] = called[i] < 0 ? 0 : probabilities[i * width + called[i]];
    if (!sets) continue;
    for (let k = 0; k < width; k++) result.size[from + i] += sets[i * width + k];
    if (right[i] >= 0) result.covers[from + i] = sets[i * width + right[i]];
  }
}

/** The numbers of a column; the places in its dictionary of a column of names. */
function columnOf(tracks, name) {
  const column = tracks.trackColumns[name];
  return column.codes ?? column;
}
