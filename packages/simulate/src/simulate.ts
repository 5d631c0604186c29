import type { Dim, Tracks } from '@diffusion/tracks';
import { ParameterError } from './errors.ts';
import {
  type MeasurementSpecification,
  readMeasurement,
  readNoise,
} from './measure/measurement.ts';
import type { ModelName } from './models/motion-models.ts';
import type { MotionModel } from './motion/define-model.ts';
import { MEASURED_OPTIONS, SIMULATE_OPTIONS } from './motion/reserved-names.ts';
import { type Quantity, unknownName } from './read-specification.ts';
import type { DataSet } from './sets/make-data-set.ts';
import { mixtureOf, readCommon } from './sets/mixture.ts';
import { findModel, type ParametersOf, readParameters } from './sets/mixture-class.ts';
import type { MixtureSpecification } from './sets/mixture-specification.ts';

/** Options of {@link simulate} for every model. */
export interface CommonOptions extends Omit<MeasurementSpecification, 'noise'> {
  /** Number of tracks. */
  count: number;
  /** Points of a track: one number, a range or a list. */
  length: Quantity;
  dim: Dim;
  /** Any safe integer. */
  seed: number;
  /** Time between frames; 1 unless told. */
  dt?: number;
  positionUnit?: string;
  timeUnit?: string;
  /** Localisation error as a standard deviation, in position units; or … */
  sigma?: Quantity;
  /** … by the ratio of the displacements' standard deviation to σ (AnDi); or … */
  snr?: Quantity;
  /** … by √(DΔt + (vΔt)²)/σ (Gajowczyk & Szwabiński 2021). */
  q?: Quantity;
  /** One level of localisation error per track, or one per coordinate; 'track' unless told. */
  noisePer?: 'track' | 'coordinate';
}

/**
 * Options of {@link simulate}: the model, by name or a {@link MotionModel} of one's own; how many tracks of what length;
 * what the measurement does; and the parameters of the model by their names.
 */
export type SimulateOptions<M extends ModelName | MotionModel = ModelName> = M extends unknown
  ? CommonOptions & { readonly model: M } & ParametersOf<M>
  : never;

const COMMON = ['count', 'length', 'dim', 'seed', 'dt', 'positionUnit', 'timeUnit'];
const NOISE = ['sigma', 'snr', 'q'];

/**
 * Tracks of one motion model. Every parameter can be a number, a range `{ min, max }` (uniform) or a list of
 * equally likely values, drawn per track. Track i depends on the seed, i and the other options, not on
 * `count`. Columns per track: `track`, `label` (the model), `alpha` (NaN for a model without an exponent) and
 * the model's parameters, `sigma` where there is noise, and `drift_x` … where there is drift.
 *
 * Throws a ParameterError that quotes the argument, its value and its range; for an unknown name the nearest
 * known one.
 *
 * @example
 * const tracks = simulate({ model: 'fbm', count: 100, length: { min: 50, max: 200 }, dim: 2, seed: 1, alpha: 0.6, snr: 5 });
 */
export function simulate<const M extends ModelName | MotionModel>(
  options: CommonOptions & { readonly model: M } & ParametersOf<M>,
): Tracks {
  return simulationFrom(options).generate();
}

/**
 * The same tracks as a set that is never held as a whole unless asked for.
 *
 * Throws as {@link simulate} does.
 *
 * @example
 * for await (const tracks of simulation({ model: 'brownian', count: 1e6, length: 100, dim: 2, seed: 1 }).batches({ size: 1000 })) {
 *   // a thousand tracks
 * }
 */
export function simulation<const M extends ModelName | MotionModel>(
  options: CommonOptions & { readonly model: M } & ParametersOf<M>,
): DataSet {
  return simulationFrom(options);
}

/**
 * The same for what no compiler has seen, such as the name of a model that a user typed: everything is checked here.
 *
 * Throws as {@link simulate} does.
 *
 * @example
 * simulationFrom({ model: 'FBM', alpha: 0.6, count: 10, length: 50, dim: 2, seed: 1 }).generate();
 */
export function simulationFrom(options: unknown): DataSet {
  if (typeof options !== 'object' || options === null || Array.isArray(options)) {
    const expected = 'an object with model, count, length, dim, seed and what the model needs';
    throw new ParameterError('options', options, expected);
  }
  const fields = options as Readonly<Record<string, unknown>>;
  const { model, modelSpecification } = findModel('model', fields.model);
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined || SIMULATE_OPTIONS.includes(name)) continue;
    if (!Object.hasOwn(model.parameters, name)) {
      throw unknownName(name, value, name, [...Object.keys(model.parameters), ...SIMULATE_OPTIONS]);
    }
    parameters[name] = value;
  }
  const noise = pick(fields, NOISE);
  const noisy = Object.keys(noise).length > 0;
  if (noisy && fields.noisePer !== undefined) noise.per = fields.noisePer;
  const common = pick(fields, COMMON);
  const measured = pick(fields, MEASURED_OPTIONS);
  const checked = readCommon(common);
  return mixtureOf(
    {
      ...checked,
      classes: [
        {
          model,
          modelSpecification,
          label: model.name,
          share: 1,
          ...readParameters('', model, parameters),
        },
      ],
      measurement: {
        ...readMeasurement(measured, checked.dim, checked.seed),
        ...(noisy && { noise: readNoise('', noise, checked.dim) }),
      },
    },
    {
      ...common,
      ...measured,
      ...(noisy && { noise }),
      classes: [{ model: modelSpecification, parameters }],
    } as unknown as MixtureSpecification,
  );
}

/** The fields of these names that are given. */
function pick(
  fields: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const given = names.filter((name) => fields[name] !== undefined);
  return Object.fromEntries(given.map((name) => [name, fields[name]]));
}
