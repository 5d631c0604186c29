import { deriveSeed, keyedRandom } from '@diffusion/random';
import { motion } from '@diffusion/simulate';
import { isTextColumn, Tracks } from '@diffusion/tracks';
import { gaussianOutcome } from './gaussian-outcomes.mjs';

/** A track of each class is cut to 2, 3 or 4 points with this probability, which the model then refuses, in the order of its classes. */
const CUT = [0.02, 0.05, 0.1, 0.3, 0.05, 0.2];

/** Outcomes of many tracks, by class: `probabilities`, undefined where it is refused. */
export function gaussianPool(classes, perClass, seed) {
  return classes.map((_, k) => {
    const random = keyedRandom(seed, 'own:outcomes', k);
    return Array.from({ length: perClass }, () => ({ probabilities: gaussianOutcome(k, random) }));
  });
}

/** The same, and `points`, of tracks of the prior `motion`, judged by a model: those that it refuses are the ones that were cut. */
export async function motionPool(model, perClass, seed, tell) {
  const { classes } = model.card.output;
  const pool = classes.map(() => []);
  const set = motion({
    dim: model.card.domain.dim,
    count: perClass * classes.length,
    seed: deriveSeed(seed, 'test', 3),
  });
  let done = 0;
  for await (const whole of set.batches({ size: 6000 })) {
    const { label } = whole.trackColumns;
    if (!isTextColumn(label)) throw new Error('no labels');
    const truth = Int32Array.from(label.codes, (code) => classes.indexOf(label.dictionary[code]));
    const tracks = someCut(whole, truth, seed, done);
    const { probabilities, reasons } = await model.predict(tracks);
    for (let i = 0; i < tracks.count; i++) {
      const of = probabilities.slice(i * classes.length, (i + 1) * classes.length);
      pool[truth[i]].push({
        probabilities: reasons[i] ? undefined : [...of],
        points: tracks.lengthOf(i),
      });
    }
    done += tracks.count;
    tell(`${done} of ${set.count} tracks judged`);
  }
  return pool;
}

function someCut(tracks, truth, seed, before) {
  const { dim, offsets } = tracks;
  const points = [];
  const ends = [0];
  for (let i = 0; i < tracks.count; i++) {
    const random = keyedRandom(seed, 'own:cut', before + i);
    const cut = random.uniform() < CUT[truth[i]];
    const length = cut ? 2 + Math.floor(3 * random.uniform()) : tracks.lengthOf(i);
    for (let j = 0; j < length; j++) points.push(offsets[i] + j);
    ends.push(points.length);
  }
  const positions = new Float64Array(points.length * dim);
  points.forEach((point, j) => {
    for (let d = 0; d < dim; d++) positions[j * dim + d] = tracks.positions[point * dim + d];
  });
  const { frames } = tracks;
  return new Tracks({
    dim,
    dt: tracks.dt,
    positions,
    offsets: Uint32Array.from(ends),
    ...(frames && { frames: Int32Array.from(points, (point) => frames[point]) }),
  });
}
