import { keyedRandom } from '@diffusion/random';
import { ANDI_LABELS } from '@diffusion/tracks';
import { checkChoice, checkDim, checkInteger, checkSeed } from '../check.ts';
import { readFields, readQuantity } from '../read-specification.ts';
import { type DataSet, makeDataSet, type TrackPlan } from '../sets/make-data-set.ts';
import { PURPOSE } from '../sets/track-streams.ts';
import type { Andi2020Options } from './andi2020-options.ts';
import { disturb, drawDisturbance } from './disturb.ts';
import { cellOfTrack, cellsOfPair } from './draw-cells.ts';
import { normalizedPath, POOL_POINTS } from './normalized-path.ts';
import { ANDI_ALPHAS, type Cell } from './pool.ts';

/** Points of a track of task 3. */
const SEGMENTED_POINTS = 200;
const AXES = ['x', 'y', 'z'];
/** The first task asks for the exponent, the second for the class; in the third a track has two of each. */
const ANSWERS = { 1: ['exponent', 'classes'], 2: ['classes', 'exponent'], 3: [] } as const;

interface Plan extends TrackPlan {
  readonly cells: readonly Cell[];
  /** First point of the second segment; task 3 only. */
  readonly change: number;
}

/**
 * The data set of the AnDi challenge of 2020 (Muñoz-Gil et al. 2021, Nat. Commun. 12, 6253), after the law of
 * its generator: a pool of 1,000-point tracks per model and exponent, each coordinate normalised to unit
 * displacements, localisation error σ from {0.1, 0.5, 1}, a normal amplitude, the quotas of the task, and a
 * random length.
 *
 * Task 1 has as many tracks of each exponent, task 2 of each model, as the pool allows; task 3 joins two
 * different ones at a random point. Each track is a function of (task, dim, count, noisePer, length, seed)
 * and its number.
 *
 * Track columns: `track`, `label` (ATTM, CTRW, FBM, LW, SBM), `alpha`, `sigma_x` …, `amplitude_x` …;
 * for task 3 also `label_2`, `alpha_2`, `change` (first point of the second segment) and, with
 * `noisePer: 'coordinate'`, `sigma_2_x` … and `amplitude_2_x` …
 *
 * Throws a ParameterError for an argument outside its range.
 *
 * @example
 * const set = andi2020({ task: 2, dim: 1, count: 1000, seed: 1 });
 * set.generate(0, 2).trackColumns.alpha; // exponents of the first two tracks
 */
export function andi2020(options: Andi2020Options): DataSet {
  readFields('', options, ['task', 'dim', 'count', 'seed', 'length', 'noisePer']);
  const task = checkChoice('task', options.task, [1, 2, 3] as const);
  const dim = checkDim(options.dim);
  const count = checkInteger('count', options.count, { min: 0, max: 2147483648 });
  const seed = checkSeed(options.seed);
  const noisePer = checkChoice('noisePer', options.noisePer ?? 'coordinate', [
    'coordinate',
    'track',
  ] as const);
  const given = task === 3 ? SEGMENTED_POINTS : (options.length ?? { min: 10, max: 999 });
  if (task === 3) checkChoice('length', options.length ?? SEGMENTED_POINTS, [SEGMENTED_POINTS]);
  const length = readQuantity('length', given, { min: 2, max: POOL_POINTS }, true);
  const perCoordinate = noisePer === 'coordinate';
  const twice = task === 3 && perCoordinate;
  const columns = [
    'alpha',
    ...levels('', dim),
    ...(task === 3 ? ['alpha_2', 'change', ...(twice ? levels('2_', dim) : [])] : []),
  ];
  const cellOf = task === 3 ? undefined : cellOfTrack(task, count, seed);
  const cellsOf = task === 3 ? cellsOfPair(count, seed) : undefined;
  const path = new Float64Array(POOL_POINTS * dim);
  const second = new Float64Array(task === 3 ? POOL_POINTS * dim : 0);

  return makeDataSet<Plan>({
    count,
    dim,
    classes: ANDI_LABELS,
    lengths: { min: length.least, max: length.most },
    answers: ANSWERS[task],
    specification: {
      preset: 'andi2020',
      task,
      dim,
      count,
      seed,
      noisePer,
      ...(task !== 3 && { length: given }),
    },
    dt: 1,
    positionUnit: '',
    timeUnit: 'frame',
    labels: task === 3 ? ['label', 'label_2'] : ['label'],
    columns,
    plan(i) {
      const random = keyedRandom(seed, i, PURPOSE.parameters, task);
      const points = length.draw(random);
      const cells = cellOf ? [cellOf(i)] : (cellsOf?.(i) ?? []);
      const values = new Float64Array(columns.length);
      values[0] = ANDI_ALPHAS[cells[0].alpha];
      drawDisturbance(random, dim, perCoordinate, values, 1);
      let change = 0;
      if (task === 3) {
        change = 1 + random.integerBelow(SEGMENTED_POINTS - 1);
        values[1 + 2 * dim] = ANDI_ALPHAS[cells[1].alpha];
        values[2 + 2 * dim] = change;
        if (twice) drawDisturbance(random, dim, true, values, 3 + 2 * dim);
      }
      return { points, labels: cells.map(({ model }) => model), values, cells, change };
    },
    write(i, { points, cells, values, change }, out) {
      const motion = keyedRandom(seed, i, PURPOSE.motion, task);
      const noise = keyedRandom(seed, i, PURPOSE.noise, task);
      const level = values as Float64Array;
      normalizedPath(motion, path, dim, cells[0]);
      const sigma = level.subarray(1, 1 + dim);
      const amplitude = level.subarray(1 + dim, 1 + 2 * dim);
      if (task !== 3) {
        disturb(noise, path, out, points, dim, sigma, amplitude);
        return;
      }
      normalizedPath(motion, second, dim, cells[1]);
      if (!twice) {
        splice(path, second, points, dim, change);
        disturb(noise, path, out, points, dim, sigma, amplitude);
        return;
      }
      const from = 3 + 2 * dim;
      disturb(noise, path, out, points, dim, sigma, amplitude);
      disturb(
        noise,
        second,
        path,
        points,
        dim,
        level.subarray(from, from + dim),
        level.subarray(from + dim, from + 2 * dim),
      );
      splice(out, path, points, dim, change);
    },
  });
}

function levels(which: string, dim: number): string[] {
  const axes = AXES.slice(0, dim);
  return [
    ...axes.map((axis) => `sigma_${which}${axis}`),
    ...axes.map((axis) => `amplitude_${which}${axis}`),
  ];
}

/** From point `change` on, path goes on as `next` does: the place at `change` is still that of path. */
function splice(
  path: Float64Array,
  next: Float64Array,
  points: number,
  dim: number,
  change: number,
): void {
  for (let d = 0; d < dim; d++) {
    const shift = path[change * dim + d] - next[change * dim + d];
    for (let i = change; i < points; i++) path[i * dim + d] = next[i * dim + d] + shift;
  }
}
