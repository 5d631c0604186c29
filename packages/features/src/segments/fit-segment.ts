import { climb, type LawPoint, type LawRange } from './climb.ts';
import { type Microscope, type StepLaw, segmentDensity, stepLaw } from './step-law.ts';
import type { TrackSteps } from './track-steps.ts';

/** The law of a segment that makes it most likely. */
export interface SegmentFit extends LawPoint {
  readonly logLikelihood: number;
}

/** A stretch of steps whose law is looked for. */
export interface Stretch {
  readonly steps: TrackSteps;
  readonly from: number;
  readonly to: number;
  readonly microscope: Microscope;
  readonly order: number;
  readonly range: LawRange;
}

/** The most likely law of a stretch, looked for from a law that may do, or from rest where that does better. */
export function fitSegment(stretch: Stretch, start: LawPoint): SegmentFit {
  const density = densityOf(stretch);
  const [rest] = stretch.range.logDiffusion;
  const better = density(1, rest) > density(start.alpha, start.logDiffusion);
  const from = better ? { alpha: 1, logDiffusion: rest } : start;
  const { alpha, logDiffusion, height } = climb(density, from, stretch.range);
  return { alpha, logDiffusion, logLikelihood: height };
}

/** ln of the likelihood of a stretch by α and ln K. */
export function densityOf(stretch: Stretch): (alpha: number, logDiffusion: number) => number {
  const { steps, from, to, microscope } = stretch;
  const order = Math.min(stretch.order, Math.max(0, to - from - 1));
  const room = new Float64Array((order + 1) * steps.dim);
  return (alpha, logDiffusion) =>
    segmentDensity(steps, from, to, lawOf({ alpha, logDiffusion }, microscope, order), room);
}

/** {@link stepLaw} by ln K. */
export const lawOf = (
  { alpha, logDiffusion }: LawPoint,
  microscope: Microscope,
  order: number,
): StepLaw => stepLaw(alpha, Math.exp(logDiffusion), microscope, order);
