import type { Segment } from '@diffusion/features';
import type { PointPrior, PriorLaw } from '../card.ts';
import { IMMOBILE } from '../domain/domain.ts';
import { pointPlaces } from './point-places.ts';

/** A segment with how sure its numbers are. */
export interface EstimatedSegment extends Omit<Segment, 'state'> {
  /** One of the classes of the model. */
  readonly state: string;
  /** 95 % intervals. */
  readonly alphaInterval: readonly [number, number];
  readonly diffusionInterval: readonly [number, number];
  /** Standard deviations of α and of ln K; 0 where nothing moves. */
  readonly alphaSpread: number;
  readonly diffusionSpread: number;
}

/** Standard deviation of a normal law over its mean absolute deviation. */
const perDeviation = Math.sqrt(Math.PI / 2);

/** Half of a 95 % interval, in standard deviations. */
const HALF = 1.96;

/**
 * A segment of a track from the answers for its points: the state of the largest mean logarithm of the probability, and means of α and ln K, each
 * point with the weight of its precision. The numbers of a segment's points are one answer many times, not many, so the mean is
 * as sure as the surest quarter of the points, and no surer.
 *
 * @param answers of the whole track, points × outputs.
 * @param unit what lengths of the track were divided by.
 * @param prior what the network's spreads are multiplied by is read of it.
 */
export function segmentOfPoints(
  answers: Float32Array,
  from: number,
  to: number,
  classes: readonly string[],
  unit: number,
  prior?: PointPrior,
): EstimatedSegment {
  const places = pointPlaces(classes.length);
  const { width } = places;
  const logs = new Float64Array(classes.length);
  const shares = new Float64Array(classes.length);
  for (let t = from; t < to; t++) {
    const logits = answers.subarray(t * width, t * width + classes.length);
    const most = Math.max(...logits);
    const total = Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - most), 0));
    for (let k = 0; k < classes.length; k++) {
      const log = logits[k] - most - total;
      logs[k] += log / (to - from);
      shares[k] += Math.exp(log) / (to - from);
    }
  }
  const best = logs.indexOf(Math.max(...logs));
  const common = { from, to, state: classes[best], probability: shares[best] };
  const mean = (at: number, spreadAt: number, law: PriorLaw | undefined) => {
    const factor = perDeviation * (law?.spreadFactor ?? 1);
    let [sum, weights] = [0, 0];
    const spreads: number[] = [];
    for (let t = from; t < to; t++) {
      const spread = Math.exp(Math.min(3, Math.max(-4, answers[t * width + spreadAt])));
      sum += answers[t * width + at] / spread ** 2;
      weights += 1 / spread ** 2;
      spreads.push(spread);
    }
    spreads.sort((a, b) => a - b);
    return { value: sum / weights, spread: factor * spreads[spreads.length >> 2] };
  };
  const alpha = mean(places.alpha, places.alphaSpread, prior?.alpha);
  const diffusion = mean(places.diffusion, places.diffusionSpread, prior?.diffusion);
  if (classes[best] === IMMOBILE || unit === 0) return { ...common, ...atRest };
  return {
    ...common,
    ...withIntervals(
      alpha.value,
      alpha.spread,
      diffusion.value + 2 * Math.log(unit),
      diffusion.spread,
    ),
  };
}

/** What stands still has no exponent of its own, and 0 in its place, as the challenge has it. */
const atRest = {
  alpha: 0,
  diffusion: 0,
  alphaInterval: [0, 0],
  diffusionInterval: [0, 0],
  alphaSpread: 0,
  diffusionSpread: 0,
} as const;

/** The numbers of a segment from normal laws of α and ln K. */
export function withIntervals(
  alpha: number,
  alphaSpread: number,
  logDiffusion: number,
  diffusionSpread: number,
): Omit<EstimatedSegment, 'from' | 'to' | 'state' | 'probability'> {
  const within = (value: number) => Math.min(1.999, Math.max(0, value));
  return {
    alpha: within(alpha),
    alphaSpread,
    alphaInterval: [within(alpha - HALF * alphaSpread), within(alpha + HALF * alphaSpread)],
    diffusion: Math.exp(logDiffusion),
    diffusionSpread,
    diffusionInterval: [
      Math.exp(logDiffusion - HALF * diffusionSpread),
      Math.exp(logDiffusion + HALF * diffusionSpread),
    ],
  };
}
