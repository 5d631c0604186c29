import {
  keyedRandom,
  randomExponential,
  randomLogUniform,
  randomNormal,
  randomPareto,
} from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';

/** Places per frame of a path, of which one that is seen is the mean over the exposure. */
const SUBSTEPS = 10;

/** Laws that no class was trained on, each a function that writes places of unit time 1/10 frame. */
export const unseenLaws = {
  /** Steps of a power law r^(−1−α), α 0.5 to 1.8, cut off by exp(−r/ξ), ξ 10 to 100 of the shortest. */
  'tempered-flight'(random, path, points, dim) {
    const alpha = 0.5 + 1.3 * random.uniform();
    const cut = randomLogUniform(random, 10, 100);
    walk(path, points, dim, (step) => {
      let length;
      do length = randomPareto(random, alpha, 1);
      while (random.uniform() > Math.exp(-(length - 1) / cut));
      direction(random, dim, step, length);
    });
  },
  /** Brownian motion whose D is the square of an Ornstein–Uhlenbeck process in the plane, of 2 to 100 frames' memory. */
  'diffusing-diffusivity'(random, path, points, dim) {
    const time = randomLogUniform(random, 2, 100) * SUBSTEPS;
    const keep = Math.exp(-1 / time);
    const kick = Math.sqrt(1 - keep * keep);
    const y = [randomNormal(random), randomNormal(random)];
    walk(path, points, dim, (step) => {
      for (let k = 0; k < 2; k++) y[k] = keep * y[k] + kick * randomNormal(random);
      const deviation = Math.hypot(...y);
      for (let d = 0; d < dim; d++) step[d] = deviation * randomNormal(random);
    });
  },
  /** Straight runs of one speed, of 3 to 50 frames in the mean, each in another direction. */
  'run-and-tumble'(random, path, points, dim) {
    const run = randomLogUniform(random, 3, 50) * SUBSTEPS;
    const step = new Float64Array(dim);
    let left = 0;
    walk(path, points, dim, (out) => {
      if (left <= 0) {
        direction(random, dim, step, 1);
        left = randomExponential(random) * run;
      }
      left--;
      out.set(step);
    });
  },
};

function walk(path, points, dim, write) {
  const step = new Float64Array(dim);
  path.fill(0, 0, dim);
  for (let k = 1; k < points; k++) {
    write(step);
    for (let d = 0; d < dim; d++) path[k * dim + d] = path[(k - 1) * dim + d] + step[d];
  }
}

/** A vector of that length in any direction. */
function direction(random, dim, out, length) {
  let square = 0;
  for (let d = 0; d < dim; d++) {
    out[d] = randomNormal(random);
    square += out[d] * out[d];
  }
  for (let d = 0; d < dim; d++) out[d] *= length / Math.sqrt(square);
}

/**
 * Tracks of a law that training never saw, as the prior's own are seen at their plainest: 100 to 2,000 points and Q 1 to 30,
 * both log-uniform, an exposure of 0 or 1, one error of all coordinates, no gaps.
 */
export function unseenTracks(name, { dim, count, seed }) {
  const positions = [];
  const offsets = [0];
  for (let i = 0; i < count; i++) {
    const random = keyedRandom(seed, i, `own:${name}`);
    const frames = Math.floor(randomLogUniform(random, 100, 2001));
    const q = randomLogUniform(random, 1, 30);
    const exposed = random.uniform() < 0.5 ? 1 : SUBSTEPS;
    const points = frames * SUBSTEPS;
    const path = new Float64Array(points * dim);
    unseenLaws[name](random, path, points, dim);
    let own = 0;
    for (let k = 1; k < frames; k++) {
      for (let d = 0; d < dim; d++) {
        own += (path[k * SUBSTEPS * dim + d] - path[(k - 1) * SUBSTEPS * dim + d]) ** 2;
      }
    }
    const deviation = Math.sqrt(own / (2 * dim * (frames - 1)));
    for (let k = 0; k < frames; k++) {
      for (let d = 0; d < dim; d++) {
        let sum = 0;
        for (let s = 0; s < exposed; s++) sum += path[(k * SUBSTEPS + s) * dim + d];
        positions.push(sum / exposed + (deviation / q) * randomNormal(random));
      }
    }
    offsets.push(offsets[i] + frames);
  }
  return new Tracks({ positions: Float64Array.from(positions), offsets, dim });
}
