import type { TrackContext } from '../context.ts';
import { type DenseRun, denseForms } from './dense-forms.ts';
import { type Form, type GappedRun, missingForms, missingFrames } from './missing-forms.ts';
import type { Steps } from './toeplitz-forms.ts';

/** A run of a track as its likelihood is computed. */
export type Run =
  | { readonly kind: 'even'; readonly steps: Steps }
  | {
      readonly kind: 'gapped';
      readonly span: number;
      readonly form: (covariance: ArrayLike<number>) => Form;
    }
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

function runOf(run: DenseRun & GappedRun, limits: Limits): Run {
  const { frames, axes, errors } = run;
  const steps = frames.length - 1;
  const span = frames[steps];
  if (!errors && span === steps) {
    return {
      kind: 'even',
      steps: axes.map((x) => Float64Array.from({ length: steps }, (_, i) => x[i + 1] - x[i])),
    };
  }
  if (!errors && span <= limits.frames && missingFrames(frames).length <= steps) {
    return { kind: 'gapped', span, form: missingForms(run) };
  }
  return { kind: 'dense', form: denseForms(run) };
}
