import { keyedRandom } from '@diffusion/random';
import type { Dim } from '@diffusion/tracks';
import { checkDim, checkInteger, checkNumber, checkSeed } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { blurredPathPoints, motionBlur } from '../measure/motion-blur.ts';
import { addNoise } from '../measure/noise.ts';
import { blink, limitField, missFrames } from '../measure/visibility.ts';
import type { Motion } from '../motion/motion-model.ts';
import { classQuotas, quotaClass } from './class-quota.ts';
import { type DataSet, makeDataSet, type TrackPlan } from './data-set.ts';
import {
  drawSigma,
  MEASUREMENT_FIELDS,
  type Measurement,
  type MeasurementSpecification,
  readMeasurement,
} from './measurement.ts';
import { type ClassSpecification, type MixtureClass, readClass } from './mixture-class.ts';
import { PURPOSE } from './purpose.ts';
import { type Drawn, type Quantity, readFields, readQuantity } from './specification.ts';

/** A labelled mixture of motion models: plain JSON. */
export interface MixtureSpecification extends MeasurementSpecification {
  /** Number of tracks. */
  count: number;
  /** Any safe integer. */
  seed: number;
  dim: Dim;
  /** Points of a track: one number, a range or a list. */
  length: Quantity;
  /** Time between frames; 1 unless told. */
  dt?: number;
  /** '' unless told. */
  positionUnit?: string;
  /** 'frame' unless told. */
  timeUnit?: string;
  /** At least one. */
  classes: readonly ClassSpecification[];
}

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
  return mixtureOf(
    { ...readCommon(fields), classes, measurement: readMeasurement(fields) },
    specification as Readonly<Record<string, unknown>>,
  );
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
export function mixtureOf(
  checked: Mixture,
  specification: Readonly<Record<string, unknown>>,
): DataSet {
  const { count, seed, dim, length, dt, classes, measurement } = checked;
  const { noise, blur, missed, blinking, field } = measurement;
  const labels = [...new Set(classes.map(({ label }) => label))];
  const columns = columnNames(checked);
  const sigmaAt = columns.length - sigmaNames(checked).length;
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
    ...((missed > 0 || blinking || field) && { minPoints: field?.minPoints ?? 1 }),
    plan(i) {
      const { model, label, draw } = classes[classOf(i)];
      const random = keyedRandom(seed, i, PURPOSE.parameters);
      const frames = length.draw(random);
      const drawn = draw(random);
      const motion = model.prepare(drawn, { frames, dim, dt });
      const values = new Float64Array(columns.length);
      for (let c = 0; c < columns.length; c++) {
        const value = drawn[columns[c]] ?? motion.derived[columns[c]];
        values[c] = typeof value === 'number' ? value : NaN;
      }
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
      if (field) {
        limitField(keyedRandom(seed, i, PURPOSE.field), out, piece, dim, field.size);
      }
      if (missed > 0) missFrames(keyedRandom(seed, i, PURPOSE.missed), piece, missed);
      if (blinking) {
        const { meanOn, meanOff } = blinking;
        blink(keyedRandom(seed, i, PURPOSE.blinking), piece, meanOn, meanOff);
      }
      if (noise) {
        const levels = keyedRandom(seed, i, PURPOSE.noise);
        drawSigma(noise, levels, out, points, dim, motion.qSignal ?? NaN, sigma);
        for (let c = sigmaAt; c < columns.length; c++) values[c] = sigma[c - sigmaAt];
        addNoise(levels, out, points, dim, sigma);
      }
    },
  });
}

/** Names of the σ columns: one, or one per coordinate. */
function sigmaNames({ dim, measurement: { noise } }: Mixture): string[] {
  if (!noise) return [];
  return noise.perCoordinate ? ['sigma_x', 'sigma_y', 'sigma_z'].slice(0, dim) : ['sigma'];
}

/** α first, then the other parameters of all classes, drawn or derived, then σ. */
function columnNames(checked: Mixture): string[] {
  const names = new Set<string>(['alpha']);
  const random = keyedRandom(0);
  const { noise } = checked.measurement;
  for (const [k, { model, draw }] of checked.classes.entries()) {
    const drawn = draw(random);
    const motion = model.prepare(drawn, { frames: 2, dim: checked.dim, dt: checked.dt });
    if (noise?.kind === 'q' && motion.qSignal === undefined) {
      const where = checked.classes.length > 1 ? `model of classes[${k}]` : 'model';
      throw new ParameterError(
        where,
        model.name,
        `one with a diffusion coefficient, since ${noise.path} is given; use sigma or snr`,
      );
    }
    for (const [name, value] of Object.entries({ ...drawn, ...motion.derived })) {
      if (typeof value === 'number' && model.parameters[name]?.kind !== 'choice') names.add(name);
    }
  }
  return [...names, ...sigmaNames(checked)];
}
