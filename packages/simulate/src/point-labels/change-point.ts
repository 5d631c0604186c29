import { keyedRandom, type Random } from '@diffusion/random';
import { ANDI_LABELS } from '@diffusion/tracks';
import { normalizedPath } from '../andi2020/normalized-path.ts';
import { ANDI_ALPHAS, type Cell, wholePool } from '../andi2020/pool.ts';
import { checkDim, checkInteger, checkSeed } from '../check.ts';
import { readFields, readQuantity } from '../read-specification.ts';
import { balancedClass } from '../sets/balanced-class.ts';
import type { DataSet } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import type { ChangePointOptions } from './change-point-options.ts';
import { labelledPoints } from './labelled-points.ts';

const MODELS = ANDI_LABELS.length;
const PAIRS = MODELS * (MODELS - 1);

/** Points that a path of the pool has. */
const POOL = 1000;

/** Before this share of a track nothing changes, nor in the same share at its end. */
const EDGE = 0.2;

/** Exponents of each model, as indices among those of the challenge. */
const ALPHAS: readonly (readonly number[])[] = ANDI_LABELS.map((_, model) =>
  wholePool(1)
    .cells.filter((cell) => cell.model === model)
    .map(({ alpha }) => alpha),
);

/**
 * Tracks with one change of the model of motion, or none: the five models of the AnDi challenge of 2020 with displacements of
 * deviation 1. In every 40 tracks in a row 20 change, one for each ordered pair of models, at a point uniform in the middle
 * 60 per cent, and 4 are of each model throughout. Exponents are as likely as in the challenge's pool.
 *
 * Point columns `state` (the model, its classes) and `alpha` of the step from a point to the next; `D` is NaN. Track columns:
 * `track`, and `change`, the first point of the second model, 0 for none.
 *
 * Throws a ParameterError for an argument outside its range.
 *
 * @example
 * changePoint({ count: 40, seed: 1, length: 100 }).generate().trackColumns.change; // 20 of them 0
 */
export function changePoint(options: ChangePointOptions): DataSet {
  readFields('', options, ['count', 'seed', 'dim', 'length', 'sigma']);
  const count = checkInteger('count', options.count, { min: 0, max: 4294967295 });
  const seed = checkSeed(options.seed);
  const dim = checkDim(options.dim ?? 1);
  const length = options.length ?? 200;
  const points = readQuantity('length', length, { min: 10, max: POOL }, true);
  const sigma = options.sigma ?? 0;
  const level = readQuantity('sigma', sigma, { min: 0 });
  const [first, second] = [0, 1].map(() => new Float64Array(POOL * dim));
  const path = (random: Random, out: Float64Array, model: number): number => {
    const alpha = ALPHAS[model][random.integerBelow(ALPHAS[model].length)];
    const cell: Cell = { model, alpha };
    normalizedPath(random, out, dim, cell);
    return ANDI_ALPHAS[alpha];
  };
  return labelledPoints({
    count,
    dim,
    classes: ANDI_LABELS,
    lengths: { min: points.least, max: points.most },
    specification: { preset: 'change-point', count, seed, dim, length, sigma },
    positionUnit: '',
    columns: ['change'],
    row(i) {
      const plan = keyedRandom(seed, i, PURPOSE.parameters);
      const seen = points.draw(plan);
      const place = balancedClass(seed, i, 2 * PAIRS);
      const changes = place < PAIRS;
      const from = changes ? Math.floor(place / (MODELS - 1)) : place % MODELS;
      const other = place % (MODELS - 1);
      const to = other < from ? other : other + 1;
      const middle = Math.floor((1 - 2 * EDGE) * seen);
      const change = changes ? Math.ceil(EDGE * seen) + plan.integerBelow(middle) : 0;
      const error = level.draw(plan);
      const motion = keyedRandom(seed, i, PURPOSE.motion);
      const noise = keyedRandom(seed, i, PURPOSE.noise);
      const alpha = new Float64Array(seen).fill(path(motion, first, from));
      const state = new Uint8Array(seen).fill(from);
      const positions = first.slice(0, seen * dim);
      if (changes) {
        alpha.fill(path(motion, second, to), change);
        state.fill(to, change);
        for (let at = change * dim; at < positions.length; at++) {
          const begin = change * dim + (at % dim);
          positions[at] = first[begin] + second[at] - second[begin];
        }
      }
      for (let at = 0; at < positions.length; at++) positions[at] += error * noise.normal();
      const D = new Float64Array(seen).fill(Number.NaN);
      return { positions, alpha, D, state, values: [change] };
    },
  });
}
