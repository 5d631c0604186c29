import type { Random } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { drawFrom, extremes } from './distribution.ts';
import type { Circumstances } from './law.ts';
import type { Distributions } from './read-prior.ts';

/** What of a track is drawn before it is known what moves. */
export interface Scene {
  readonly dim: Dim;
  /** Points that are seen. */
  readonly points: number;
  /** From the first to the last of them. */
  readonly frames: number;
  readonly missing: number;
  /** Mean number of frames that are missed together. */
  readonly burst: number;
  /** √(one-frame MSD ÷ 2·dim)/σ of what moves. */
  readonly q: number;
  readonly exposure: number;
  /** √(one-frame MSD ÷ 2·dim + σ²). */
  readonly scale: number;
  /** σ of the coordinates over their root mean square. */
  readonly ratios: readonly number[];
  readonly variation: number;
  /** In position units, as what follows. */
  readonly pixel: number;
  /** Per frame. */
  readonly drift: number;
  readonly searchRadius: number;
}

/** Draws what does not depend on what moves. */
export function drawScene(distributions: Distributions, random: Random, dim: Dim): Scene {
  const draw = (name: keyof Distributions): number => drawFrom(distributions[name], random);
  const points = draw('length');
  const q = draw('q');
  const exposure = draw('exposure');
  const scale = draw('scale');
  const gaps = draw('gaps');
  const burst = draw('burst');
  const variation = draw('variation');
  const xy = draw('xy');
  const xIsWorse = random.int32() < 0;
  const z = draw('z');
  const pixel = draw('pixel') * scale;
  // Whole frames, and no more of them than asked for.
  const missing = Math.floor((gaps / (1 - gaps)) * points);
  const frames = points + missing;
  const drift = (draw('drift') * scale) / (frames - 1);
  const searchRadius = draw('search') * Math.sqrt(2 * dim) * scale;
  const ratios = ratiosOf(dim, xIsWorse ? 1 / xy : xy, z);
  return {
    ...{ dim, points, frames, missing, burst, q, exposure, scale },
    ...{ ratios, variation, pixel, drift, searchRadius },
  };
}

/** The scene in which most laws are possible: the longest tracks, the least error. */
export function bestScene({ length, q }: Distributions, dim: Dim): Scene {
  const points = extremes(length).most;
  return {
    ...{ dim, points, frames: points, missing: 0, burst: 1, q: extremes(q).most, exposure: 0 },
    ...{ scale: 1, ratios: ratiosOf(dim, 1, 1), variation: 0, pixel: 0, drift: 0 },
    searchRadius: Infinity,
  };
}

/**
 * How what is seen is divided between motion and error: of what is at rest it is all error, where there is any, so that it
 * has the same size.
 */
export function circumstancesOf(scene: Scene, atRest: boolean): Circumstances {
  const { dim, frames, exposure, q, scale } = scene;
  const whole = { dim, frames, exposure };
  if (q === Infinity) return { ...whole, deviation: atRest ? 0 : scale, sigma: 0 };
  if (atRest) return { ...whole, deviation: 0, sigma: scale };
  const sigma = scale / Math.sqrt(1 + q * q);
  return { ...whole, deviation: q * sigma, sigma };
}

/** y over x, and z over their root mean square, as parts of the root mean square of all. */
function ratiosOf(dim: Dim, y: number, z: number): readonly number[] {
  if (dim === 1) return [1];
  const plane = [1, y].map((ratio) => ratio / Math.sqrt((1 + y * y) / 2));
  if (dim === 2) return plane;
  const all = Math.sqrt((2 + z * z) / 3);
  return [...plane, z].map((ratio) => ratio / all);
}
