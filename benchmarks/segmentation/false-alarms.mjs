// How often a method finds a change in tracks without one: 200 points in 2D, Brownian and fractional, by Q, blur and gaps.
import { Tracks } from '@diffusion/tracks';
import { drawTrack } from '../coverage/law.mjs';

const POINTS = 200;
export const SETTINGS = [
  ...[0.3, 1, 3].map((q) => ({ alpha: 1, q, exposure: 0, missing: 0 })),
  ...[0.3, 1, 3].map((q) => ({ alpha: 0.5, q, exposure: 0, missing: 0 })),
  ...[0.3, 1, 3].map((q) => ({ alpha: 1.6, q, exposure: 0, missing: 0 })),
  { alpha: 1, q: 1, exposure: 1, missing: 0 },
  { alpha: 1, q: 3, exposure: 1, missing: 0 },
  { alpha: 1, q: 1, exposure: 0, missing: 0.1 },
  { alpha: 0.5, q: 3, exposure: 0.5, missing: 0.1 },
];

/** Tracks of one setting, and the localisation error that they have. */
export function drawn(setting, count) {
  const all = Array.from({ length: count }, (_, i) =>
    drawTrack(setting, POINTS, setting.missing, 22, i),
  );
  return new Tracks({
    positions: Float64Array.from(all.flatMap(({ positions }) => [...positions])),
    frames: Int32Array.from(all.flatMap(({ frames }) => [...frames])),
    offsets: Uint32Array.from({ length: count + 1 }, (_, i) => i * POINTS),
    dim: 2,
  });
}
