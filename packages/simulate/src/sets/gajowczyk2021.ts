import { keyedRandom, pow, type Random } from '@diffusion/random';
import { checkInteger, checkSeed } from '../check.ts';
import { brownian } from '../models/brownian.ts';
import { confined } from '../models/confined.ts';
import { directed } from '../models/directed.ts';
import { fbm } from '../models/fbm.ts';
import { readFields } from '../read-specification.ts';
import { balancedClass } from './balanced-class.ts';
import type { Gajowczyk2021Options } from './gajowczyk2021-options.ts';
import { type DataSet, makeDataSet, type TrackPlan } from './make-data-set.ts';
import { PURPOSE } from './track-streams.ts';

/** Normal diffusion, directed motion, confined diffusion, fractional Brownian motion. */
const CLASSES = ['ND', 'DM', 'CD', 'FBM'] as const;

/** Table 1 of the paper. Lengths in µm, times in s. */
const DT = 1 / 30;
const TABLE_1 = {
  D: [0.1, 20],
  N: [30, 600],
  B: [1, 6],
  R: [1, 17],
  alpha: [0.3, 0.7],
  Q: [1, 9],
} as const;

const COLUMNS = ['alpha', 'D', 'Q', 'sigma', 'R', 'speed', 'B', 'radius'] as const;

interface Plan extends TrackPlan {
  readonly alpha: number;
  readonly D: number;
  readonly sigma: number;
  readonly speed: number;
  readonly radius: number;
}

/**
 * The synthetic training set of Gajowczyk & Szwabiński (2021), Entropy 23, 649, Table 1: 2D tracks of normal
 * diffusion (ND), directed motion (DM), confined diffusion (CD) and fractional Brownian motion (FBM), in µm
 * and s, with every parameter uniform on its range: Δt = 1/30 s, D 0.1–20 µm²/s, N 30–600 points, R 1–17
 * (DM), B 1–6 (CD), α 0.3–0.7 (FBM), Q 1–9.
 *
 * With T = (N − 1)Δt, the duration of the track: v = √(4DR/T) (eq. 10), radius = √(DT/B) (eq. 11), and the
 * localisation error σ = √(DΔt)/Q, for DM √(DΔt + (vΔt)²)/Q (eq. 15). Confined tracks start at the centre; a
 * step of FBM has the variance 2DΔt^α per coordinate. As Q compares with DΔt in every class, FBM stands
 * further above its noise than the other classes at the same Q: a leak that is the paper's.
 *
 * Track columns: `label`, `track` (its number in the set), `D`, `alpha` (1 for ND; NaN for DM and CD, which
 * have none), `Q`, `sigma` (µm), `R`, `speed` (µm/s), `B`, `radius` (µm); NaN where a class has no such
 * parameter. Throws a ParameterError for a count that is not a non-negative integer or a seed that is not a
 * safe integer.
 *
 * @example
 * const set = gajowczyk2021({ count: 20_000, seed: 1 });
 * set.generate(0, 4).trackColumns.label; // each class once
 */
export function gajowczyk2021(options: Gajowczyk2021Options): DataSet {
  readFields('', options, ['count', 'seed']);
  const { count, seed } = options;
  checkInteger('count', count, { min: 0, max: 4294967295 });
  checkSeed(seed);
  return makeDataSet<Plan>({
    count,
    dim: 2,
    classes: CLASSES,
    lengths: { min: TABLE_1.N[0], max: TABLE_1.N[1] },
    answers: ['classes'],
    specification: { preset: 'gajowczyk2021', count, seed },
    dt: DT,
    positionUnit: 'µm',
    timeUnit: 's',
    labels: ['label'],
    columns: COLUMNS,
    plan: (i) => planTrack(seed, i),
    write(i, plan, out) {
      writeMotion(plan, keyedRandom(seed, i, PURPOSE.motion), out);
      const noise = keyedRandom(seed, i, PURPOSE.noise);
      for (let at = 0; at < out.length; at++) out[at] += plan.sigma * noise.normal();
    },
  });
}

function planTrack(seed: number, i: number): Plan {
  const random = keyedRandom(seed, i, PURPOSE.parameters);
  const label = balancedClass(seed, i, CLASSES.length);
  const name = CLASSES[label];
  const [shortest, longest] = TABLE_1.N;
  const points = shortest + random.integerBelow(longest - shortest + 1);
  const D = uniformOn(random, TABLE_1.D);
  const Q = uniformOn(random, TABLE_1.Q);
  const duration = (points - 1) * DT;
  const R = name === 'DM' ? uniformOn(random, TABLE_1.R) : NaN;
  const speed = name === 'DM' ? Math.sqrt((4 * D * R) / duration) : NaN;
  const B = name === 'CD' ? uniformOn(random, TABLE_1.B) : NaN;
  const radius = name === 'CD' ? Math.sqrt((D * duration) / B) : NaN;
  const alpha = name === 'FBM' ? uniformOn(random, TABLE_1.alpha) : name === 'ND' ? 1 : NaN;
  const drift = name === 'DM' ? speed * DT : 0;
  const sigma = Math.sqrt(D * DT + drift * drift) / Q;
  const values = [alpha, D, Q, sigma, R, speed, B, radius];
  return { points, labels: [label], values, alpha, D, sigma, speed, radius };
}

function writeMotion(plan: Plan, random: Random, out: Float64Array): void {
  const { points, labels, alpha, D, speed, radius } = plan;
  const step = Math.sqrt(2 * D * DT);
  switch (CLASSES[labels[0]]) {
    case 'ND':
      brownian(random, out, points, 2, { step });
      break;
    case 'DM':
      directed(random, out, points, 2, { step, drift: speed * DT });
      break;
    case 'CD':
      confined(random, out, points, 2, { step, radius, start: 'centre' });
      break;
    default:
      fbm(random, out, points, 2, { alpha, step: Math.sqrt(2 * D * pow(DT, alpha)) });
  }
}

function uniformOn(random: Random, [from, to]: readonly [number, number]): number {
  return from + (to - from) * random.uniform();
}
