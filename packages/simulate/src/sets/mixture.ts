import { keyedRandom } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { checkDim, checkInteger, checkNumber, checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import {
  driftNames,
  leastPoints,
  losesFrames,
  MEASUREMENT_FIELDS,
  type Measurement,
  readMeasurement,
  sigmaNames,
} from '../measure/measurement.ts';
import { blurredPathPoints, motionBlur } from '../measure/motion-blur.ts';
import { observe } from '../measure/observe.ts';
import type { Motion, Scene } from '../motion/define-model.ts';
import { type Drawn, readFields, readQuantity } from '../read-specification.ts';
import { classQuotas, quotaClass } from './class-quota.ts';
import { type DataSet, makeDataSet, type TrackPlan } from './make-data-set.ts';
import { type MixtureClass, readClass } from './mixture-class.ts';
import type { MixtureSpecification } from './mixture-specification.ts';
import { PURPOSE } from './track-streams.ts';

/** A mixture that has been checked. */
interface Mixture {
  readonly count: number;
  readonly seed: number;
  readonly dim: Dim;
  readonly length: Drawn;
  readonly dt: number;
  readonly positionUnit: string;
  readonly timeUnit: string;
  readonly classes: readonly MixtureClass[];
  readonly measurement: Measurement;
}

interface Plan extends TrackPlan {
  readonly motion: Motion;
}

const FIELDS = [
  'count',
  'seed',
  'dim',
  'length',
  'dt',
  'positionUnit',
  'timeUnit',
  'classes',
  ...MEASUREMENT_FIELDS,
];

/** Longest track: what still fits a plan of the exact fractional Brownian motion in memory. */
const LONGEST = 67_108_864;

/** The data set of a mixture. Throws a ParameterError that names the path of the wrong field. */
export function mixture(specification: unknown): DataSet {
  const fields = readFields('', specification, FIELDS);
  if (!Array.isArray(fields.classes) || fields.classes.length === 0) {
    throw new ParameterError('classes', fields.classes, 'a list of at least one class');
  }
  const classes = fields.classes.map((value, k) => readClass(`classes[${k}]`, value));
  const common = readCommon(fields);
  const measurement = readMeasurement(fields, common.dim, common.seed);
  return mixtureOf({ ...common, classes, measurement }, {
    ...fields,
    classes: classes.map(({ modelSpecification }, k) => ({
      ...(fields.classes as readonly object[])[k],
      model: modelSpecification,
    })),
  } as unknown as MixtureSpecification);
}

/** Checks the fields that say how many tracks of what length, where and when. */
export function readCommon(
  fields: Readonly<Record<string, unknown>>,
): Omit<Mixture, 'classes' | 'measurement'> {
  const { dt = 1, positionUnit = '', timeUnit = 'frame' } = fields;
  if (typeof positionUnit !== 'string') {
    throw new ParameterError('positionUnit', positionUnit, 'a text');
  }
  if (typeof timeUnit !== 'string') throw new ParameterError('timeUnit', timeUnit, 'a text');
  return {
    count: checkInteger('count', fields.count, { min: 0, max: 4294967295 }),
    seed: checkSeed(fields.seed),
    dim: checkDim(fields.dim),
    length: readQuantity('length', fields.length, { min: 1, max: LONGEST }, true),
    dt: checkNumber('dt', dt, { above: 0 }),
    positionUnit,
    timeUnit,
  };
}

/** The data set of a checked mixture, which `specification` makes again. */
export function mixtureOf(checked: Mixture, specification: MixtureSpecification): DataSet {
  const { count, seed, dim, length, dt, classes, measurement } = checked;
  const { blur, drift, field, focus, search } = measurement;
  const labels = [...new Set(classes.map(({ label }) => label))];
  const { names, exponents } = parameterColumns(checked);
  const sigmas = sigmaNames(measurement, dim);
  const columns = [...names, ...sigmas, ...driftNames(measurement, dim)];
  if (classes.every(({ share }) => share === 0)) {
    throw new ParameterError('classes[0].share', 0, 'a class with a share above 0');
  }
  const classOf = quotaClass(
    seed,
    classQuotas(
      count,
      classes.map(({ share }) => share),
    ),
  );
  const lossy = losesFrames(measurement);
  let path = new Float64Array(0);
  const sigma = new Float64Array(3);

  return makeDataSet<Plan>({
    count,
    dim,
    classes: labels,
    specification,
    dt,
    positionUnit: checked.positionUnit,
    timeUnit: checked.timeUnit,
    labels: ['label'],
    columns,
    lengths: {
      // Missed frames leave the first and the last one, a field of view, a focus and a search radius what they are told to keep.
      min:
        field || focus || search
          ? leastPoints(measurement)
          : lossy
            ? Math.min(length.least, 2)
            : length.least,
      max: length.most,
    },
    answers: exponents ? ['classes', 'exponent'] : ['classes'],
    ...(lossy && { minPoints: leastPoints(measurement) }),
    plan(i) {
      const { model, label, draw } = classes[classOf(i)];
      const random = keyedRandom(seed, i, PURPOSE.parameters);
      const frames = length.draw(random);
      const drawn = draw(random);
      const motion = model.prepare(drawn, sceneOf(frames, dim, dt));
      const { derived } = motion;
      const values = new Float64Array(columns.length);
      for (let c = 0; c < names.length; c++) {
        const value = drawn[names[c]] ?? derived?.[names[c]];
        values[c] = typeof value === 'number' ? value : NaN;
      }
      if (drift) values.set(drift, columns.length - dim);
      return { points: frames, labels: [labels.indexOf(label)], values, motion };
    },
    write(i, { points, values, motion }, out, piece) {
      const random = keyedRandom(seed, i, PURPOSE.motion);
      if (blur) {
        const places = blurredPathPoints(points, blur);
        if (path.length < places * dim) path = new Float64Array(places * dim);
        motion.write(random, path, places, blur.substeps);
        motionBlur(path, out, points, dim, blur);
      } else motion.write(random, out, points, 1);
      const { qSignal = NaN } = motion;
      observe(measurement, { seed, track: i, dim, dt, qSignal }, out, points, piece, sigma);
      for (let c = 0; c < sigmas.length; c++) values[names.length + c] = sigma[c];
    },
  });
}

const sceneOf = (frames: number, dim: Dim, dt: number): Scene => ({
  frames,
  dim,
  dt,
  duration: Math.max(1, frames - 1) * dt,
});

/**
 * α first, then the other parameters of all classes, drawn or derived; and whether every class has an α. Throws where Q
 * is asked of a model that has none.
 */
function parameterColumns(checked: Mixture): { names: string[]; exponents: boolean } {
  const names = new Set<string>(['alpha']);
  const random = keyedRandom(0);
  const { noise } = checked.measurement;
  let exponents = true;
  for (const [k, { model, draw }] of checked.classes.entries()) {
    const drawn = draw(random);
    const motion = model.prepare(drawn, sceneOf(2, checked.dim, checked.dt));
    if (noise?.kind === 'q' && motion.qSignal === undefined) {
      const where = checked.classes.length > 1 ? `model of classes[${k}]` : 'model';
      throw new ParameterError(
        where,
        model.name,
        `one with a diffusion coefficient, since ${noise.path} is given; use sigma or snr`,
      );
    }
    const numbers = Object.entries({ ...drawn, ...motion.derived }).filter(
      ([name, value]) => typeof value === 'number' && model.parameters[name]?.kind !== 'choice',
    );
    exponents &&= numbers.some(([name]) => name === 'alpha');
    for (const [name] of numbers) names.add(name);
  }
  return { names: [...names], exponents };
}
