import type { Dim, Tracks } from '@diffusion/tracks';
import type { DataSet } from './sets/data-set.ts';
import {
  MEASUREMENT_FIELDS,
  type MeasurementSpecification,
  readMeasurement,
  readNoise,
} from './sets/measurement.ts';
import { mixtureOf, readCommon } from './sets/mixture.ts';
import { findModel, readParameters } from './sets/mixture-class.ts';
import { type Quantity, unknownName } from './sets/specification.ts';

/** Options of {@link simulate}: these, what the measurement does, and the parameters of the model by their names. */
export interface SimulateOptions extends Omit<MeasurementSpecification, 'noise'> {
  /** immobile, brownian, directed, confined, fbm, ctrw, levy-walk, attm or sbm. */
  model: string;
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
  /** Exponent, for the models that have one. */
  alpha?: Quantity;
  /** Further parameters of the model: see {@link motionModels}. */
  [parameter: string]: unknown;
}

const COMMON = ['count', 'length', 'dim', 'seed', 'dt', 'positionUnit', 'timeUnit'];
const NOISE = ['sigma', 'snr', 'q'];
const OWN = ['model', ...COMMON, ...NOISE, 'noisePer', ...MEASUREMENT_FIELDS.slice(1)];

/**
 * Tracks of one motion model. Every parameter can be a number, a range `{ min, max }` (uniform) or a list of
 * equally likely values, drawn per track. Track i depends on the seed, i and the other options, not on
 * `count`. Columns per track: `track`, `label` (the model), `alpha` (NaN for a model without an exponent) and
 * the model's parameters, and `sigma` where there is noise.
 *
 * Throws a ParameterError that quotes the argument, its value and its range; for an unknown name the nearest
 * known one.
 *
 * @example
 * const tracks = simulate({ model: 'fbm', count: 100, length: { min: 50, max: 200 }, dim: 2, seed: 1, alpha: 0.6, snr: 5 });
 */
export function simulate(options: SimulateOptions): Tracks {
  return simulation(options).generate();
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
export function simulation(options: SimulateOptions): DataSet {
  const model = findModel('model', options.model);
  const parameters: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || OWN.includes(name)) continue;
    if (!Object.hasOwn(model.parameters, name)) {
      throw unknownName(name, value, name, [...Object.keys(model.parameters), ...OWN]);
    }
    parameters[name] = value;
  }
  const noise: Record<string, unknown> = {};
  for (const kind of NOISE) if (options[kind] !== undefined) noise[kind] = options[kind];
  const noisy = Object.keys(noise).length > 0;
  if (noisy && options.noisePer !== undefined) noise.per = options.noisePer;
  const common = Object.fromEntries(COMMON.map((name) => [name, options[name]]));
  const measured = Object.fromEntries(
    MEASUREMENT_FIELDS.slice(1).map((name) => [name, options[name]]),
  );
  return mixtureOf(
    {
      ...readCommon(common),
      classes: [{ model, label: model.name, share: 1, ...readParameters('', model, parameters) }],
      measurement: { ...readMeasurement(measured), ...(noisy && { noise: readNoise('', noise) }) },
    },
    {
      ...common,
      ...measured,
      ...(noisy && { noise }),
      classes: [{ model: model.name, parameters }],
    },
  );
}
