import type { Track, Tracks } from '@diffusion/tracks';
import { isTextColumn } from '@diffusion/tracks';
import { checkTracks } from '@diffusion/tracks/messages';
import { contextOf, type TrackContext } from '../context.ts';
import { FeaturesError } from '../errors.ts';
import { summarizeConfined } from './confined-summary.ts';
import { directedSummary } from './directed-summary.ts';
import { checkMotionOptions, type MotionOptions, priorOf } from './motion-options.ts';
import { type MotionPrior, motionPosteriors } from './motion-posterior.ts';
import { type MotionSummary, summarize } from './motion-summary.ts';
import { type PosteriorEstimate, UNKNOWN } from './posterior-estimate.ts';
import { showEstimate, showEstimates } from './show-estimates.ts';
import { type Subject, subjectOf } from './subject.ts';

/** What is known of the motion of one track. */
export interface MotionEstimate extends MotionSummary {
  /** Speed of the drift, in length per time; of directed motion only. */
  readonly speed?: PosteriorEstimate;
  /** R = v²T/(4D); of directed motion only. */
  readonly ratio?: PosteriorEstimate;
  /**
   * Radius of confinement, √(d + 2) times the standard deviation per axis in the well: of the ball in which places that are
   * uniform are spread as far. Of confined motion only.
   */
  readonly radius?: PosteriorEstimate;
  /** Why something is not there; '' where everything is. */
  readonly reason: string;
}

/** Fewest points of which anything is said. */
const LEAST_POINTS = 4;

/** So many tracks are worked on together: they share what is computed for their length, and hold memory. */
const TOGETHER = 512;

/**
 * D, α and σ of a track with 95 % intervals, from the posterior under fractional Brownian motion, Brownian motion, directed
 * motion or confinement in a harmonic well, with localisation error, motion blur and gaps; the likelihood is exact for tracks of up to 1,025 points (1,280 frames
 * with gaps, 192 points with errors of their own), and longer ones are cut into runs. α and ln Q are uniform on their ranges and
 * the scale log-uniform before the track is seen; an interval ends at 0, or with the range of α, where the data do not exclude it.
 * Undefined below 4 points and for a track that never moves. About 2 ms for 100 points without gaps, 6 where the exposure is not known.
 *
 * Throws {@link FeaturesError} for options that are none, and for errors that do not fit the track or are not positive.
 *
 * @param errors standard deviation of the localisation error of each point, an array per axis, in the unit of the
 *   positions; `sigma` is their root mean square then.
 * @example
 * const { alpha, diffusion } = estimateMotion(track, { exposure: 1 });
 * console.log(alpha.value, alpha.interval, diffusion.interval);
 */
export function estimateMotion(
  track: Track | TrackContext,
  options: MotionOptions = {},
  errors?: readonly ArrayLike<number>[],
): MotionEstimate {
  checkMotionOptions('estimateMotion', options);
  const context = contextOf(track);
  if (
    errors &&
    !(errors.length === context.dim && errors.every((e) => e.length === context.length))
  ) {
    throw new FeaturesError(
      `errors has ${errors.length} axes of ${errors.map((e) => e.length).join(', ')} points: expected ${context.dim} of ${context.length}`,
    );
  }
  const own = errors?.map((axis) => Float64Array.from(axis));
  if (own && !allPositive(own)) {
    throw new FeaturesError(
      'errors has a number that is not positive: expected standard deviations',
    );
  }
  return showEstimate(estimatesOf([{ context, errors: own, reason: '' }], options)[0]);
}

/** A track with the errors of its points. */
interface Case {
  readonly context: TrackContext;
  readonly errors: readonly Float64Array[] | undefined;
  readonly reason: string;
}

/**
 * {@link estimateMotion} of every track of a set. Errors of its points are taken from the pointColumns `x_err`, `y_err` and
 * `z_err`, where they are there and `sigma` is not given; where one of a track's is missing or not positive, its σ is
 * estimated like any other.
 *
 * @example
 * for (const { diffusion } of motionEstimates(tracks, { exposure: 0 })) console.log(diffusion.value);
 */
export function motionEstimates(tracks: Tracks, options: MotionOptions = {}): MotionEstimate[] {
  checkMotionOptions('motionEstimates', options);
  checkTracks(tracks, FeaturesError);
  return showEstimates(estimatesFrom(tracks, options, 0), tracks);
}

