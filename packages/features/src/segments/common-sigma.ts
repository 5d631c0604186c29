import type { Tracks } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { climb, type LawPoint } from './climb.ts';
import { densityOf } from './fit-segment.ts';
import { rangeOfLaws } from './law-grid.ts';
import { type TrackSteps, trackSteps } from './track-steps.ts';

/** So many stretches are asked, of so many steps each: short, so that few of them hold a change. */
const ASKED = { stretches: 150, steps: 20, least: 9 };
/** Values of σ that are tried, and the smallest of them against the largest. */
const TRIED = 14;
const SMALLEST = 0.03;
/**
 * How α leans towards 1: left free, each stretch takes a share of the error for subdiffusion of its own; held at 1, subdiffusion is
 * taken for error. What comes out is rather too small.
 */
const LEAN = 1;
/** Steps that a prediction looks back. */
const ORDER = 8;

/** A stretch of a track. */
interface Part {
  readonly steps: TrackSteps;
  readonly from: number;
  readonly to: number;
}

/**
 * One localisation error for a file that tells none: the σ under which up to 150 stretches of 20 steps, evenly over the file,
 * are most likely together, each of them fractional Brownian motion with a K of its own and an α that leans towards 1. It is at most what the
 * slowest tenth of them leaves room for. Where σ is known, it is better given; where all steps are much longer than σ, nothing
 * tells it, and little needs it. NaN where no track that moves has ten points.
 *
 * @example
 * const segment = segmentByChanges({ sigma: commonSigma(tracks) });
 */
export function commonSigma(tracks: Tracks, exposure = 0): number {
  checkTracks(tracks, FeaturesError);
  const parts = [...tracks].flatMap((track): Part[] => {
    if (track.length <= ASKED.least) return [];
    const steps = trackSteps(contextOf(track));
    return Array.from({ length: Math.max(1, Math.floor(steps.count / ASKED.steps)) }, (_, i) => ({
      steps,
      from: i * ASKED.steps,
      to: Math.min(steps.count, (i + 1) * ASKED.steps),
    }));
  });
  const every = Math.max(1, Math.ceil(parts.length / ASKED.stretches));
  const asked = parts.filter((part, i) => i % every === 0 && deviationOf(part) > 0);
  if (asked.length === 0) return Number.NaN;
  const deviations = asked.map(deviationOf).sort((a, b) => a - b);
  const largest = (1.05 * deviations[Math.floor(deviations.length / 10)]) / Math.SQRT2;
  const starts: LawPoint[] = asked.map((part) => ({
    alpha: 0.9,
    logDiffusion: Math.log(deviationOf(part) ** 2 / 4),
  }));
  const likely = (sigma: number): number =>
    asked.reduce((sum, part, i) => {
      const microscope = { sigma, exposure };
      const range = rangeOfLaws(part.steps, microscope);
      if (!range) return sum;
      const density = densityOf({ ...part, microscope, order: ORDER, range });
      const leaning = (alpha: number, log: number) => density(alpha, log) - LEAN * (alpha - 1) ** 2;
      const fit = climb(leaning, starts[i], range);
      starts[i] = fit;
      return sum + fit.height;
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
function deviationOf({ steps: { axes, lags, dim }, from, to }: Part): number {
  let sum = 0;
  let count = 0;
  for (let t = from; t < to; t++) {
    if (lags[t] !== 1) continue;
    for (const x of axes) sum += x[t] * x[t];
    count++;
  }
  return Math.sqrt(sum / Math.max(1, count * dim));
}

/** Where the parabola through a value and its neighbours is highest, in steps from it. */
function vertex(heights: readonly number[], at: number): number {
  if (at === 0 || at === heights.length - 1) return 0;
  const [a, b, c] = heights.slice(at - 1, at + 2);
  const bend = a - 2 * b + c;
  return bend < 0 ? (a - c) / (2 * bend) : 0;
}
