import { features } from '@diffusion/features';
import type { Tracks } from '@diffusion/tracks';

/** A feature of `@diffusion/features` that a network sees, and the mean and deviation that make it standard. */
export interface StandardFeature {
  readonly name: string;
  readonly mean: number;
  readonly deviation: number;
}

/** Standard values further out than this are taken as this: a network is not shown what it cannot have learnt. */
const bound = 5;

/**
 * Features with the mean and deviation that they have over tracks; undefined values are left out.
 *
 * @param names of the catalogue of `@diffusion/features`; choose features free of units.
 */
export function standardFeatures(tracks: Tracks, names: readonly string[]): StandardFeature[] {
  const values = features(tracks, { names });
  return names.map((name) => {
    const known = values[name].filter(Number.isFinite);
    const mean = known.reduce((sum, x) => sum + x, 0) / Math.max(1, known.length);
    const variance = known.reduce((sum, x) => sum + (x - mean) ** 2, 0) / Math.max(1, known.length);
    return { name, mean, deviation: variance > 0 ? Math.sqrt(variance) : 1 };
  });
}

/**
 * Writes standard features of every track, undefined ones as 0, the mean.
 *
 * @param out rows of `stride` numbers; feature k of track i goes to out[i · stride + first + k].
 */
export function writeStandardFeatures(
  tracks: Tracks,
  standard: readonly StandardFeature[],
  out: Float32Array,
  stride: number,
  first: number,
): void {
  if (standard.length === 0) return;
  const values = features(tracks, { names: standard.map(({ name }) => name) });
  standard.forEach(({ name, mean, deviation }, k) => {
    const column = values[name];
    for (let i = 0; i < tracks.count; i++) {
      const z = (column[i] - mean) / deviation;
      out[i * stride + first + k] = Number.isNaN(z) ? 0 : Math.max(-bound, Math.min(bound, z));
    }
  });
}
