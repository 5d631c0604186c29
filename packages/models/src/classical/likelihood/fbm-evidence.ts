import { logEvidence, uniformScale } from './evidence.ts';
import type { LikelihoodOptions } from './likelihood-options.ts';
import { logSumExp } from './log-sum-exp.ts';
import { noisePrior } from './noise-prior.ts';
import { pointCounts, rounded } from './point-counts.ts';
import { uniformPrior } from './quadrature.ts';
import { type Displacements, type Whitened, whitenStationary } from './whiten.ts';

/**
 * ln of the probability density of the displacements of each track under fractional Brownian motion with localisation
 * noise. Tracks of similar lengths go through the recursion together.
 */
export function fbmEvidences(
  tracks: readonly Displacements[],
  dt: number,
  options: Required<LikelihoodOptions>,
): Float64Array {
  const evidence = new Float64Array(tracks.length);
  const groups = new Map<number, number[]>();
  tracks.forEach(({ steps }, i) => {
    const group = groups.get(rounded(steps));
    if (group) group.push(i);
    else groups.set(rounded(steps), [i]);
  });
  for (const [steps, group] of groups) {
    group.sort((a, b) => tracks[a].steps - tracks[b].steps);
    const members = group.map((i) => tracks[i]);
    const values = fbmGroup(members, steps, dt, options);
    group.forEach((i, member) => {
      evidence[i] = values[member];
    });
  }
  return evidence;
}

/** The evidence of tracks in ascending order of steps, none of more than `steps`. */
function fbmGroup(
  tracks: readonly Displacements[],
  steps: number,
  dt: number,
  { diffusion, q, alpha }: Required<LikelihoodOptions>,
): Float64Array {
  const prior = uniformScale(diffusion);
  const alphas = uniformPrior(pointCounts.alpha(steps), alpha);
  const noises = noisePrior(q, pointCounts.qOfFbm);
  const pairs = alphas.points.length * noises.points.length;
  const terms = new Float64Array(tracks.length * pairs);
  const whitened: Whitened = { logDeterminant: 0, square: 0, drift: 0, ones: 0 };
  alphas.points.forEach((a, i) => {
    const motion = Float64Array.from({ length: steps + 1 }, (_, k) => motionCovariance(a, dt, k));
    noises.points.forEach((perQ, j) => {
      const noise = dt * perQ * perQ;
      const covariance = motion.slice();
      covariance[0] += 2 * noise;
      covariance[1] -= noise;
      const logWeight = Math.log(alphas.weights[i] * noises.weights[j]);
      const pair = i * noises.points.length + j;
      whitenStationary(tracks, covariance, (track, logDeterminant, square) => {
        whitened.logDeterminant = logDeterminant;
        whitened.square = square;
        const value = logEvidence(whitened, tracks[track].steps, tracks[track].dim, 0, prior);
        terms[track * pairs + pair] = logWeight + value;
      });
    });
  });
  return Float64Array.from(tracks, (_, i) => logSumExp(terms.subarray(i * pairs, (i + 1) * pairs)));
}

/** Δt^α(|k + 1|^α − 2|k|^α + |k − 1|^α): the covariance of displacements k steps apart, for D = 1. */
function motionCovariance(alpha: number, dt: number, k: number): number {
  return dt ** alpha * ((k + 1) ** alpha - 2 * k ** alpha + Math.abs(k - 1) ** alpha);
}
