import type { Tracks } from '@diffusion/tracks';
import { sessionsOf } from './sessions.ts';

/** What of a file no simulated track has, or not so; `value` is its size, in what `text` says. */
export interface Warning {
  readonly kind: 'swaps' | 'quantised' | 'interpolated';
  readonly value: number;
  readonly text: string;
}

/** What {@link inspectPositions} finds. */
export interface Inspection {
  /** Side of the grid on which the positions lie; 0 where it is none, or finer than matters. */
  readonly pixel: number;
  readonly warnings: readonly Warning[];
}

/** Share of the links that are expected to go to another particle, from which it is said. */
const SWAPS = 0.01;
/** Side of a grid over the deviation of a step per axis from which it matters: the least of the prior's. */
const COARSE = 0.2;
/** Share of the points that lie on the line between their neighbours, from which it is said. */
const ON_A_LINE = 0.01;

/**
 * Looks at positions for what the tracks of the prior have not: links that are likely to go to another particle, a grid, and
 * points that were put on the line between others.
 *
 * @param step root mean square of the steps of each track.
 */
export function inspectPositions(tracks: Tracks, step: Float64Array): Inspection {
  const there = step.filter((s) => s > 0).sort();
  const deviation = there.length > 0 ? there[there.length >> 1] / Math.sqrt(2 * tracks.dim) : 0;
  const warnings: Warning[] = [];
  const percent = (share: number): string => `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
  const swaps = expectedSwaps(tracks);
  if (swaps > SWAPS) {
    warnings.push({
      kind: 'swaps',
      value: swaps,
      text: `${percent(swaps)} of the links have, by density and step, another particle nearer than their own: tracks are likely to change particles`,
    });
  }
  const side = gridOf(tracks);
  const coarse = deviation > 0 && side > COARSE * deviation;
  if (coarse) {
    warnings.push({
      kind: 'quantised',
      value: side,
      text: `positions lie on a grid of ${Number(side.toPrecision(3))} ${tracks.positionUnit}, ${Number((side / deviation).toPrecision(2))} times the deviation of a step along an axis`
        .replace('  ', ' ')
        .replace(' ,', ','),
    });
  }
  // On a coarse grid points are on a line by chance.
  const line = coarse ? 0 : onALine(tracks, side);
  // So many are there by chance, on a finer one.
  const chance = deviation > 0 ? (side / deviation) ** tracks.dim : 0;
  if (line > ON_A_LINE + chance) {
    warnings.push({
      kind: 'interpolated',
      value: line,
      text: `${percent(line)} of the points lie exactly in the middle of their neighbours: positions are interpolated, and move less than the particle did`,
    });
  }
  return { pixel: coarse ? side : 0, warnings };
}

/**
 * Mean over the links of the probability that another particle is nearer than a particle's own next place: 1 − exp(−density ×
 * volume within the link's length), the density being that of the next frame over the box that all points lie in.
 */
export function expectedSwaps(tracks: Tracks): number {
  const { dim, frames, offsets, positions, count } = tracks;
  if (!frames) return 0;
  const sessions = sessionsOf(tracks);
  const low = new Float64Array(sessions.count * dim).fill(Number.POSITIVE_INFINITY);
  const high = new Float64Array(sessions.count * dim).fill(Number.NEGATIVE_INFINITY);
  const inFrame = new Map<string, number>();
  for (let i = 0; i < count; i++) {
    const s = sessions.of[i];
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const key = `${s}:${frames[p]}`;
      inFrame.set(key, (inFrame.get(key) ?? 0) + 1);
      for (let d = 0; d < dim; d++) {
        low[s * dim + d] = Math.min(low[s * dim + d], positions[p * dim + d]);
        high[s * dim + d] = Math.max(high[s * dim + d], positions[p * dim + d]);
      }
    }
  }
  const volume = Float64Array.from({ length: sessions.count }, (_, s) => {
    let product = 1;
    for (let d = 0; d < dim; d++) product *= high[s * dim + d] - low[s * dim + d];
    return product;
  });
  const ball = [2, Math.PI, (4 / 3) * Math.PI][dim - 1];
  let [sum, links] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      let square = 0;
      for (let d = 0; d < dim; d++) {
        square += (positions[p * dim + d] - positions[(p - 1) * dim + d]) ** 2;
      }
      const others = (inFrame.get(`${sessions.of[i]}:${frames[p]}`) ?? 1) - 1;
      links++;
      if (others === 0 || square === 0) continue;
      sum += 1 - Math.exp((-others / volume[sessions.of[i]]) * ball * square ** (dim / 2));
    }
  }
  return links > 0 ? sum / links : 0;
}

/** Positions that are looked at. */
const LOOKED_AT = 2_000;

/** Side of the grid on which all positions lie along every axis: the largest of the axes; 0 for none. */
export function gridOf({ positions, dim, pointCount }: Tracks): number {
  if (pointCount < 20) return 0;
  let side = 0;
  const every = Math.max(1, Math.floor(pointCount / LOOKED_AT));
  for (let d = 0; d < dim; d++) {
    const values: number[] = [];
    for (let p = 0; p < pointCount; p += every) values.push(positions[p * dim + d]);
    side = Math.max(side, sideOf(Float64Array.from(values).sort()));
  }
  return side;
}

/** The largest step of which all differences are whole multiples, where values come back often enough to say so. */
function sideOf(sorted: Float64Array): number {
  const size = Math.max(Math.abs(sorted[0]), Math.abs(sorted[sorted.length - 1]));
  const rounding = 1e-9 * size;
  const gaps: number[] = [];
  for (let k = 1; k < sorted.length; k++) {
    const gap = sorted[k] - sorted[k - 1];
    if (gap > rounding) gaps.push(gap);
  }
  // Values that never come back are on no grid that a sample of them could show.
  if (gaps.length === 0 || gaps.length > 0.98 * (sorted.length - 1)) return 0;
  let side = gaps[0];
  for (const gap of gaps) {
    // Euclid's, with what rounding leaves being nothing.
    let [a, b] = [Math.max(side, gap), Math.min(side, gap)];
    while (b > 100 * rounding && b > 1e-4 * a) [a, b] = [b, Math.abs(a - b * Math.round(a / b))];
    side = a;
    if (side < 1e-7 * (sorted[sorted.length - 1] - sorted[0])) return 0;
  }
  return side;
}

/** Share of the inner points that move and are in the middle of their neighbours, to within a grid of that side. */
export function onALine({ positions, dim, offsets, frames, count }: Tracks, side: number): number {
  let [middle, inner] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let p = offsets[i] + 1; p + 1 < offsets[i + 1]; p++) {
      if (frames && frames[p + 1] - frames[p] !== frames[p] - frames[p - 1]) continue;
      inner++;
      let [on, moves] = [true, false];
      for (let d = 0; d < dim; d++) {
        const [a, b, c] = [p - 1, p, p + 1].map((q) => positions[q * dim + d]);
        const tolerance = 1.01 * side + 1e-9 * Math.max(Math.abs(a), Math.abs(c));
        if (Math.abs(a - 2 * b + c) > tolerance) on = false;
        if (Math.abs(c - a) > 4 * tolerance) moves = true;
      }
      if (on && moves) middle++;
    }
  }
  return inner > 0 ? middle / inner : 0;
}
