import { densityOf, type SegmentFit, type Stretch } from './fit-segment.ts';
import type { SegmentState } from './segment.ts';

/** What a segment is called for its α and K. */
export interface StateRule {
  /** From this α on a segment is directed. */
  readonly directed: number;
  /** Below this α one that moves is confined. */
  readonly confined: number;
}

export const STATE_RULE: StateRule = { directed: 1.85, confined: 0.3 };

/**
 * The state of a segment of so many frames: immobile where the whole of its motion, √(2 K t^α), is below the localisation
 * error, directed and confined by α, free else.
 */
export function stateOf(
  alpha: number,
  diffusion: number,
  frames: number,
  sigma: number,
  { directed, confined }: StateRule,
): SegmentState {
  if (2 * diffusion * frames ** alpha < sigma * sigma) return 'immobile';
  if (alpha >= directed) return 'directed';
  return alpha < confined ? 'confined' : 'free';
}

/** α and K of a segment: both 0 of an immobile one, whose mean squared displacement does not grow. */
export function lawIn(state: SegmentState, alpha: number, diffusion: number) {
  return state === 'immobile' ? { alpha: 0, diffusion: 0 } : { alpha, diffusion };
}

/** What is known of a segment. */
export interface Judgement {
  readonly state: SegmentState;
  readonly alpha: number;
  readonly diffusion: number;
  readonly probability: number;
}

/** Places per axis of the posterior's grid. */
const PLACES = 9;
/** Where the search for its ends begins, in α and ln K. */
const LEAST = { alpha: 0.08, logDiffusion: 0.16 };

/** A place of a posterior: its density there, the largest being about 1. */
export interface PosteriorPlace {
  readonly alpha: number;
  readonly log: number;
  readonly weight: number;
}

/** The posterior of α and ln K of a stretch about its fit, both being uniform on their ranges before it is seen. */
export function posteriorPlaces(stretch: Stretch, fit: SegmentFit): PosteriorPlace[] {
  const density = densityOf(stretch);
  const { range } = stretch;
  const alphas = placesAlong(
    range.alpha,
    fit.alpha,
    LEAST.alpha,
    (alpha) => density(alpha, fit.logDiffusion) - fit.logLikelihood,
  );
  const logs = placesAlong(
    range.logDiffusion,
    fit.logDiffusion,
    LEAST.logDiffusion,
    (log) => density(fit.alpha, log) - fit.logLikelihood,
  );
  return alphas.flatMap((alpha) =>
    logs.map((log) => ({ alpha, log, weight: Math.exp(density(alpha, log) - fit.logLikelihood) })),
  );
}

/**
 * α, K and state of a stretch from its posterior, α and ln K being uniform on their ranges before it is seen: the posterior
 * means of α and of ln K, and the state with the most of it.
 */
export function judgeSegment(stretch: Stretch, fit: SegmentFit, rule: StateRule): Judgement {
  const { steps, from, to, microscope } = stretch;
  let frames = 0;
  for (let t = from; t < to; t++) frames += steps.lags[t];
  const shares = { immobile: 0, confined: 0, free: 0, directed: 0 };
  let total = 0;
  let ofAlpha = 0;
  let ofLog = 0;
  for (const { alpha, log, weight } of posteriorPlaces(stretch, fit)) {
    total += weight;
    ofAlpha += weight * alpha;
    ofLog += weight * log;
    shares[stateOf(alpha, Math.exp(log), frames, microscope.sigma, rule)] += weight;
  }
  let state: SegmentState = 'free';
  for (const name of ['immobile', 'confined', 'directed'] as const) {
    if (shares[name] > shares[state]) state = name;
  }
  const law = lawIn(state, ofAlpha / total, Math.exp(ofLog / total));
  return { state, ...law, probability: shares[state] / total };
}

/**
 * Places of a grid along one axis. To either side it reaches a half farther than to where the likelihood with the other axis
 * held is a thirtieth, since α and K lean on each other, and no farther than it may.
 */
function placesAlong(
  [low, high]: readonly [number, number],
  middle: number,
  least: number,
  fall: (value: number) => number,
): number[] {
  const end = (sign: number): number => {
    const limit = sign < 0 ? middle - low : high - middle;
    let reach = least;
    while (reach < limit && fall(middle + sign * reach) > -3.4) reach *= 1.5;
    return middle + sign * Math.min(1.5 * reach, limit);
  };
  const from = end(-1);
  const to = end(1);
  return Array.from({ length: PLACES }, (_, i) => from + ((i + 0.5) / PLACES) * (to - from));
}
