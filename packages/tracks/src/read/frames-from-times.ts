import { frameProblem } from './numbers.ts';
import { inFileOrder, type PointOrder } from './order-points.ts';
import type { TimeProblem } from './time-step.ts';

/** Sorts the points of each track by time; points at one time keep their order. */
export function sortByTime({ offsets, order }: PointOrder, times: Float64Array): PointOrder {
  const sorted = order ?? inFileOrder(times.length);
  for (let i = 0; i + 1 < offsets.length; i++) {
    sorted.subarray(offsets[i], offsets[i + 1]).sort((a, b) => times[a] - times[b]);
  }
  return { offsets, order: sorted };
}

/**
 * Frame of every point from its time, for a table that has times and no frames: the shortest time between two points
 * of a track is one frame (unless `dt` says how long that is), the earliest time of all is frame 0, and every time
 * must be a whole number of frames after the one before it, to a quarter of a frame.
 */
export function framesFromTimes(
  times: Float64Array,
  { offsets, order }: PointOrder,
  dt: number | undefined,
): { frames: Int32Array } | { problem: TimeProblem } {
  const at = (p: number) => (order ? order[p] : p);
  let shortest = Infinity;
  let earliest = Infinity;
  for (let i = 0; i + 1 < offsets.length; i++) {
    earliest = Math.min(earliest, times[at(offsets[i])]);
    for (let p = offsets[i] + 1; p < offsets[i + 1]; p++) {
      const step = times[at(p)] - times[at(p - 1)];
      if (step > 0 && step < shortest) shortest = step;
    }
  }
  // Tracks of one point tell no interval: each time is then its own frame, 0 for the earliest.
  const interval = dt ?? (shortest < Infinity ? shortest : 1);
  const frames = new Int32Array(times.length);
  for (let i = 0; i + 1 < offsets.length; i++) {
    for (let p = offsets[i]; p < offsets[i + 1]; p++) {
      const first = p === offsets[i];
      const since = times[at(p)] - (first ? earliest : times[at(p - 1)]);
      const steps = Math.round(since / interval);
      const frame = steps + (first ? 0 : frames[at(p - 1)]);
      const off = !first && Math.abs(since / interval - steps) > 0.25;
      if (off || frameProblem(frame, '')) {
        const message =
          `is ${times[at(p)]}, ${since} after the one before: expected a whole number of ` +
          `intervals of ${interval}; name a column of frames, or give dt`;
        return { problem: { point: at(p), message } };
      }
      frames[at(p)] = frame;
    }
  }
  return { frames };
}