/** The estimates of tracks, of which the first is at the place `first` of the set that it was cut from. */
export function estimatesFrom(
  tracks: Tracks,
  options: MotionOptions,
  first: number,
): MotionEstimate[] {
  const columns = errorColumnsOf(tracks, options);
  const cases = Array.from({ length: tracks.count }, (_, i): Case => {
    const context = contextOf({ ...tracks.at(i), index: first + i });
    if (!columns) return { context, errors: undefined, reason: '' };
    const [from, to] = [tracks.offsets[i], tracks.offsets[i + 1]];
    const errors = Object.values(columns).map((column) => column.subarray(from, to));
    if (allPositive(errors)) return { context, errors, reason: '' };
    return {
      context,
      errors: undefined,
      reason: 'an error of the points is missing: σ is estimated',
    };
  });
  return estimatesOf(cases, options);
}

/** Names of the columns of the localisation error of points, per axis. */
const ERRORS = ['x_err', 'y_err', 'z_err'] as const;

/**
 * Columns of the localisation error of each point by their names, one per axis; undefined unless all are there, and where σ
 * is given.
 */
export function errorColumnsOf(
  { pointColumns, dim }: Tracks,
  { sigma }: MotionOptions,
): Record<string, Float64Array> | undefined {
  if (sigma !== undefined) return undefined;
  const columns = ERRORS.slice(0, dim).flatMap((name) => {
    const column = Object.hasOwn(pointColumns, name) ? pointColumns[name] : undefined;
    return column && !isTextColumn(column) ? [[name, Float64Array.from(column)] as const] : [];
  });
  return columns.length === dim ? Object.fromEntries(columns) : undefined;
}

function allPositive(errors: readonly Float64Array[]): boolean {
  return errors.every((axis) => axis.every((e) => e > 0 && Number.isFinite(e)));
}

function estimatesOf(cases: readonly Case[], options: MotionOptions): MotionEstimate[] {
  const out: MotionEstimate[] = new Array(cases.length);
  const notes = options.exposure === undefined && options.sigma === undefined ? BLUR : '';
  const waiting: { place: number; subject: Subject; prior: MotionPrior; reason: string }[] = [];
  const flush = (): void => {
    const all = waiting.splice(0);
    motionPosteriors(
      all.map(({ subject }) => subject),
      all.map(({ prior }) => prior),
      (i, posterior) => {
        const { place, subject, prior, reason } = all[i];
        const summary = prior.law === 'confined' ? summarizeConfined : summarize;
        out[place] = { ...summary(posterior, subject, prior), reason };
      },
    );
  };
  cases.forEach(({ context, errors, reason: ofErrors }, place) => {
    const why = withheld(context);
    if (why) {
      const { model = 'fbm' } = options;
      const own = model === 'fbm' || model === 'brownian' ? {} : OWN[model];
      out[place] = { diffusion: UNKNOWN, alpha: UNKNOWN, sigma: UNKNOWN, ...own, reason: why };
      return;
    }
    const subject = subjectOf(context, errors);
    const known = options.sigma || subject.sigma;
    const prior = priorOf(options, context.span - 1, known && stepDeviation(context) / known);
    const reason = [ofErrors, subject.sigma === undefined ? notes : ''].filter(Boolean).join('; ');
    if (options.model === 'directed') {
      const variances = errors && overAxes(errors, subject.sigma as number);
      out[place] = { ...directedSummary(context, prior, variances, subject.sigma), reason };
      return;
    }
    waiting.push({ place, subject, prior, reason });
    if (waiting.length === TOGETHER) flush();
  });
  flush();
  return out;
}

/** What only some laws have, where nothing is known. */
const OWN = {
  directed: { speed: UNKNOWN, ratio: UNKNOWN },
  confined: { radius: UNKNOWN },
};

const BLUR = 'exposure not given: σ is known but for the blur';

function withheld(context: TrackContext): string {
  if (context.length < LEAST_POINTS) {
    const points = `${context.length} ${context.length === 1 ? 'point' : 'points'}`;
    return `too short: ${points}, expected ${LEAST_POINTS} and more`;
  }
  return context.extent === 0 ? 'immobile: the track never moves' : '';
}

/** Deviation per axis of the displacements, over one frame but for the gaps. */
function stepDeviation({ axes, length }: TrackContext): number {
  let sum = 0;
  for (const axis of axes) for (let i = 1; i < length; i++) sum += (axis[i] - axis[i - 1]) ** 2;
  return Math.sqrt(sum / (axes.length * (length - 1)));
}

/** Mean over the axes of the variance of each point's error, over σ². */
function overAxes(errors: readonly Float64Array[], sigma: number): Float64Array {
  return errors[0].map(
    (_, i) => errors.reduce((sum, axis) => sum + axis[i] ** 2, 0) / (errors.length * sigma * sigma),
  );
}
