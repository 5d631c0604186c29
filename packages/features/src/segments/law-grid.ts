import type { LawPoint, LawRange } from './climb.ts';
import type { Microscope } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** α of the laws that a change is looked for among, and the step of ln K. */
const ALPHAS = [0.1, 0.5, 0.9, 1.3, 1.6, 1.9];
const LOG_STEP = 1;
/** α may be so small and so large. */
const ALPHA_RANGE = [0.02, 1.98] as const;
/** A motion whose steps are so much smaller than σ is none that could be told from another. */
const UNSEEN = 1e-3;

/** Where the law of any stretch of a track may be; undefined where the track never moves. */
export function rangeOfLaws(steps: TrackSteps, { sigma }: Microscope): LawRange | undefined {
  const { axes, count, dim } = steps;
  let largest = 0;
  let window = 0;
  const squares = new Float64Array(count);
  for (let t = 0; t < count; t++) {
    for (const x of axes) squares[t] += x[t] * x[t];
    window += squares[t] - (t < 3 ? 0 : squares[t - 3]);
    const mean = window / (Math.min(t + 1, 3) * dim);
    if (mean > largest) largest = mean;
  }
  if (!(largest > 0)) return undefined;
  const high = Math.log(largest);
  const low = sigma > 0 ? Math.min(high - 1, Math.log(UNSEEN * sigma * sigma)) : high - 14;
  return { alpha: ALPHA_RANGE, logDiffusion: [low, high] };
}

/** Steps of the windows that tell how slow a track ever is, and how much less than that K may be. */
const WINDOW = 8;
const ROOM = 2.5;

/**
 * Laws all over a range, coarse enough to try them all and fine enough to see where the law changes; none far slower than the
 * slowest stretch of the track.
 */
export function lawGrid(
  steps: TrackSteps,
  { logDiffusion: [least, high] }: LawRange,
  { sigma }: Microscope,
): LawPoint[] {
  const slowest = slowestMean(steps) - 2 * sigma * sigma;
  const low = slowest > sigma * sigma ? Math.max(least, Math.log(slowest / 2) - ROOM) : least;
  const count = Math.max(2, Math.ceil((high - low) / LOG_STEP) + 1);
  return ALPHAS.flatMap((alpha) =>
    Array.from({ length: count }, (_, i) => ({
      alpha,
      logDiffusion: low + (i / (count - 1)) * (high - low),
    })),
  );
}

/** The least mean square per axis of a few steps over one frame in a row; 0 where there are not so many. */
function slowestMean({ axes, before, count, dim }: TrackSteps): number {
  let least = Number.POSITIVE_INFINITY;
  let sum = 0;
  const square = (t: number): number => axes.reduce((total, x) => total + x[t] * x[t], 0);
  for (let t = 0; t < count; t++) {
    if (before[t] === 0) sum = 0;
    sum += square(t);
    if (before[t] >= WINDOW) sum -= square(t - WINDOW);
    if (before[t] >= WINDOW - 1) least = Math.min(least, sum / (WINDOW * dim));
  }
  return Number.isFinite(least) ? least : 0;
}
