import type { Track, Tracks } from '@diffusion/tracks';

/** How many numbers {@link summaries} has of a track. */
export const SUMMARIES = 5;

/** What of them goes into the check, by name: their places. */
export const PLACES = {
  correlation: 0,
  msdShort: 1,
  msdLong: 2,
  steps: 3,
  straightness: 4,
} as const;

/** What tracks look like, free of units, and the size of their steps. */
export interface Summaries {
  /**
   * Tracks × {@link SUMMARIES}: the correlation of one step with the next; ln of the MSD of two frames, and of a third of the
   * track, over that of one frame, each over the ln of the lag; ln of the fourth moment of the steps over their second squared; ln of the
   * net displacement over the root mean square that steps without memory have. 0 where a track has none.
   */
  readonly values: Float64Array;
  /** Root mean square of a step of one frame; of any link, over the root of its frames, where there is none. NaN below 2 points. */
  readonly step: Float64Array;
}

/** {@link Summaries} of every track. */
export function summaries(tracks: Tracks): Summaries {
  const values = new Float64Array(tracks.count * SUMMARIES);
  const step = new Float64Array(tracks.count);
  for (const track of tracks) {
    step[track.index] = describe(track, values, track.index * SUMMARIES);
  }
  return { values, step };
}

/** A ratio that no track goes beyond, so that one that stands still has a place too. */
const clamp = (value: number, most: number): number =>
  Number.isNaN(value) ? 0 : Math.max(-most, Math.min(most, value));

function describe(track: Track, out: Float64Array, at: number): number {
  const { length, dim, positions, frames } = track;
  if (length < 2) return Number.NaN;
  let [square, fourth, steps, product, pairs, links, duration] = [0, 0, 0, 0, 0, 0, 0];
  for (let p = 1; p < length; p++) {
    const gap = frames ? frames[p] - frames[p - 1] : 1;
    let s = 0;
    for (let d = 0; d < dim; d++) {
      s += (positions[p * dim + d] - positions[(p - 1) * dim + d]) ** 2;
    }
    links += s;
    duration += gap;
    if (gap !== 1) continue;
    square += s;
    fourth += s * s;
    steps++;
    if (p + 1 < length && (frames ? frames[p + 1] - frames[p] : 1) === 1) {
      for (let d = 0; d < dim; d++) {
        const x = positions[p * dim + d];
        product += (x - positions[(p - 1) * dim + d]) * (positions[(p + 1) * dim + d] - x);
      }
      pairs++;
    }
  }
  const mean = steps > 0 ? square / steps : links / duration;
  if (!(mean > 0)) return 0;
  const long = Math.max(3, Math.round(duration / 3));
  out[at + PLACES.correlation] = pairs > 0 ? clamp(product / pairs / mean, 1) : 0;
  out[at + PLACES.msdShort] = clamp(Math.log(msdOf(track, 2) / mean) / Math.LN2, 3);
  out[at + PLACES.msdLong] = clamp(Math.log(msdOf(track, long) / mean) / Math.log(long), 3);
  out[at + PLACES.steps] = steps > 1 ? clamp(Math.log(fourth / steps / mean ** 2), 6) : 0;
  let net = 0;
  for (let d = 0; d < dim; d++) net += (positions[(length - 1) * dim + d] - positions[d]) ** 2;
  out[at + PLACES.straightness] = clamp(0.5 * Math.log(net / (mean * duration)), 6);
  return Math.sqrt(mean);
}

/** Mean squared displacement over exactly so many frames; NaN where no two points are so far apart. */
export function msdOf({ length, dim, positions, frames }: Track, lag: number): number {
  let [sum, count] = [0, 0];
  for (let p = 0, q = 0; p < length; p++) {
    const wanted = (frames ? frames[p] : p) + lag;
    while (q < length && (frames ? frames[q] : q) < wanted) q++;
    if (q === length) break;
    if ((frames ? frames[q] : q) !== wanted) continue;
    for (let d = 0; d < dim; d++) sum += (positions[q * dim + d] - positions[p * dim + d]) ** 2;
    count++;
  }
  return sum / count;
}
