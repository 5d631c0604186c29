import type { Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import type { LawPoint } from './climb.ts';
import { fitSegment } from './fit-segment.ts';
import { rangeOfLaws } from './law-grid.ts';
import { type TrackSteps, trackSteps } from './track-steps.ts';

/** So many tracks are asked, of so many steps each, and none that is shorter than the least. */
const ASKED = { tracks: 40, steps: 64, least: 10 };
/** Values of σ that are tried, and the smallest of them against the largest. */
const TRIED = 14;
const SMALLEST = 0.03;
/** Steps that a prediction looks back. */
const ORDER = 8;

/**
 * One localisation error for a file that tells none: the σ under which the first 64 steps of up to 40 tracks, evenly over the
 * file, are most likely together, each of them fractional Brownian motion with an α and a K of its own. It is at most what the
 * slowest tenth of them leaves room for. Where σ is known, it is better given; where steps are much longer than σ, nothing
 * tells it, and nothing needs it. NaN where no track that moves has ten points.
 *
 * @example
 * const segment = segmentByChanges({ sigma: commonSigma(tracks) });
 */
export function commonSigma(tracks: Tracks, exposure = 0): number {
  checkTracks(tracks, FeaturesError);
  const long = Array.from({ length: tracks.count }, (_, i) => i).filter(
    (i) => tracks.lengthOf(i) >= ASKED.least,
  );
  const every = Math.max(1, Math.ceil(long.length / ASKED.tracks));
  const asked = long
    .filter((_, i) => i % every === 0)
    .map((i) => trackSteps(contextOf(tracks.at(i))))
    .filter((steps) => deviationOf(steps) > 0);
  if (asked.length === 0) return Number.NaN;
  const deviations = asked.map(deviationOf).sort((a, b) => a - b);
  const largest = (1.05 * deviations[Math.floor(deviations.length / 10)]) / Math.SQRT2;
  const starts: LawPoint[] = asked.map((steps) => ({
    alpha: 0.9,
    logDiffusion: Math.log(deviationOf(steps) ** 2 / 4),
  }));
  const likely = (sigma: number): number =>
    asked.reduce((sum, steps, i) => {
      const microscope = { sigma, exposure };
      const range = rangeOfLaws(steps, microscope);
      if (!range) return sum;
      const to = Math.min(steps.count, ASKED.steps);
      const fit = fitSegment({ steps, from: 0, to, microscope, order: ORDER, range }, starts[i]);
      starts[i] = fit;
      return sum + fit.logLikelihood;
    }, 0);
  const logs = Array.from(
    { length: TRIED },
    (_, i) => Math.log(largest) + (1 - i / (TRIED - 1)) * Math.log(SMALLEST),
  );
  const heights = logs.map((log) => likely(Math.exp(log)));
  const best = heights.indexOf(Math.max(...heights));
  return Math.exp(logs[best] + vertex(heights, best) * (logs[1] - logs[0]));
}

/** Deviation per axis of the steps over one frame. */
function deviationOf({ axes, lags, count, dim }: TrackSteps): number {
  let sum = 0;
  let steps = 0;
  for (let t = 0; t < count; t++) {
    if (lags[t] !== 1) continue;
    for (const x of axes) sum += x[t] * x[t];
    steps++;
  }
  return Math.sqrt(sum / Math.max(1, steps * dim));
}

/** Where the parabola through a value and its neighbours is highest, in steps from it. */
function vertex(heights: readonly number[], at: number): number {
  if (at === 0 || at === heights.length - 1) return 0;
  const [a, b, c] = heights.slice(at - 1, at + 2);
  const bend = a - 2 * b + c;
  return bend < 0 ? (a - c) / (2 * bend) : 0;
}
