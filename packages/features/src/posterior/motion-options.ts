import { checkOptions, type OptionNames, shown } from '@diffusion/tracks/messages';
import { FeaturesError } from '../errors.ts';
import type { MotionPrior } from './motion-posterior.ts';

/** The laws of motion that a track is estimated by. */
export const motionLaws = ['fbm', 'brownian', 'directed', 'confined'] as const;
export type MotionLaw = (typeof motionLaws)[number];

/** Options of {@link estimateMotion}. */
export interface MotionOptions {
  /**
   * `fbm`, fractional Brownian motion, unless told; `brownian`, where α is 1; `directed`, Brownian motion with a constant
   * drift; `confined`, Brownian motion in a harmonic well.
   */
  readonly model?: MotionLaw;
  /**
   * Exposure as a fraction of the frame, 0 to 1, over which the particle moves while its picture is taken. Where it is left
   * out, 0, ½ and 1 are taken to be equally probable, and σ, which is known only but for the blur's share, has no interval.
   */
  readonly exposure?: number;
  /** Localisation error σ per axis where it is known, 0 for none; estimated where it is left out. */
  readonly sigma?: number;
  /** Range of α, on which it is uniform before the track is seen. 0.05 to 1.95 unless told. */
  readonly alphaRange?: readonly [number, number];
  /**
   * Range of Q = √(2D·dt^α)/σ, the deviation of a step over one frame along an axis against the localisation error. Its
   * logarithm is uniform there before the track is seen, and that of the scale anywhere. 0.03 to 30 unless told; where σ is
   * known the upper end is as far as the steps are large.
   */
  readonly qRange?: readonly [number, number];
}

/** Names of the {@link MotionOptions}. */
export const MOTION_OPTIONS: OptionNames<MotionOptions> = {
  model: true,
  exposure: true,
  sigma: true,
  alphaRange: true,
  qRange: true,
};

const ALPHAS = [0.05, 1.95] as const;
const QS = [0.03, 30] as const;
/** Largest rate of a well, in relaxation times per frame: the places of two frames have hardly anything in common. */
const FASTEST = 3;
/** What the exposure may be where nobody says. */
const ANY_EXPOSURE = [0, 0.5, 1];

/** Throws {@link FeaturesError} for options that are none, or not in their ranges. */
export function checkMotionOptions(who: string, options: MotionOptions): void {
  checkOptions<MotionOptions>(who, options, MOTION_OPTIONS, FeaturesError);
  const { model = 'fbm', exposure = 0, sigma = 0 } = options;
  if (!motionLaws.includes(model)) {
    throw new FeaturesError(`model is ${shown(model)}: expected ${motionLaws.join(', ')}`);
  }
  if (!(exposure >= 0 && exposure <= 1)) {
    throw new FeaturesError(
      `exposure is ${shown(exposure)}: expected a fraction of the frame, 0 to 1`,
    );
  }
  if (!(sigma >= 0 && Number.isFinite(sigma))) {
    throw new FeaturesError(`sigma is ${shown(sigma)}: expected a number of at least 0`);
  }
  checkRange('alphaRange', options.alphaRange ?? ALPHAS, 0.02, 1.98);
  checkRange('qRange', options.qRange ?? QS, 1e-3, 1e3);
}

function checkRange(
  name: string,
  [low, high]: readonly [number, number],
  least: number,
  most: number,
): void {
  if (!(low >= least && low < high && high <= most)) {
    throw new FeaturesError(
      `${name} is [${low}, ${high}]: expected an ascending range within ${least} to ${most}`,
    );
  }
}

/**
 * The prior of a track.
 *
 * @param frames from its first point to its last.
 * @param perSigma deviation of its steps per axis over the known localisation error, where that is known.
 */
export function priorOf(
  options: MotionOptions,
  frames: number,
  perSigma: number | undefined,
): MotionPrior {
  const { model = 'fbm', exposure, sigma, alphaRange = ALPHAS, qRange = QS } = options;
  const noiseless = sigma === 0;
  const [low, high] = qRange;
  // Ten times as far as the steps tell, in powers of ten, so that many tracks share one range.
  const reach = perSigma === undefined ? high : 10 ** Math.ceil(Math.log10(10 * perSigma));
  // A well whose relaxation time is longer than the track cannot be told from none; in powers of two, so that many share a range.
  const slowest = 2 ** -Math.ceil(Math.log2(frames));
  const confined = model === 'confined';
  return {
    law: confined ? 'confined' : 'fbm',
    coordinates: confined
      ? [Math.log(slowest), Math.log(FASTEST)]
      : model === 'fbm'
        ? alphaRange
        : [1, 1],
    logQs: noiseless
      ? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
      : [Math.log(low), Math.log(Math.max(high, reach))],
    exposures: exposure === undefined ? ANY_EXPOSURE : [exposure],
    sigma,
  };
}
