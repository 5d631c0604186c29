import { keyedRandom, type Random } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { checkDim, checkInteger, checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { addDrift } from '../measure/drift.ts';
import { addNoise, addVaryingNoise } from '../measure/noise.ts';
import { quantize } from '../measure/quantize.ts';
import { longestLink } from '../measure/search-radius.ts';
import { unitVector } from '../models/unit-vector.ts';
import { join, readFields, unknownName } from '../read-specification.ts';
import { type DataSet, makeDataSet, type TrackPlan } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import { extremes, within } from './distribution.ts';
import type { CheckedLaw, Circumstances, Moving } from './law.ts';
import { type LawModel, laws } from './laws.ts';
import { missBursts } from './miss-bursts.ts';
import type { MotionOptions } from './motion-options.ts';
import { motionPrior } from './motion-prior.ts';
import { type CheckedPrior, type Distributions, RANGED, readPrior } from './read-prior.ts';
import { bestScene, circumstancesOf, drawScene, type Scene } from './scene.ts';

const OPTIONS = ['count', 'seed', 'dim', 'length', 'classes', 'laws', 'ranges', 'prior'];

/** Tries to write a track without a link longer than the search radius, before the radius gives way. */
const ATTEMPTS = 4;

interface Plan extends TrackPlan {
  readonly scene: Scene;
  readonly moving: Moving;
  readonly circumstances: Circumstances;
}

const velocity = new Float64Array(3);

/**
 * Tracks of ordinary microscopes, as the prior in `priors/motion.json` has them, or one of your own of the same form: a file
 * that training, calibration and evaluation draw from alike. Whatever moves, Q = √(one-frame MSD of the true path ÷
 * 2·dim)/σ has the same law, as have the length, the exposure, the gaps and all else that a microscope does. What moves is
 * drawn last, among the laws that are possible then: so length and Q do tell something of two classes (a confined track must be
 * long and wide enough, and what is immobile has Q = 0 and needs an error).
 *
 * A place is the mean of the true path over the exposure: exact where the law is Gaussian (Brownian and fractional Brownian
 * motion, with a drift or without), else from ten places per frame or more. A track that must not have a link longer than a
 * search radius is drawn again where it has one; where that does not help, the radius is that of its longest link.
 *
 * Time is in frames, lengths are in a unit that means nothing. Track columns: `track`, `label`, `law`, and, NaN where there is no such number, `alpha`, `D` (⟨x²⟩ =
 * 2Dt^α per coordinate), `Q` (0 for what is immobile, Infinity without an error), `sigma` (root mean square of the
 * coordinates') and `sigma_x` … (root mean square of the points'), `exposure`, `R`, `speed`, `radius`, `gaps` (share of the
 * frames that are missed), `variation` (deviation of ln σ from point to point), `pixel` (0 for none), `drift` (speed of
 * what is left of the field's), `searchRadius`, and `clear`: 1 where a track shows plainly what its law is known by (CTRW:
 * three jumps and a wait of ten frames; Lévy walk: two turns; ATTM: two residences of ten frames whose D differ four times;
 * SBM: |α − 1| > 0.4), 0 where it does not, NaN for other laws.
 *
 * Throws a ParameterError that names the path of the wrong field, such as `prior.laws[2].R.min`.
 *
 * @example
 * const set = motion({ dim: 2, count: 1000, seed: 1, ranges: { q: { min: 0.2, max: 0.5 }, exposure: 1 } });
 * set.classes; // ['immobile', 'confined', 'brownian', 'directed', 'subdiffusive', 'other']
 */
export function motion(options: MotionOptions): DataSet {
  const fields = readFields('', options, OPTIONS);
  const count = checkInteger('count', fields.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(fields.seed);
  const dim = checkDim(fields.dim);
  const prior = readPrior('prior', fields.prior ?? motionPrior);
  const chosen = chooseLaws(prior, fields);
  const distributions = restricted(prior, fields);
  const classes = [...new Set(chosen.map(({ label }) => label))];
  const names = chosen.map(({ name }) => name);
  checkPossible(chosen, distributions, dim, fields);
  const { least, most } = extremes(distributions.length);
  const axes = ['x', 'y', 'z'].slice(0, dim).map((axis) => `sigma_${axis}`);
  const columns = [
    ...['alpha', 'D', 'Q', 'sigma', ...axes, 'exposure', 'R', 'speed', 'radius', 'gaps'],
    ...['variation', 'pixel', 'drift', 'searchRadius', 'clear'],
  ];
  const clear = columns.indexOf('clear');
  const searchRadius = columns.indexOf('searchRadius');

  return makeDataSet<Plan>({
    count,
    dim,
    classes,
    lengths: { min: least, max: most },
    answers: ['classes'],
    specification: { ...fields, preset: 'motion', count, seed, dim } as DataSet['specification'],
    dt: 1,
    positionUnit: '',
    timeUnit: 'frame',
    labels: ['label', 'law'],
    dictionaries: [classes, names],
    columns,
    minPoints: 1,
    plan(i) {
      const random = keyedRandom(seed, i, PURPOSE.parameters);
      for (;;) {
        const scene = drawScene(distributions, random, dim);
        const k = drawLaw(chosen, scene, random);
        if (k < 0) continue;
        const law = chosen[k];
        const circumstances = circumstancesOf(scene, law.model === 'immobile');
        const moving = laws[law.model as LawModel].draw(law, random, circumstances);
        return {
          points: scene.frames,
          labels: [classes.indexOf(law.label), k],
          values: valuesOf(moving, circumstances, scene),
          scene,
          moving,
          circumstances,
        };
      }
    },
    write(i, { scene, circumstances, moving, values }, out, piece) {
      missBursts(keyedRandom(seed, i, PURPOSE.missed), piece, scene.missing, scene.burst);
      const random = keyedRandom(seed, i, PURPOSE.motion);
      const noise = keyedRandom(seed, i, PURPOSE.noise);
      let radius = scene.searchRadius;
      for (let attempt = 1; ; attempt++) {
        values[clear] = moving.write(random, out);
        observe(noise, scene, circumstances.sigma, out);
        if (radius === Infinity) break;
        const longest = longestLink(out, piece, dim);
        if (longest > radius && attempt < ATTEMPTS) continue;
        radius = Math.max(radius, longest);
        values[searchRadius] = radius;
        break;
      }
    },
  });
}

/** What the microscope does to the mean places of a track. */
function observe(noise: Random, scene: Scene, sigma: number, out: Float64Array): void {
  const { dim, frames, drift, ratios, variation, pixel } = scene;
  if (drift > 0) {
    unitVector(noise, dim, velocity);
    for (let d = 0; d < dim; d++) velocity[d] *= drift;
    addDrift(out, frames, dim, velocity, 1);
  }
  if (sigma > 0) {
    const sigmas = ratios.map((ratio) => sigma * ratio);
    if (variation > 0) addVaryingNoise(noise, out, frames, dim, sigmas, variation);
    else addNoise(noise, out, frames, dim, sigmas);
  }
  if (pixel > 0) {
    // Where the track begins within a pixel is nobody's choice.
    for (let d = 0; d < dim; d++) {
      const shift = pixel * noise.uniform();
      for (let at = d; at < frames * dim; at += dim) out[at] += shift;
    }
    quantize(out, frames * dim, pixel);
  }
}

/** The values of a track's columns, in their order. */
function valuesOf(
  { alpha = NaN, D = NaN, R = NaN, speed = NaN, radius = NaN }: Moving,
  { deviation, sigma, exposure }: Circumstances,
  { ratios, points, frames, variation, pixel, drift }: Scene,
): number[] {
  const gaps = (frames - points) / frames;
  return [
    ...[alpha, D, deviation / sigma, sigma, ...ratios.map((ratio) => sigma * ratio)],
    ...[exposure, R, speed, radius, gaps, variation, pixel, drift, NaN, NaN],
  ];
}

const isPossible = (law: CheckedLaw, scene: Scene): boolean =>
  laws[law.model as LawModel].possible?.(law, circumstancesOf(scene, law.model === 'immobile')) ??
  true;

/** Which of the laws a track has, among those that are possible, by their shares; −1 where none is. */
function drawLaw(chosen: readonly CheckedLaw[], scene: Scene, random: Random): number {
  let total = 0;
  const shares = chosen.map((law) => {
    const share = isPossible(law, scene) ? law.share : 0;
    total += share;
    return share;
  });
  if (total === 0) return -1;
  let place = random.uniform() * total;
  let k = 0;
  // Rounding may leave a last crumb, which belongs to the last law that there is.
  for (let j = 0; j < shares.length; j++) {
    if (shares[j] === 0) continue;
    k = j;
    if (place < shares[j]) break;
    place -= shares[j];
  }
  return k;
}

/** The laws asked for by their names and classes; a law of share 0 that is asked for by name has the share 1. */
function chooseLaws(prior: CheckedPrior, fields: Readonly<Record<string, unknown>>): CheckedLaw[] {
  const names = prior.laws.map(({ name }) => name);
  const asked = checkNames('laws', fields.laws, names);
  const classes = checkNames('classes', fields.classes, [
    ...new Set(prior.laws.map(({ label }) => label)),
  ]);
  const chosen = prior.laws
    .filter(
      ({ name, label }) => (asked?.includes(name) ?? true) && (classes?.includes(label) ?? true),
    )
    .map((law) => (asked && law.share === 0 ? { ...law, share: 1 } : law))
    .filter(({ share }) => share > 0);
  if (chosen.length === 0) {
    const [where, value] = asked ? ['laws', fields.laws] : ['classes', fields.classes];
    throw new ParameterError(
      classes || asked ? where : 'prior.laws',
      value,
      'at least one law with a share above 0',
    );
  }
  return chosen;
}

function checkNames(
  path: string,
  value: unknown,
  known: readonly string[],
): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (!Array.isArray(value) || value.length === 0) {
    throw new ParameterError(path, value, `a list of some of ${known.join(', ')}`);
  }
  for (const [k, name] of value.entries()) {
    if (!known.includes(name)) throw unknownName(`${path}[${k}]`, name, String(name), known);
  }
  return value;
}

/** The distributions of the prior within what is asked for. */
function restricted(
  { distributions }: CheckedPrior,
  fields: Readonly<Record<string, unknown>>,
): Distributions {
  const ranges = readFields('ranges', fields.ranges ?? {}, Object.keys(RANGED));
  if (fields.length !== undefined && ranges.length !== undefined) {
    throw new ParameterError(
      'ranges.length',
      ranges.length,
      'nothing beside length, which is the same',
    );
  }
  return Object.fromEntries(
    Object.entries(distributions).map(([name, whole]) => {
      const top = name === 'length' && fields.length !== undefined;
      const path = top ? name : join('ranges', name);
      return [name, within(path, whole, top ? fields.length : ranges[name])];
    }),
  ) as unknown as Distributions;
}

/** Throws where no track of the longest and least noisy could have any of the laws, so that none would ever be found. */
function checkPossible(
  chosen: readonly CheckedLaw[],
  distributions: Distributions,
  dim: Dim,
  fields: Readonly<Record<string, unknown>>,
): void {
  const best = bestScene(distributions, dim);
  // What is at rest is only seen by its error.
  const noisy = { ...best, q: extremes(distributions.q).least };
  if (chosen.some((law) => isPossible(law, best) || isPossible(law, noisy))) return;
  const [path, value] =
    fields.length === undefined ? ['ranges', fields.ranges] : ['length', fields.length];
  throw new ParameterError(
    path as string,
    value,
    `tracks long enough, and enough above their noise, for ${chosen.map(({ name }) => name).join(' or ')}`,
  );
}
