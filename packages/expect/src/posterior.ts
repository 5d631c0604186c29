import type { Random } from '@diffusion/random';
import type { Tracks } from '@diffusion/tracks';
import { cellsOf } from './cells.ts';
import type { Pool } from './pool.ts';
import { SUMMARIES, type Summaries } from './summaries.ts';

/** Draws from the joint posterior of what each track of a file is. */
export interface FilePosterior {
  /** Draws. */
  readonly count: number;
  /** Number of cells: parts of the classes whose parameters are alike. */
  readonly cells: number;
  /** Class of each cell. */
  readonly classOf: Int32Array;
  /** draws × tracks: the cell of every track. */
  readonly cell: Uint16Array;
  /** A track of the pool out of a cell, that a track of the file is as likely to be as any. */
  member(track: number, cell: number, random: Random): number;
}

// Named once: a test's own global is slow to look up.
const { exp } = Math;

/** Width of the kernel, over the deviation of a number among the tracks of the pool; and in ln of the length. */
const WIDTH = 0.4;
const LENGTH_WIDTH = 0.25;

/** Tracks that what is known before counts for, per class, and per cell within a class. */
const PER_CLASS = 1;
const PER_CELL = 3;

const BURN_IN = 100;
const BETWEEN = 3;

/**
 * What the tracks of a file are, all of them together: shares of the classes that are unknown, and within each shares
 * of its cells (Dirichlet laws before the file is seen: of the classes alike, of the cells centred on the prior), and the cell of every track. Between the classes decides what the model says of a track,
 * over what it says of the prior; between the cells of a class, how like the track the pool's tracks of the cell are, by
 * their summaries and length. Draws by Gibbs sampling.
 *
 * @param probabilities tracks × classes; rows of NaN, where nothing is known but the length.
 */
export function filePosterior(
  file: {
    readonly tracks: Tracks;
    readonly summary: Summaries;
    readonly probabilities: Float32Array;
  },
  pool: Pool & { readonly summary: Summaries; readonly classes: Int32Array },
  classCount: number,
  { draws, random }: { readonly draws: number; readonly random: Random },
): FilePosterior {
  const { tracks, summary, probabilities } = file;
  const { members, classOf } = cellsOf(pool, classCount);
  const cells = members.length;
  const cellOf = new Uint16Array(pool.classes.length);
  members.forEach((list, k) => {
    for (const j of list) cellOf[j] = k;
  });
  const near = kernelOf(summary, tracks, pool);
  const likelihood = new Float64Array(tracks.count * cells);
  const weights = new Float64Array(pool.classes.length);
  const shares = Float64Array.from(members, (list) => list.length / pool.classes.length);
  const shareOf = new Float64Array(classCount);
  for (let k = 0; k < cells; k++) shareOf[classOf[k]] += shares[k];
  for (let i = 0; i < tracks.count; i++) {
    const row = likelihood.subarray(i * cells, (i + 1) * cells);
    if (Number.isNaN(probabilities[i * classCount])) {
      row.fill(1);
      continue;
    }
    const byLength = near(i, weights);
    const sums = new Float64Array(cells);
    const ofClass = new Float64Array(classCount);
    for (let j = 0; j < weights.length; j++) sums[cellOf[j]] += weights[j];
    for (let k = 0; k < cells; k++) ofClass[classOf[k]] += sums[k];
    for (let k = 0; k < cells; k++) {
      const c = classOf[k];
      // The mean over the members of the cell over that of the members of the class.
      const within = ofClass[c] > 0 ? (sums[k] * shareOf[c]) / (shares[k] * ofClass[c]) : 1;
      row[k] = (probabilities[i * classCount + c] / byLength[c]) * within;
    }
  }
  return {
    count: draws,
    cells,
    classOf,
    cell: gibbs(likelihood, shares, classOf, tracks.count, draws, random),
    member(track, cell, stream) {
      near(track, weights, members[cell]);
      const list = members[cell];
      let total = 0;
      for (const j of list) total += weights[j];
      if (!(total > 0)) return list[Math.floor(stream.uniform() * list.length)];
      let place = stream.uniform() * total;
      for (const j of list) {
        place -= weights[j];
        if (place < 0) return j;
      }
      return list[list.length - 1];
    },
  };
}

/**
 * How near the pool's tracks are to one of the file. Gives the share of each class among the pool's tracks of about its
 * length.
 */
