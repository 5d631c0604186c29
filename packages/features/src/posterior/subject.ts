import type { TrackContext } from '../context.ts';
import { type DenseRun, denseForms } from './dense-forms.ts';
import { missingFrames } from './missing-places.ts';
import type { Form, ToeplitzRun } from './toeplitz-run.ts';

/** A run of a track as its likelihood is computed. */
export type Run =
  | ({ readonly kind: 'toeplitz' } & ToeplitzRun)
  | {
      readonly kind: 'dense';
      readonly form: (variogram: (lag: number) => number, motion: number, noise: number) => Form;
    };

/** A track whose motion is estimated. */
export interface Subject {
  readonly dim: number;
  readonly dt: number;
  /** Displacements × axes. */
  readonly degrees: number;
  /** Root mean square of the known errors, where the points have any. */
  readonly sigma: number | undefined;
  /** Runs whose likelihoods multiply: long ones, for the answer, and short ones, to find where it is. */
  readonly runs: { readonly whole: readonly Run[]; readonly short: readonly Run[] };
}

/** Longest runs: steps over one frame without gaps; frames of a run with gaps; points of one with errors of their own. */
const WHOLE = { steps: 1024, frames: 1280, points: 192 };
const SHORT = { steps: 128, frames: 32, points: 32 };

/**
 * A track cut into runs. Between runs the correlation of the steps is left out; a track of up to 1,025 points without gaps,
 * 1,280 frames with gaps, or 192 points with errors of their own is one run.
 *
 * @param errors standard deviation of the error of each point, an array per axis.
 */
export function subjectOf(context: TrackContext, errors?: readonly Float64Array[]): Subject {
  const { dim, dt, length } = context;
  const sigma = errors && rootMeanSquare(errors);
  const variances = sigma ? errors.map((axis) => axis.map((e) => (e / sigma) ** 2)) : undefined;
  const whole = runsOf(context, variances, WHOLE);
  return {
    dim,
    dt,
    degrees: (length - 1) * dim,
    sigma,
    runs: { whole, short: length - 1 <= SHORT.points ? whole : runsOf(context, variances, SHORT) },
  };
}

function rootMeanSquare(errors: readonly Float64Array[]): number {
  let sum = 0;
  let count = 0;
  for (const axis of errors) {
    for (const e of axis) sum += e * e;
    count += axis.length;
  }
  return Math.sqrt(sum / count);
}

type Limits = typeof WHOLE;

function runsOf(
  { frames, axes, length }: TrackContext,
  variances: readonly Float64Array[] | undefined,
  limits: Limits,
): Run[] {
  const frameOf = frames ? (i: number) => frames[i] : (i: number) => i;
  const runs: Run[] = [];
  for (let from = 0; from + 1 < length; ) {
    let to = from + 1;
    const fits = (i: number): boolean => {
      const span = frameOf(i) - frameOf(from);
      if (variances) return i - from < limits.points;
      return span <= (span === i - from ? limits.steps : limits.frames);
    };
    while (to + 1 < length && fits(to + 1)) to++;
    const part = axes.map((axis) => axis.subarray(from, to + 1));
    const at = Int32Array.from(
      { length: to + 1 - from },
      (_, i) => frameOf(from + i) - frameOf(from),
    );
    const errors = variances?.map((axis) => axis.subarray(from, to + 1));
    runs.push(runOf({ frames: at, axes: part, errors }, limits));
    from = to;
  }
  return runs;
}

function runOf(run: DenseRun, limits: Limits): Run {
  const { frames, errors } = run;
  const steps = frames.length - 1;
  const span = frames[steps];
  if (!errors && (span === steps || span <= limits.frames)) {
    const found = toeplitzRun(run);
    if (found.missing.length <= steps) return { kind: 'toeplitz', ...found };
  }
  return { kind: 'dense', form: denseForms(run) };
}

/** Steps over one frame of points at any frames, the first at 0. */
export function toeplitzRun({ frames, axes }: Pick<DenseRun, 'frames' | 'axes'>): ToeplitzRun {
  const points = frames.length;
  const steps = axes.map((axis) => {
    const out = new Float64Array(frames[points - 1]);
    for (let i = 0; i + 1 < points; i++) {
      const gap = frames[i + 1] - frames[i];
      out.fill((axis[i + 1] - axis[i]) / gap, frames[i], frames[i + 1]);
    }
    return out;
  });
  return { steps, missing: missingFrames(frames) };
}
