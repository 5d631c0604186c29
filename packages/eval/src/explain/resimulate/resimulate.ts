import type { Random } from '@diffusion/random';
import { fbm } from '@diffusion/simulate';
import type { Track } from '@diffusion/tracks';
import { CholeskyDecomposition, Matrix } from 'ml-matrix';
import type { TrackLaw } from './motion-laws.ts';

/** Kept points on each side that a stretch is bound to. */
const NEIGHBOURS = 8;
/** A gap is taken to last no longer than so many frames: what lies behind it is then as good as free. */
const LONGEST_GAP = 1_000;
/** A share of the variance that keeps a matrix from being singular. */
const JITTER = 1e-6;

/**
 * The positions of a track in which the points of `gone` are drawn anew, as fractional Brownian motion of the track's law with
 * localisation error, given the kept points before and after each stretch (up to 8 on either side): a bridge. Conditional
 * draws after Matheron: a free path of the law, and what it lacks at the kept points, spread by the covariance
 * (Journel & Huijbregts 1978, Mining geostatistics, VII.A). Stretches are drawn one by one. Where no point is kept the path
 * begins where the track did.
 *
 * @param gone 1 per point that is drawn anew.
 * @returns points × dim; kept points as they were.
 *
 * @example
 * const positions = resimulate(track, law, Uint8Array.from({ length: track.length }, (_, i) => +(i > 10 && i < 20)), keyedRandom(1));
 */
export function resimulate(
  track: Track,
  law: TrackLaw,
  gone: ArrayLike<number>,
  random: Random,
): Float64Array {
  const { length, positions } = track;
  const out = Float64Array.from(positions);
  const at = framesAt(track);
  for (let from = 0; from < length; from++) {
    if (!gone[from]) continue;
    let to = from;
    while (to < length && gone[to]) to++;
    const kept: number[] = [];
    for (let i = from - 1; i >= 0 && kept.length < NEIGHBOURS; i--) if (!gone[i]) kept.unshift(i);
    const left = kept.length;
    for (let i = to; i < length && kept.length < left + NEIGHBOURS; i++) {
      if (!gone[i]) kept.push(i);
    }
    bridge(track, law, at, { from, to, kept }, random, out);
    from = to;
  }
  return out;
}

/** Frame of every point from the first on, long gaps shortened. */
function framesAt({ length, frames }: Track): Float64Array {
  const at = new Float64Array(length);
  for (let i = 1; i < length; i++) {
    at[i] = at[i - 1] + (frames ? Math.min(LONGEST_GAP, frames[i] - frames[i - 1]) : 1);
  }
  return at;
}

interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Places of the kept points that it is bound to. */
  readonly kept: readonly number[];
}

function bridge(
  { dim, dt, positions }: Track,
  { alpha, diffusion, sigma }: TrackLaw,
  at: Float64Array,
  { from, to, kept }: Stretch,
  random: Random,
  out: Float64Array,
): void {
  const places = [...kept, ...Array.from({ length: to - from }, (_, k) => from + k)];
  const first = Math.min(kept[0] ?? from, from);
  const last = Math.max(kept.at(-1) ?? from, to - 1);
  const points = at[last] - at[first] + 1;
  const variance = 2 * diffusion * dt ** alpha;
  // A free path with its errors, of which differences from an anchor count: where a track lies tells nothing.
  const path = new Float64Array(points * dim);
  fbm(random, path, points, dim, { alpha, step: Math.sqrt(variance) });
  const anchor = kept[0] ?? from;
  const others = kept.slice(1);
  const free = new Map<number, Float64Array>();
  for (const place of places) {
    const row = (at[place] - at[first]) * dim;
    free.set(
      place,
      path.slice(row, row + dim).map((x) => x + sigma * random.normal()),
    );
  }
  const start = free.get(anchor)!;
  const covariance = (i: number, j: number): number => {
    const [a, b] = [Math.abs(at[i] - at[anchor]), Math.abs(at[j] - at[anchor])];
    const apart = Math.abs(at[i] - at[j]);
    const motion = (variance / 2) * (a ** alpha + b ** alpha - apart ** alpha);
    return motion + sigma * sigma * (i === j ? 2 : 1);
  };
  const weights = weightsOf(others, covariance, { anchor, dim, positions, free, start });
  for (let i = from; i < to; i++) {
    const own = free.get(i)!;
    const near = others.map((j) => covariance(i, j));
    for (let d = 0; d < dim; d++) {
      let x = positions[anchor * dim + d] + own[d] - start[d];
      for (const [k, c] of near.entries()) x += c * weights[k * dim + d];
      out[i * dim + d] = x;
    }
  }
}

interface Known {
  readonly anchor: number;
  readonly dim: number;
  readonly positions: Float64Array;
  readonly free: ReadonlyMap<number, Float64Array>;
  readonly start: Float64Array;
}

/** What the free path lacks at the kept points, times the inverse of their covariance: kept × dim. */
function weightsOf(
  others: readonly number[],
  covariance: (i: number, j: number) => number,
  { anchor, dim, positions, free, start }: Known,
): Float64Array {
  const count = others.length;
  if (count === 0) return new Float64Array(0);
  const matrix = Matrix.zeros(count, count);
  const lack = Matrix.zeros(count, dim);
  for (const [a, i] of others.entries()) {
    for (const [b, j] of others.entries()) matrix.set(a, b, covariance(i, j));
    for (let d = 0; d < dim; d++) {
      const seen = positions[i * dim + d] - positions[anchor * dim + d];
      lack.set(a, d, seen - (free.get(i)![d] - start[d]));
    }
  }
  let largest = 0;
  for (let a = 0; a < count; a++) largest = Math.max(largest, matrix.get(a, a));
  for (let a = 0; a < count; a++) matrix.set(a, a, matrix.get(a, a) + JITTER * largest);
  return Float64Array.from(new CholeskyDecomposition(matrix).solve(lack).to1DArray());
}
