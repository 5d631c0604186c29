import type { Track } from '@diffusion/tracks';
import { contextOf } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { densityOf, fitSegment } from './fit-segment.ts';
import { judgeSegment, STATE_RULE } from './judge-segment.ts';
import { rangeOfLaws } from './law-grid.ts';
import type { Segment } from './segment.ts';
import { checkSegmentOptions, type SegmentOptions } from './segment-options.ts';
import { stillTrack } from './still-track.ts';
import { trackSteps } from './track-steps.ts';

/** Steps that a prediction looks back. */
const ORDER = 12;

/**
 * The segments between changes that are known, or that another program found: α, K and state of each as
 * {@link segmentByChanges} gives them.
 *
 * Throws {@link FeaturesError} for options that are none, and for changes that are not ascending points inside the track.
 *
 * @param changes the first point of every segment but the first.
 * @example
 * segmentsAt(track, [60, 140], { sigma: 0.02 }).map(({ diffusion }) => diffusion)
 */
export function segmentsAt(
  track: Track,
  changes: readonly number[],
  options: SegmentOptions,
): readonly Segment[] {
  checkSegmentOptions('segmentsAt', options, {});
  changes.forEach((change, i) => {
    const before = i === 0 ? 0 : changes[i - 1];
    if (Number.isInteger(change) && change > before && change < track.length) return;
    throw new FeaturesError(
      `changes[${i}] is ${change}: expected a point after ${before} and before ${track.length}`,
    );
  });
  const { sigma, exposure = 0, rule = STATE_RULE } = options;
  const microscope = { sigma, exposure };
  const steps = trackSteps(contextOf(track));
  const range = rangeOfLaws(steps, microscope);
  const ends = [...changes, track.length];
  if (!range) {
    return ends.map((to, i) => ({
      ...stillTrack(track, range, microscope)[0],
      from: ends[i - 1] ?? 0,
      to,
    }));
  }
  return ends.map((end, i) => {
    const from = changes[i - 1] ?? 0;
    const to = Math.min(end, steps.count);
    // The last point of a track alone has no step: what was before it goes on.
    const stretch = {
      steps,
      from: Math.min(from, Math.max(0, to - 1)),
      to,
      microscope,
      order: ORDER,
      range,
    };
    const middle = (range.logDiffusion[0] + 2 * range.logDiffusion[1]) / 3;
    const fit = fitSegment(stretch, { alpha: 1, logDiffusion: middle });
    return { from, to: end, ...judgeSegment(stretch, fit, rule) };
  });
}

/**
 * ln of the density of the steps from point `from` to point `to` of a track as fractional Brownian motion of its own, with
 * localisation error and blur: what a posterior under a law of one's own is made of. Exact but for what a step tells of
 * another more than 12 steps later.
 *
 * @param to the point after the last one; its own step, to the point behind it, belongs to the next segment.
 * @returns a function of α and K (⟨Δx²⟩ = 2 K tᵅ per coordinate, t in frames).
 * @example
 * const density = segmentDensityOf(track, 0, 60, { sigma: 0.02 });
 * density(0.7, 0.1) - density(1, 0.1)
 */
export function segmentDensityOf(
  track: Track,
  from: number,
  to: number,
  options: SegmentOptions,
): (alpha: number, diffusion: number) => number {
  checkSegmentOptions('segmentDensityOf', options, {});
  if (
    !(
      Number.isInteger(from) &&
      Number.isInteger(to) &&
      from >= 0 &&
      to > from &&
      to <= track.length
    )
  ) {
    throw new FeaturesError(
      `from and to are ${from} and ${to}: expected points of the track, 0 to ${track.length}`,
    );
  }
  const steps = trackSteps(contextOf(track));
  const { sigma, exposure = 0 } = options;
  const density = densityOf({
    steps,
    from,
    to: Math.min(to, steps.count),
    microscope: { sigma, exposure },
    order: ORDER,
    range: { alpha: [0, 2], logDiffusion: [-50, 50] },
  });
  return (alpha, diffusion) => density(alpha, Math.log(diffusion));
}
