import type { Random } from '@diffusion/random';
import { checkChoice, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import type { MotionModel, Values } from '../motion/motion-model.ts';
import { motionModels } from '../motion/motion-models.ts';
import { type Drawn, join, type Quantity, readFields, readQuantity } from './specification.ts';

/** One class of a mixture. */
export interface ClassSpecification {
  /** Name of the motion model: immobile, brownian, directed, confined, fbm, ctrw, levy-walk, attm or sbm. */
  model: string;
  /** Name of the class; the model's unless told. Classes of one name are one class. */
  label?: string;
  /** Share of the tracks, in proportion to those of the others; 1 unless told. */
  share?: number;
  /** Parameters of the model, by name; what is left out has its default. */
  parameters?: Readonly<Record<string, Quantity | string>>;
}

/** A class whose specification has been checked. */
export interface MixtureClass {
  readonly model: MotionModel;
  readonly label: string;
  readonly share: number;
  /** Names of the numeric parameters that are drawn, in this order. */
  readonly names: readonly string[];
  /** The parameters of one track. */
  draw(random: Random): Values;
}

const MODEL_NAMES = motionModels.map((model) => model.name);

/** Checks one class of a specification. */
export function readClass(path: string, value: unknown): MixtureClass {
  const fields = readFields(path, value, ['model', 'label', 'share', 'parameters']);
  const model = findModel(join(path, 'model'), fields.model);
  if (fields.label !== undefined && typeof fields.label !== 'string') {
    throw new ParameterError(join(path, 'label'), fields.label, 'a text');
  }
  const share =
    fields.share === undefined ? 1 : checkNumber(join(path, 'share'), fields.share, { min: 0 });
  return {
    model,
    label: fields.label ?? model.name,
    share,
    ...readParameters(join(path, 'parameters'), model, fields.parameters ?? {}),
  };
}

/** The model of a name; throws a ParameterError when there is none. */
export function findModel(path: string, name: unknown): MotionModel {
  checkChoice(path, name, MODEL_NAMES);
  return motionModels[MODEL_NAMES.indexOf(name as string)];
}

/** Checks the parameters of a model, given as fields of the object at `path`. */
export function readParameters(
  path: string,
  model: MotionModel,
  value: unknown,
): Pick<MixtureClass, 'names' | 'draw'> {
  const fields = readFields(path, value, Object.keys(model.parameters));
  const constants: Record<string, number | string> = {};
  const drawn: [string, Drawn][] = [];
  const exclusive = (model.alternatives ?? []).flat();
  for (const [name, parameter] of Object.entries(model.parameters)) {
    const given = fields[name];
    const where = join(path, name);
    if (parameter.kind === 'choice') {
      constants[name] =
        given === undefined ? parameter.choices[0] : checkChoice(where, given, parameter.choices);
    } else if (given !== undefined) drawn.push([name, readQuantity(where, given, parameter)]);
    else if (parameter.default !== undefined) {
      drawn.push([name, readQuantity(where, parameter.default, {})]);
    } else if (!exclusive.includes(name)) readQuantity(where, given, parameter);
  }
  for (const group of model.alternatives ?? []) {
    const given = group.filter((name) => fields[name] !== undefined);
    if (given.length !== 1) {
      throw new ParameterError(
        join(path, given[1] ?? group[0]),
        given.length === 0 ? undefined : fields[given[1]],
        `exactly one of ${group.join(' and ')} for the model ${model.name}`,
      );
    }
  }
  const valuesBy = (value: (drawn: Drawn) => number): Values => {
    const values = { ...constants };
    for (const [name, quantity] of drawn) values[name] = value(quantity);
    return values;
  };
  const prefix = path === '' ? '' : `${path}.`;
  model.check?.(
    valuesBy((quantity) => quantity.least),
    prefix,
  );
  model.check?.(
    valuesBy((quantity) => quantity.most),
    prefix,
  );
  return {
    names: drawn.map(([name]) => name),
    draw: (random) => valuesBy((quantity) => quantity.draw(random)),
  };
}
