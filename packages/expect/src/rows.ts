import { type Random, randomIndex } from '@diffusion/random';
import type { Making } from './making.ts';
import type { Pool } from './pool.ts';
import type { FilePosterior } from './posterior.ts';
import type { Summaries } from './summaries.ts';

/** Orders of tracks like those of a file, out of its joint posterior. */
export interface Rows {
  readonly orders: readonly Making[];
  /** Class, cell, the draw that a row comes from and the track that it is like. */
  readonly truth: Int32Array;
  readonly cell: Uint16Array;
  readonly draw: Uint16Array;
  readonly like: Uint32Array;
  /** Rows of a class count together as its share of the file; they add up to the number of rows. */
  readonly weight: Float64Array;
}

/** Rows of a class that has hardly a track, over those that an equal part would be. */
const LEAST_PART = 0.5;

/**
 * Draws what a track of the file is and how it is made: a draw of the posterior, one of the tracks that have the class
 * there, its cell, and a like one of the pool, from which come the parameters; the scale is that of the pool's times the ratio of
 * their steps. A class that no draw has is drawn where it is likeliest.
 */
export function drawRows(
  posterior: FilePosterior,
  pool: Pool & { readonly summary: Summaries },
  file: {
    readonly summary: Summaries;
    readonly count: number;
    readonly probabilities: Float32Array;
  },
  classCount: number,
  count: number,
  random: Random,
): Rows {
  const { cell, classOf, count: draws, cells } = posterior;
  const places = classPlaces(posterior, file.count, classCount);
  const total = draws * file.count;
  const shares = places.map((list) => list.length / total);
  const wanted = shares.map((share) =>
    Math.round(Math.max(share * count, (LEAST_PART * count) / classCount)),
  );
  const all = wanted.reduce((a, b) => a + b, 0);
  const orders: Making[] = [];
  const truth = new Int32Array(all);
  const rows = {
    ...{ orders, truth, cell: new Uint16Array(all), draw: new Uint16Array(all) },
    ...{ like: new Uint32Array(all), weight: new Float64Array(all) },
  };
  const ownStep = leastSteps(file.summary.step);
  wanted.forEach((of, c) => {
    const ofClass = Int32Array.from({ length: cells }, (_, k) => k).filter((k) => classOf[k] === c);
    for (let k = 0; k < of && ofClass.length > 0; k++) {
      const row = orders.length;
      let [draw, track, where] = [0, 0, 0];
      if (places[c].length > 0) {
        const place = places[c][Math.floor(random.uniform() * places[c].length)];
        draw = Math.floor(place / file.count);
        track = place % file.count;
        where = cell[place];
      } else {
        draw = Math.floor(random.uniform() * draws);
        track = likeliest(file.probabilities, classCount, c, file.count, random);
        where = ofClass[Math.floor(random.uniform() * ofClass.length)];
      }
      const member = posterior.member(track, where, random);
      const making = pool.makings[member];
      const ratio = ownStep[track] / pool.summary.step[member];
      // One of the pool stands still where its few points fall on one place of the grid.
      const times = ratio > 0 && ratio < Number.POSITIVE_INFINITY ? ratio : ownStep[track];
      orders.push({ ...making, scale: making.scale * times });
      truth[row] = c;
      rows.cell[row] = where;
      rows.draw[row] = draw;
      rows.like[row] = track;
      rows.weight[row] = (shares[c] / of) * all;
    }
  });
  return trimmed(rows, orders.length);
}

/** Places (draw × tracks + track) where a class is, by class. */
function classPlaces(
  { cell, classOf }: FilePosterior,
  _tracks: number,
  classCount: number,
): number[][] {
  const places: number[][] = Array.from({ length: classCount }, () => []);
  for (let place = 0; place < cell.length; place++) places[classOf[cell[place]]].push(place);
  return places;
}

/** A track in proportion to the probability that it is of a class; any where no number says. */
function likeliest(
  probabilities: Float32Array,
  classCount: number,
  c: number,
  count: number,
  random: Random,
): number {
  const weights = Float64Array.from({ length: count }, (_, i) => {
    const p = probabilities[i * classCount + c];
    return Number.isNaN(p) ? 0 : p;
  });
  if (!weights.some((w) => w > 0)) return Math.floor(random.uniform() * count);
  return randomIndex(random, weights);
}

/** The steps of the tracks; of one that never moves, or has a single point, a thousandth of the median. */
function leastSteps(step: Float64Array): Float64Array {
  const there = step.filter((s) => s > 0).sort();
  const median = there.length > 0 ? there[there.length >> 1] : 1;
  return step.map((s) => (s > 0 ? s : median / 1000));
}

function trimmed(rows: Rows, count: number): Rows {
  return {
    orders: rows.orders,
    truth: rows.truth.subarray(0, count),
    cell: rows.cell.subarray(0, count),
    draw: rows.draw.subarray(0, count),
    like: rows.like.subarray(0, count),
    weight: rows.weight.subarray(0, count),
  };
}
