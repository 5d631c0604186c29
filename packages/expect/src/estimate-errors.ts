import { quantile } from '@diffusion/eval';
import {
  type MotionLaw,
  motionEstimates,
  motionLawOf,
  type PosteriorEstimate,
} from '@diffusion/features';
import { selectTracks, type Tracks } from '@diffusion/tracks';
import { type Ranged, share95 } from './ranged.ts';
import type { SimulatedOutcomes } from './simulated-outcomes.ts';

/** How far an estimate is from what is true. */
export interface ErrorSummary {
  /** Simulated tracks that have the number. */
  readonly rows: number;
  /** Median and root mean square of estimate less truth; of D, of their logarithms. NaN where no truth is above 0. */
  readonly median: number;
  readonly rms: number;
  /** Share of the 95 % intervals that hold the truth. */
  readonly inside: Ranged;
}

/** Errors of `motionEstimates` on the simulated tracks of a class. */
export interface EstimateErrors {
  readonly name: string;
  /** The law that they are estimated by: `directed` for that class, else `fbm`. */
  readonly estimator: MotionLaw;
  /** Of ln D. */
  readonly diffusion: ErrorSummary;
  readonly alpha: ErrorSummary;
}

/** Tracks of a class that are estimated, at most; and milliseconds that they may take, about. */
const MOST_ROWS = 60;
const BUDGET = 400;

/** Milliseconds that the posterior of a track takes, about, of a known exposure: more where frames are missing. */
function timeOf(tracks: Tracks, i: number): number {
  const { length, frames } = tracks.at(i);
  const gaps = frames !== undefined && length > 0 && frames[length - 1] - frames[0] >= length;
  return gaps ? 0.5 + 10 * (length / 100) ** 2.2 : 0.5 + 1.5 * (length / 100) ** 1.5;
}

/** {@link EstimateErrors} of every class, from tracks whose posteriors take no more than some seconds together. */
export function estimateErrors(
  made: Tracks,
  { classes, truth, diffusion, alpha, judged }: SimulatedOutcomes,
  exposure: number | undefined,
): EstimateErrors[] {
  return classes.map((name, c) => {
    const rows: number[] = [];
    let left = BUDGET;
    for (let r = 0; r < truth.length && rows.length < MOST_ROWS; r++) {
      if (truth[r] !== c || !judged[r]) continue;
      const time = timeOf(made, r) * (exposure === undefined ? 3 : 1);
      if (time > left) continue;
      rows.push(r);
      left -= time;
    }
    const estimator = motionLawOf(name) === 'directed' ? 'directed' : 'fbm';
    const estimates = motionEstimates(selectTracks(made, rows), { model: estimator, exposure });
    const of = (truths: Float64Array, take: (k: number) => PosteriorEstimate, ln: boolean) =>
      summaryOf(
        rows.flatMap((r, k) => {
          const { value, interval } = take(k);
          return Number.isNaN(truths[r]) || Number.isNaN(value)
            ? []
            : [{ truth: truths[r], value, interval }];
        }),
        ln,
      );
    return {
      name,
      estimator,
      diffusion: of(diffusion, (k) => estimates[k].diffusion, true),
      alpha: of(alpha, (k) => estimates[k].alpha, false),
    };
  });
}

interface Compared {
  readonly truth: number;
  readonly value: number;
  readonly interval: readonly [number, number];
}

function summaryOf(found: readonly Compared[], ln: boolean): ErrorSummary {
  const errors = found
    .filter(({ truth }) => !ln || truth > 0)
    .map(({ truth, value }) => (ln ? Math.log(value / truth) : value - truth))
    .sort((a, b) => a - b);
  const square = errors.reduce((sum, e) => sum + e * e, 0);
  const inside = found.filter(
    ({ truth, interval: [low, high] }) => truth >= low && truth <= high,
  ).length;
  return {
    rows: found.length,
    median: quantile(errors, 0.5),
    rms: errors.length > 0 ? Math.sqrt(square / errors.length) : Number.NaN,
    inside: share95(inside, found.length),
  };
}
