import { deriveSeed, keyedRandom, randomNormal } from '@diffusion/random';
import { motion } from '@diffusion/simulate';
import { mostProbable, Tracks } from '@diffusion/tracks';

/** Labels that change when tracks with the same error in every coordinate, not rounded to pixels, are turned, moved, scaled. */
export async function invariance({ model }, { count, seed, tell }) {
  const { dim } = model.card.domain;
  const { classes } = model.card.output;
  const tracks = motion({
    ...{ dim, count, seed: deriveSeed(seed, 'test', 4) },
    ranges: { pixel: 0, xy: 1, ...(dim === 3 && { z: 1 }) },
  }).generate();
  const plain = await model.predict(tracks);
  const scale = tracks.trackColumns.sigma.map((sigma, i) =>
    Math.hypot(
      sigma,
      Number.isFinite(tracks.trackColumns.Q[i]) ? sigma * tracks.trackColumns.Q[i] : 1,
    ),
  );
  const changes = {
    'rotation and reflection': (random) => {
      const matrix = orthogonal(random, dim);
      return (x, out) => {
        for (let a = 0; a < dim; a++) {
          out[a] = 0;
          for (let b = 0; b < dim; b++) out[a] += matrix[a][b] * x[b];
        }
      };
    },
    offset: (random, i) => {
      const offset = Array.from(
        { length: dim },
        () => 1000 * scale[i] * (2 * random.uniform() - 1),
      );
      return (x, out) => {
        for (let d = 0; d < dim; d++) out[d] = x[d] + offset[d];
      };
    },
    scaling: (random) => {
      const factor = 10 ** (6 * random.uniform() - 3);
      return (x, out) => {
        for (let d = 0; d < dim; d++) out[d] = factor * x[d];
      };
    },
  };
  const result = [];
  for (const [name, change] of Object.entries(changes)) {
    tell(`invariance: ${name}`);
    const changed = await model.predict(changedTracks(tracks, name, change, seed));
    const [before, after] = [plain, changed].map(({ probabilities }) =>
      mostProbable(probabilities, classes.length, classes.length),
    );
    let [labels, called, most] = [0, 0, 0];
    for (let i = 0; i < count; i++) {
      if (plain.labels[i] !== changed.labels[i]) labels++;
      if (before[i] !== after[i]) called++;
      for (let k = i * classes.length; k < (i + 1) * classes.length; k++) {
        const difference = Math.abs(plain.probabilities[k] - changed.probabilities[k]);
        if (difference > most) most = difference;
      }
    }
    result.push({
      ...{ name, count, labels: labels / count, classes: called / count },
      mostDifference: most,
    });
  }
  return result;
}

function changedTracks(tracks, name, change, seed) {
  const { dim } = tracks;
  const positions = new Float64Array(tracks.positions.length);
  for (let i = 0; i < tracks.count; i++) {
    const apply = change(keyedRandom(seed, i, `own:${name}`), i);
    for (let k = tracks.offsets[i]; k < tracks.offsets[i + 1]; k++) {
      const [from, to] = [k * dim, (k + 1) * dim];
      apply(tracks.positions.subarray(from, to), positions.subarray(from, to));
    }
  }
  return new Tracks({ ...tracks.data, positions });
}

/** A rotation, or one with a reflection, all alike: normal vectors, made orthogonal one after the other. */
function orthogonal(random, dim) {
  const rows = [];
  while (rows.length < dim) {
    const row = Array.from({ length: dim }, () => randomNormal(random));
    for (const before of rows) {
      const along = row.reduce((sum, x, d) => sum + x * before[d], 0);
      for (let d = 0; d < dim; d++) row[d] -= along * before[d];
    }
    const length = Math.hypot(...row);
    rows.push(row.map((x) => x / length));
  }
  return rows;
}