function kernelOf(
  { values }: Summaries,
  tracks: Tracks,
  pool: Pool & { readonly summary: Summaries; readonly classes: Int32Array },
): (i: number, out: Float64Array, only?: Int32Array) => Float64Array {
  const count = pool.classes.length;
  const classCount = pool.classes.reduce((most, c) => Math.max(most, c), 0) + 1;
  const theirs = pool.summary.values;
  const scales = Float64Array.from({ length: SUMMARIES }, (_, s) => {
    let [sum, square] = [0, 0];
    for (let j = 0; j < count; j++) {
      sum += theirs[j * SUMMARIES + s];
      square += theirs[j * SUMMARIES + s] ** 2;
    }
    return 1 / (WIDTH * Math.sqrt(Math.max(1e-6, square / count - (sum / count) ** 2)));
  });
  const lengths = Float64Array.from({ length: count }, (_, j) =>
    Math.log(Math.max(1, pool.tracks.lengthOf(j))),
  );
  const all = Int32Array.from({ length: count }, (_, j) => j);
  const shares = new Map<number, Float64Array>();
  const scaled = new Float64Array(SUMMARIES);
  return (i, out, only = all) => {
    const points = Math.max(1, tracks.lengthOf(i));
    const ln = Math.log(points);
    for (let s = 0; s < SUMMARIES; s++) scaled[s] = values[i * SUMMARIES + s];
    for (const j of only) {
      let distance = ((lengths[j] - ln) / LENGTH_WIDTH) ** 2;
      for (let s = 0; s < SUMMARIES && distance < 60; s++) {
        distance += ((theirs[j * SUMMARIES + s] - scaled[s]) * scales[s]) ** 2;
      }
      out[j] = distance < 60 ? exp(-0.5 * distance) : 0;
    }
    let found = shares.get(points);
    if (!found) {
      found = new Float64Array(classCount);
      let total = 0;
      for (let j = 0; j < count; j++) {
        const weight = Math.exp(-0.5 * ((lengths[j] - ln) / LENGTH_WIDTH) ** 2);
        found[pool.classes[j]] += weight;
        total += weight;
      }
      for (let c = 0; c < classCount; c++) found[c] = Math.max(found[c] / total, 0.5 / count);
      shares.set(points, found);
    }
    return found;
  };
}

/** Cells of the tracks, draws × tracks: shares and cells are drawn in turn, each given the other. */
function gibbs(
  likelihood: Float64Array,
  prior: Float64Array,
  classOf: Int32Array,
  tracks: number,
  draws: number,
  random: Random,
): Uint16Array {
  const cells = prior.length;
  const out = new Uint16Array(draws * tracks);
  const counts = new Float64Array(cells);
  const shares = Float64Array.from(prior);
  const classes = Math.max(...classOf) + 1;
  const before = prior.map((share) => share * cells * PER_CELL);
  const sums = new Float64Array(cells);
  for (let step = 0; step < BURN_IN + draws * BETWEEN; step++) {
    const kept = step - BURN_IN;
    const row = kept >= 0 && kept % BETWEEN === 0 ? (kept / BETWEEN) * tracks : -1;
    counts.fill(0);
    for (let i = 0; i < tracks; i++) {
      let total = 0;
      for (let k = 0, at = i * cells; k < cells; k++, at++) {
        total += shares[k] * likelihood[at];
        sums[k] = total;
      }
      const place = random.uniform() * total;
      let [low, high] = [0, cells - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sums[middle] > place) high = middle;
        else low = middle + 1;
      }
      counts[low]++;
      if (row >= 0) out[row + i] = low;
    }
    // Shares of the classes, and of the cells within each.
    const [ofClass, within] = [new Float64Array(classes), new Float64Array(classes)];
    for (let k = 0; k < cells; k++) {
      shares[k] = randomGamma(random, before[k] + counts[k]);
      within[classOf[k]] += shares[k];
      ofClass[classOf[k]] += counts[k];
    }
    for (let c = 0; c < classes; c++) ofClass[c] = randomGamma(random, PER_CLASS + ofClass[c]);
    for (let k = 0; k < cells; k++) shares[k] *= ofClass[classOf[k]] / within[classOf[k]];
  }
  return out;
}

/** A gamma variate of any shape (Marsaglia & Tsang 2000, ACM Trans. Math. Softw. 26, 363). */
function randomGamma(random: Random, shape: number): number {
  if (shape < 1) return randomGamma(random, shape + 1) * (1 - random.uniform()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = random.normal();
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random.uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
      return d * v;
    }
  }
}
