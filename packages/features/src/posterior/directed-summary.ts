import type { TrackContext } from '../context.ts';
import { centresOf, rangeOfCells } from './cells.ts';
import { excludedEnds } from './excluded-ends.ts';
import { sharesOf } from './forms-on-nodes.ts';
import { marginalOf, meanOf, quantile } from './marginal.ts';
import type { MotionPrior } from './motion-posterior.ts';
import type { MotionSummary } from './motion-summary.ts';
import { type DriftForms, neighbourForms } from './neighbour-forms.ts';
import { noiseEstimate } from './noise-estimate.ts';
import { EXCLUDED, type PosteriorEstimate, TAIL, UPPER_TAIL } from './posterior-estimate.ts';

/** What is known of the drift of directed motion. */
export interface DirectedSummary extends MotionSummary {
  /** Speed of the drift v, in length per time. */
  readonly speed: PosteriorEstimate;
  /** R = v²T/(4D), T from the first point to the last: how far it is carried against how far it diffuses. The median. */
  readonly ratio: PosteriorEstimate;
}

/** Cells in ln Q at the first look and closer, in the logarithm of the scale and in the speed. */
const FIRST_QS = 64;
const QS = 40;
const SCALES = 21;
const SPEEDS = 33;
/** Standard deviations that the last two reach. */
const REACH = 5;
/** What is less probable than this share of the best is left out. */
const NEGLIGIBLE = 1e-5;

/**
 * Brownian motion with a constant drift: the posterior of Q, of the scale and of the drift's speed on a grid, its direction
 * being anywhere. √R is uniform before the track is seen.
 *
 * @param errors variance of each point's error over σ², where the file tells; `sigma` is then σ.
 */
export function directedSummary(
  context: TrackContext,
  prior: MotionPrior,
  errors: Float64Array | undefined,
  sigma: number | undefined,
): DirectedSummary {
  const { dim, length, dt, span } = context;
  const degrees = (length - 1) * dim;
  const known = prior.sigma || sigma;
  const speedOf = angularMean(dim);
  /** The node of a Q and an exposure, with the best that any scale and drift make of it. */
  const nodeOf = (q: number, logQ: number, exposure: number): Node => {
    const { motion, noise } = sharesOf(logQ);
    const forms = neighbourForms(context, errors, exposure, motion, noise);
    const rest = forms.square - (forms.along * forms.along) / forms.gaps;
    const scale = known ? (known * known) / noise : rest / degrees;
    const best = -(dim / 2) * forms.logDeterminant - (degrees * Math.log(scale) + rest / scale) / 2;
    return { q, logQ, forms, best };
  };
  const nodesOn = (logQs: Float64Array): Node[] => {
    const nodes = prior.exposures.flatMap((exposure) =>
      Array.from(logQs, (logQ, q) => nodeOf(q, logQ, exposure)),
    );
    const most = Math.max(...nodes.map(({ best }) => best));
    return nodes.filter(({ best }) => best - most > Math.log(NEGLIGIBLE));
  };
  const first = centresOf(prior.logQs, FIRST_QS);
  const near = nodesOn(first).map(({ q }) => q);
  const range = rangeOfCells(prior.logQs, Math.min(...near) - 1, Math.max(...near) + 2, FIRST_QS);
  const logQs = centresOf(range, QS);
  const parts = nodesOn(logQs);
  const most = Math.max(...parts.map(({ best }) => best));
  const size = SCALES * SPEEDS;
  const weights = new Float64Array(parts.length * size);
  const [motions, noises, speeds, ratios] = [0, 1, 2, 3].map(
    () => new Float64Array(weights.length),
  );
  const ofQ = new Float64Array(logQs.length);
  let atRest = 0;
  let fastest = 0;
  parts.forEach(({ q, logQ, forms, best }, p) => {
    const { motion, noise } = sharesOf(logQ);
    const { along, gaps, square } = forms;
    const drift = along / gaps;
    const rest = square - (along * along) / gaps;
    const centre = known ? 2 * Math.log(known) - Math.log(noise) : Math.log(rest / degrees);
    const scales = known ? 1 : SCALES;
    const reach = known ? 0 : REACH * Math.sqrt(2 / degrees) + (degrees < 20 ? 8 / degrees : 0);
    const atSpeed = new Float64Array(SPEEDS);
    // One grid of speeds for all scales of a node: for the largest of them.
    const deviation = Math.exp((centre + reach) / 2) / Math.sqrt(gaps);
    const from = Math.max(0, drift - REACH * deviation);
    const step = (drift + REACH * deviation - from) / (SPEEDS - 1);
    for (let s = 0; s < scales; s++) {
      const logScale = centre + (scales === 1 ? 0 : reach * ((2 * s) / (scales - 1) - 1));
      const scale = Math.exp(logScale);
      const base =
        -(dim / 2) * forms.logDeterminant -
        (degrees * logScale + rest / scale + Math.log(scale * motion)) / 2 -
        best;
      for (let u = 0; u < SPEEDS; u++) {
        const speed = from + u * step;
        const log = base + speedOf(speed, drift, scale / gaps);
        const ends = u === 0 || u === SPEEDS - 1 ? 0.5 : 1;
        // Of one node all cells are equally wide; those of another are as wide as its speeds and scales reach.
        const weight = Math.exp(log + best - most) * ends * step * (reach || 1);
        const at = p * size + s * SPEEDS + u;
        weights[at] = weight;
        const logD = logScale + Math.log(motion / 2);
        motions[at] = logD;
        noises[at] = logScale + Math.log(noise);
        speeds[at] = speed;
        ratios[at] = Math.sqrt((speed * speed * (span - 1)) / 4 / Math.exp(logD));
        ofQ[q] += weight;
        atSpeed[u] += weight / (ends * step);
      }
    }
    if (from === 0) atRest += atSpeed[0];
    fastest += Math.max(...atSpeed);
  });
  let total = 0;
  for (const weight of weights) total += weight;
  for (let i = 0; i < weights.length; i++) weights[i] /= total;
  const marginal = (values: Float64Array) => marginalOf([{ values, weights }]);

  const ends = excludedEnds(ofQ, range, prior.logQs);
  const ofD = marginal(motions);
  const perTime = Math.log(dt);
  const still = atRest > EXCLUDED * fastest;
  const ofSpeed = marginal(speeds);
  const ofRatio = marginal(ratios);
  return {
    diffusion: {
      value: Math.exp(meanOf(ofD) - perTime),
      interval: [
        ends.rest ? Math.exp(quantile(ofD, TAIL) - perTime) : 0,
        Math.exp(quantile(ofD, 1 - UPPER_TAIL) - perTime),
      ],
    },
    alpha: { value: 1, interval: [1, 1] },
    sigma: noiseEstimate(known, prior, () => marginal(noises), ends.noiseless),
    speed: {
      value: meanOf(ofSpeed) / dt,
      interval: [still ? 0 : quantile(ofSpeed, TAIL) / dt, quantile(ofSpeed, 1 - TAIL) / dt],
    },
    ratio: {
      // The mean need not be finite where D may be 0.
      value: quantile(ofRatio, 0.5) ** 2,
      interval: [still ? 0 : quantile(ofRatio, TAIL) ** 2, quantile(ofRatio, 1 - TAIL) ** 2],
    },
  };
}

