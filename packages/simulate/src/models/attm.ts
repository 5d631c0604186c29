import { exp, ln, type Random } from '@diffusion/random';
import { ParameterError } from '../errors.ts';
import { defineModel } from '../motion/define-model.ts';
import { choice, number } from '../motion/parameters.ts';
import { floorExp } from './floor-exp.ts';
import { normalAlongDirection } from './normal-along-direction.ts';

const move = new Float64Array(3);

/** Parameters of {@link attm}. */
export interface AttmParameters {
  /** Exponent: 0.03 ≤ α ≤ 1 in regime 1, α = 1 in regime 0, 0.01 ≤ α < 1 in regime 2. */
  alpha: number;
  /** √(2 D Δt) of the largest diffusivity. */
  maxStep: number;
  /** How σ and γ follow from α. */
  regime: 0 | 1 | 2;
  /** Diffusivities over the whole of (0, 1), or cut to the quantiles 0.01 to 0.9 as in andi_datasets 2.1.13. */
  variant: '2020' | '2.1.13';
  /** Points per frame. */
  substeps?: number;
  /** Is told of every residence: how many frames of the track it has, and its D over the largest. */
  onResidence?: (frames: number, D: number) => void;
}

/**
 * Annealed transient time motion (Massignan et al. 2014): Brownian pieces with random diffusivity D, P(D) ∝
 * D^(σ−1) on (0, 1), each of ⌊D^(−γ)⌋ frames.
 *
 * @example
 * const out = new Float64Array(100 * 2);
 * attm(keyedRandom(1), out, 100, 2, { alpha: 0.7, maxStep: 1, regime: 1, variant: '2020' }); // 100 places in 2D
 */
export function attm(
  random: Random,
  out: Float64Array,
  points: number,
  dim: number,
  { alpha, maxStep, regime, variant, substeps = 1, onResidence }: AttmParameters,
): void {
  const sigma = drawSigma(random, alpha, regime);
  const gamma = drawGamma(random, alpha, sigma, regime);
  const scale = maxStep / Math.sqrt(substeps);
  const longest = points + 1;
  out.fill(0, 0, dim);
  if (dim < 3) random.fillNormal(out, dim, points * dim);
  let i = 1;
  while (i < points) {
    const logQuantile =
      variant === '2020' ? -random.exponential() : ln(0.9 - 0.89 * random.uniform());
    const logD = logQuantile / sigma;
    // For γ < 0 (regime 0) the residence time can be below one frame: it is one frame then.
    const frames = Math.min(longest, floorExp(-gamma * logD));
    const step = scale * exp(0.5 * logD);
    const end = Math.min(points, i + frames * substeps);
    onResidence?.((end - i) / substeps, exp(logD));
    if (dim < 3) {
      for (let d = 0; d < dim; d++) {
        let x = out[(i - 1) * dim + d];
        for (let at = i * dim + d; at < end * dim; at += dim) {
          x += step * out[at];
          out[at] = x;
        }
      }
    } else {
      for (let at = i * 3; at < end * 3; at += 3) {
        normalAlongDirection(random, move);
        for (let d = 0; d < 3; d++) out[at + d] = out[at + d - 3] + step * move[d];
      }
    }
    i = end;
  }
}

function drawSigma(random: Random, alpha: number, regime: 0 | 1 | 2): number {
  // 1 − U keeps σ off 0.
  const u = 1 - random.uniform();
  if (regime === 0) return 3 * u;
  // Regime 1: 3·uniform(0.01, 1.1), given that γ = σ/α ≤ σ + 1. Regime 2: uniform(0.01, γ − 1).
  const bound = alpha === 1 ? Infinity : alpha / (1 - alpha);
  const least = regime === 1 ? 0.03 : 0.01;
  const most = regime === 1 ? Math.min(3.3, bound) : bound;
  return least + (most - least) * u;
}

function drawGamma(random: Random, alpha: number, sigma: number, regime: 0 | 1 | 2): number {
  if (regime === 0) return -5 + (sigma + 5) * random.uniform();
  return regime === 1 ? sigma / alpha : 1 / (1 - alpha);
}

/** Range of α in which the law of a regime exists. */
const ATTM_RANGE = { 0: [1, 1], 1: [0.03, 1], 2: [0.01, 0.99] } as const;

/** The model `attm`: annealed transient time motion. */
export const attmModel = defineModel({
  name: 'attm',
  parameters: {
    alpha: number({ meaning: 'exponent', unit: '', min: 0.01, max: 1 }),
    maxD: number({
      meaning: 'largest diffusivity; D is between 0 and this',
      unit: 'position²/time',
      above: 0,
      default: 1,
    }),
    regime: choice({ meaning: 'how σ and γ follow from α', choices: [1, 0, 2] }),
    variant: choice({
      meaning: 'law of D: of the 2020 challenge, or of andi_datasets 2.1.13',
      choices: ['2020', '2.1.13'],
    }),
  },
  check({ alpha, regime }, path) {
    const [least, most] = ATTM_RANGE[regime];
    if (alpha < least || alpha > most) {
      throw new ParameterError(
        `${path}alpha`,
        alpha,
        `${least === most ? least : `a number from ${least} to ${most}`} in regime ${regime}`,
      );
    }
  },
  prepare({ alpha, maxD, regime, variant }, { dim, dt }) {
    const maxStep = Math.sqrt(2 * maxD * dt);
    return {
      write: (random, out, points, substeps) =>
        attm(random, out, points, dim, { alpha, maxStep, regime, variant, substeps }),
    };
  },
});
