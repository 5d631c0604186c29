import { logEvidence, type ScalePrior, uniformRoot, uniformScale } from './evidence.ts';
import type { LikelihoodOptions } from './likelihood-options.ts';
import { logSumExp } from './log-sum-exp.ts';
import { noisePrior } from './noise-prior.ts';
import { pointCounts, rounded } from './point-counts.ts';
import { type Quadrature, uniformPrior } from './quadrature.ts';
import { type Displacements, whitenNeighbours } from './whiten.ts';

/** ln of the probability density of a track's displacements under a model. */
type Evidence = (track: Displacements, dt: number, options: Required<LikelihoodOptions>) => number;

/** Noise only: M = σ²(2, −1), the scale is σ². */
export const immobile: Evidence = (track, _, { sigma }) =>
  logEvidence(whitenNeighbours(track, 2, -1), track.steps, track.dim, 0, uniformRoot(sigma));

/** M = 2Δt + σ²/D (2, −1) with σ² = DΔt/Q². */
export const brownian: Evidence = (track, dt, { diffusion, q }) => {
  const prior = uniformScale(diffusion);
  return mix(noisePrior(q, pointCounts.q(rounded(track.steps))), (perQ) =>
    oneDrift(track, dt, perQ * perQ, 0, prior),
  );
};

/** The same with a drift of √(4DRΔt/n) per step, n steps, and σ² = DΔt(1 + 4R/n)/Q². */
export const directed: Evidence = (track, dt, { diffusion, q, r }) => {
  const prior = uniformScale(diffusion);
  const noises = noisePrior(q, pointCounts.q(rounded(track.steps)));
  return mix(uniformPrior(pointCounts.r, r), (ratio) => {
    const extra = (4 * ratio) / track.steps;
    const speed = Math.sqrt(extra * dt);
    return mix(noises, (perQ) => oneDrift(track, dt, perQ * perQ * (1 + extra), speed, prior));
  });
};

function oneDrift(
  track: Displacements,
  dt: number,
  noise: number,
  speed: number,
  prior: ScalePrior,
): number {
  const whitened = whitenNeighbours(track, 2 * dt * (1 + noise), -dt * noise);
  return logEvidence(whitened, track.steps, track.dim, speed, prior);
}

/** ln Σ wᵢ exp(f(xᵢ)). */
function mix({ points, weights }: Quadrature, f: (x: number) => number): number {
  if (points.length === 1) return f(points[0]);
  return logSumExp(points.map((x, i) => Math.log(weights[i]) + f(x)));
}
