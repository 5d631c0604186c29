import type { Prediction } from '@diffusion/tracks';
import { Tracks } from '@diffusion/tracks';
import type { Judge } from './explained-answers.ts';

/** A track with other positions: its place in the set, and points × dim of them. */
export interface Variant {
  readonly row: number;
  readonly positions: Float64Array;
}

/** Points that are judged in one call: they are held in memory. */
const POINTS_AT_ONCE = 400_000;

/**
 * What a model says of variants of tracks, in parts that fit the memory.
 *
 * @param variants in any order; made one by one as they are needed.
 * @param hear told the answers of a part: place i of the prediction is variant `from + i`.
 */
export async function judgeVariants(
  tracks: Tracks,
  judge: Judge,
  variants: Iterable<Variant>,
  hear: (prediction: Prediction, part: readonly Variant[]) => void,
): Promise<void> {
  let part: Variant[] = [];
  let points = 0;
  const flush = async () => {
    if (part.length === 0) return;
    hear(await judge.predict(tracksOf(tracks, part)), part);
    part = [];
    points = 0;
  };
  for (const variant of variants) {
    part.push(variant);
    points += tracks.lengthOf(variant.row);
    if (points >= POINTS_AT_ONCE) await flush();
  }
  await flush();
}

/** Variants as tracks of their own: frames and units are those of the tracks, columns are not needed. */
function tracksOf(tracks: Tracks, variants: readonly Variant[]): Tracks {
  const { dim, dt, positionUnit, timeUnit, frames } = tracks;
  const offsets = new Uint32Array(variants.length + 1);
  variants.forEach(({ row }, v) => {
    offsets[v + 1] = offsets[v] + tracks.lengthOf(row);
  });
  const points = offsets[variants.length];
  const positions = new Float64Array(points * dim);
  const own = frames && new Int32Array(points);
  variants.forEach(({ row, positions: p }, v) => {
    positions.set(p, offsets[v] * dim);
    own?.set(frames!.subarray(tracks.offsets[row], tracks.offsets[row + 1]), offsets[v]);
  });
  return new Tracks({
    ...{ positions, offsets, dim, dt, positionUnit, timeUnit },
    ...(own && { frames: own }),
  });
}
