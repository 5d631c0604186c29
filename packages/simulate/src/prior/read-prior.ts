import { checkInteger, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import { join, readFields, unknownName } from '../read-specification.ts';
import {
  type CheckedDistribution,
  type Distribution,
  readDistribution,
  type ValueBounds,
} from './distribution.ts';
import type { CheckedLaw } from './law.ts';
import { laws as definitions, type LawModel, lawModels } from './laws.ts';

/** A law of a prior: what moves how, its class, and its share of the tracks. */
export interface MotionLaw {
  /** Another one for each law. */
  readonly name: string;
  readonly model: LawModel;
  /** The class. */
  readonly label: string;
  /** Share of the tracks, in proportion to the others'; 0 for a law that is drawn only where it is asked for. */
  readonly share: number;
  /** What the model needs: distributions and numbers by name. */
  readonly [field: string]: Distribution | number | string;
}

/** A prior of motion and measurement: plain data, as `priors/motion.json`. */
export interface MotionPrior {
  readonly name: string;
  readonly version: number;
  readonly about?: string;
  /** Points of a track. */
  readonly length: Distribution;
  /** √(one-frame MSD of the true path ÷ 2·dim) ÷ σ. */
  readonly q: Distribution;
  /** Fraction of the frame over which a place is the mean. */
  readonly exposure: Distribution;
  /** √(one-frame MSD ÷ 2·dim + σ²), in position units: the size of what is seen. */
  readonly scale: Distribution;
  /** Share of the frames that are missed. */
  readonly gaps: Distribution;
  /** Mean number of frames that are missed together. */
  readonly burst: Distribution;
  /** Standard deviation of ln σ from point to point. */
  readonly variation: Distribution;
  /** Ratio of σ of the coordinates: the larger of x and y to the other, and z to both (their root mean square). */
  readonly axes: { readonly xy: Distribution; readonly z: Distribution };
  /** Side of a pixel over the scale; 0 for none. */
  readonly pixel: Distribution;
  /** What the field's drift that is left moves in the whole track, over the scale. */
  readonly drift: Distribution;
  /** Search radius over the root mean square of what is seen in a frame, √(2·dim) scale; infinity for none. */
  readonly search: Distribution;
  readonly laws: readonly MotionLaw[];
}

/** Distributions of a prior that can be restricted, as they are named in `ranges`. */
export const RANGED = {
  length: { min: 4, max: 1e6, integer: true },
  q: { above: 0, infinite: true },
  exposure: { min: 0, max: 1 },
  scale: { above: 0 },
  gaps: { min: 0, max: 0.9 },
  burst: { min: 1 },
  variation: { min: 0, max: 2 },
  xy: { min: 1 },
  z: { above: 0 },
  pixel: { min: 0 },
  drift: { min: 0 },
  search: { above: 0, infinite: true },
} as const satisfies Record<string, ValueBounds>;

/** Name of a distribution that can be restricted. */
export type RangedName = keyof typeof RANGED;

/** The distributions of a prior that have been checked. */
export type Distributions = Readonly<Record<RangedName, CheckedDistribution>>;

/** A prior that has been checked. */
export interface CheckedPrior {
  readonly distributions: Distributions;
  readonly laws: readonly CheckedLaw[];
}

const AXES = ['xy', 'z'] as const;
const FIELDS = [
  'name',
  'version',
  'about',
  ...Object.keys(RANGED).filter((name) => !(AXES as readonly string[]).includes(name)),
  'axes',
  'laws',
];

/** Checks a prior; throws a ParameterError that names the path of the wrong field, such as `prior.laws[2].R.min`. */
export function readPrior(path: string, value: unknown): CheckedPrior {
  const fields = readFields(path, value, FIELDS);
  text(join(path, 'name'), fields.name);
  checkInteger(join(path, 'version'), fields.version, { min: 1 });
  if (fields.about !== undefined) text(join(path, 'about'), fields.about);
  const axes = readFields(join(path, 'axes'), fields.axes, AXES);
  const distributions = Object.fromEntries(
    (Object.keys(RANGED) as RangedName[]).map((name) => {
      const axis = name === 'xy' || name === 'z';
      const where = axis ? `${join(path, 'axes')}.${name}` : join(path, name);
      const given = axis ? axes[name] : fields[name];
      return [name, readDistribution(where, given, RANGED[name])];
    }),
  ) as unknown as Distributions;
  const { laws } = fields;
  if (!Array.isArray(laws) || laws.length === 0) {
    throw new ParameterError(join(path, 'laws'), laws, 'a list of at least one law');
  }
  const checked = laws.map((law, k) => readLaw(`${join(path, 'laws')}[${k}]`, law));
  for (const [k, { name }] of checked.entries()) {
    if (checked.findIndex((law) => law.name === name) < k) {
      throw new ParameterError(`${join(path, 'laws')}[${k}].name`, name, 'a name of its own');
    }
  }
  return { distributions, laws: checked };
}

function readLaw(path: string, value: unknown): CheckedLaw {
  const any = readFields(path, value, Object.keys((value ?? {}) as object));
  const { model } = any;
  if (!lawModels.includes(model as LawModel)) {
    throw typeof model === 'string'
      ? unknownName(join(path, 'model'), model, model, lawModels)
      : new ParameterError(join(path, 'model'), model, `one of ${lawModels.join(', ')}`);
  }
  const needed = definitions[model as LawModel].fields;
  const common = ['name', 'model', 'label', 'share'];
  const given = readFields(path, value, [...common, ...Object.keys(needed)]);
  const fields: Record<string, CheckedDistribution> = {};
  const numbers: Record<string, number> = {};
  for (const [name, bounds] of Object.entries(needed)) {
    const where = join(path, name);
    if (bounds.number) numbers[name] = checkNumber(where, given[name], bounds);
    else fields[name] = readDistribution(where, given[name], bounds);
  }
  return {
    name: text(join(path, 'name'), given.name),
    model: model as string,
    label: text(join(path, 'label'), given.label),
    share: checkNumber(join(path, 'share'), given.share, { min: 0 }),
    fields,
    numbers,
  };
}

function text(path: string, value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '') {
    throw new ParameterError(path, value, 'a text that is not empty');
  }
  return value;
}
