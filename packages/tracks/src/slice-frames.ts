import { TracksError } from './errors.ts';
import { framesOf } from './frames-of.ts';
import { checkOptions } from './names/check-options.ts';
import { takeRuns } from './take-runs.ts';
import type { Tracks } from './tracks.ts';

/**
 * The points in the frames `from` … `to`, both included; what is left out does not bound. Frames keep their numbers,
 * tracks without a point there are left out, and every column is kept.
 *
 * @throws {@link TracksError} when a bound is no integer, or `to` comes before `from`
 *
 * @example
 * sliceFrames(tracks, { from: 2000 })
 */
export function sliceFrames(tracks: Tracks, range: { from?: number; to?: number }): Tracks {
  checkOptions('sliceFrames', range, { from: true, to: true });
  const { from = -Infinity, to = Infinity } = range;
  for (const [name, bound] of Object.entries({ from, to })) {
    if (!(Number.isInteger(bound) || Math.abs(bound) === Infinity)) {
      throw new TracksError(`${name} is ${bound}: expected a frame number`);
    }
  }
  if (to < from) throw new TracksError(`to is ${to}: expected at least from = ${from}`);
  const frames = framesOf(tracks);
  const runs = { from: [] as number[], to: [] as number[], track: [] as number[] };
  for (let i = 0; i < tracks.count; i++) {
    let begin = tracks.offsets[i];
    let end = tracks.offsets[i + 1];
    while (begin < end && frames[begin] < from) begin++;
    while (end > begin && frames[end - 1] > to) end--;
    if (begin === end) continue;
    runs.from.push(begin);
    runs.to.push(end);
    runs.track.push(i);
  }
  return takeRuns(tracks, runs, frames);
}