/** A Q and an exposure. */
interface Node {
  /** Place of Q among its cells. */
  readonly q: number;
  readonly logQ: number;
  readonly forms: DriftForms;
  /** ln of the density there, at its most probable scale and drift. */
  readonly best: number;
}

/** ln of the mean over all directions of the density, of a variance per axis, of a drift at a speed; but for a constant. */
function angularMean(dim: number): (speed: number, drift: number, variance: number) => number {
  const logOf = [logCosh, logBessel, logSinhc][dim - 1];
  return (speed, drift, variance) =>
    // The density of the drift's other directions is left out: it does not depend on the speed.
    -((speed - drift) ** 2) / (2 * variance) + logOf((speed * drift) / variance);
}

/** ln(e^−x cosh x) */
const logCosh = (x: number): number => Math.log1p(Math.exp(-2 * x)) - Math.LN2;

/** ln(e^−x sinh(x)/x) */
const logSinhc = (x: number): number => (x < 1e-4 ? -x : Math.log(-Math.expm1(-2 * x) / (2 * x)));

/** ln(e^−x I₀(x)), by the polynomials of Abramowitz & Stegun 9.8.1 and 9.8.2, to 2·10⁻⁷. */
function logBessel(x: number): number {
  if (x < 3.75) {
    const t = (x / 3.75) ** 2;
    const sum =
      1 +
      t *
        (3.5156229 +
          t * (3.0899424 + t * (1.2067492 + t * (0.2659732 + t * (0.0360768 + t * 0.0045813)))));
    return Math.log(sum) - x;
  }
  const t = 3.75 / x;
  const sum =
    0.39894228 +
    t *
      (0.01328592 +
        t *
          (0.00225319 +
            t *
              (-0.00157565 +
                t *
                  (0.00916281 +
                    t * (-0.02057706 + t * (0.02635537 + t * (-0.01647633 + t * 0.00392377)))))));
  return Math.log(sum) - Math.log(x) / 2;
}
