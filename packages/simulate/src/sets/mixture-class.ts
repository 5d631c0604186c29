import type { Random } from '@diffusion/random';
import { checkChoice, checkNumber } from '../check.ts';
import { ParameterError } from '../errors.ts';
import {
  type BuiltIn,
  type ModelName,
  motionModel,
  motionModels,
} from '../models/motion-models.ts';
import {
  checkModel,
  type DefinedModel,
  isModel,
  type MotionModel,
} from '../motion/define-model.ts';
import { isReference, loadedModel, type ModelReference } from '../motion/load-models.ts';
import type { ArgumentsOf, Values } from '../motion/parameters.ts';
import {
  type Drawn,
  join,
  type Quantity,
  readFields,
  readQuantity,
} from '../read-specification.ts';

/** What a class of a mixture says beside its model and the model's parameters. */
interface ClassFields {
  /** Name of the class; the model's unless told. Classes of one name are one class. */
  readonly label?: string;
  /** Share of the tracks, in proportion to those of the others; 1 unless told. */
  readonly share?: number;
}

/** Parameters of a model, or of the built-in model of that name; what is left out has its default. */
export type ParametersOf<M> = 0 extends 1 & M
  ? Readonly<Record<string, unknown>> // any: of a module without types
  : M extends ModelName
    ? ArgumentsOfModel<BuiltIn[M]>
    : ArgumentsOfModel<M>;

type ArgumentsOfModel<M> =
  M extends DefinedModel<string, infer P, infer A> ? ArgumentsOf<P, A> : never;

type BuiltInClass<M extends ModelName> = ClassFields & {
  /** Name of a motion model. */
  readonly model: M;
} & (Record<never, never> extends ParametersOf<M>
    ? { readonly parameters?: ParametersOf<M> }
    : { readonly parameters: ParametersOf<M> });

/** A class of a model of one's own. */
export interface OwnClassSpecification extends ClassFields {
  /** The model, or the module that exports it: with that the set can be made in workers. */
  readonly model: MotionModel | ModelReference;
  /** Parameters of the model, by name; what is left out has its default. */
  readonly parameters?: Readonly<Record<string, Quantity | string>>;
}

/** One class of a mixture: a model, its parameters, and how many tracks it is to have. */
export type ClassSpecification =
  | { [M in ModelName]: BuiltInClass<M> }[ModelName]
  | OwnClassSpecification;

/** A class whose specification has been checked. */
export interface MixtureClass {
  readonly model: MotionModel;
  /** The model as a specification has it. */
  readonly modelSpecification: ModelName | ModelReference | MotionModel;
  readonly label: string;
  readonly share: number;
  /** Names of the numeric parameters that are drawn, in this order. */
  readonly names: readonly string[];
  /** The parameters of one track. */
  draw(random: Random): Values;
}

/** Checks one class of a specification. */
export function readClass(path: string, value: unknown): MixtureClass {
  const fields = readFields(path, value, ['model', 'label', 'share', 'parameters']);
  const found = findModel(join(path, 'model'), fields.model);
  const { model } = found;
  if (
    fields.label !== undefined &&
    (typeof fields.label !== 'string' || fields.label.trim() === '')
  ) {
    throw new ParameterError(join(path, 'label'), fields.label, 'a text that is not empty');
  }
  const share =
    fields.share === undefined ? 1 : checkNumber(join(path, 'share'), fields.share, { min: 0 });
  return {
    ...found,
    label: fields.label ?? model.name,
    share,
    ...readParameters(join(path, 'parameters'), model, fields.parameters ?? {}),
  };
}

/** The model of a name, of a module that was loaded, or a model itself; throws a ParameterError for anything else. */
export function findModel(
  path: string,
  value: unknown,
): Pick<MixtureClass, 'model' | 'modelSpecification'> {
  if (isReference(value)) {
    const { module, export: name } = readFields(path, value, ['module', 'export']);
    // An address that is an object cannot go to a worker.
    const address = module instanceof URL ? module.href : module;
    const given = { module: address, ...(name !== undefined && { export: name }) };
    const reference = given as ModelReference;
    return { model: checked(loadedModel(path, reference)), modelSpecification: reference };
  }
  if (isModel(value)) {
    checkModel(path, value);
    const builtIn = motionModels.includes(value);
    return {
      model: builtIn ? value : checked(value),
      modelSpecification: builtIn ? (value.name as ModelName) : value,
    };
  }
  const model = motionModel(value, path);
  return { model, modelSpecification: model.name as ModelName };
}

/** A model of a user's, whose tracks are looked at: numbers that are none would be found much later. */
function checked(model: MotionModel): MotionModel {
  return {
    ...model,
    prepare(values, scene) {
      const motion = model.prepare(values, scene);
      if (typeof motion?.write !== 'function') {
        throw new ParameterError(
          `what prepare of the model ${model.name} gives`,
          motion,
          'an object with a function write(random, out, points, substeps)',
        );
      }
      return {
        ...motion,
        write(random, out, points, substeps) {
          motion.write(random, out, points, substeps);
          for (let at = 0; at < points * scene.dim; at++) {
            if (Number.isFinite(out[at])) continue;
            const [point, d] = [Math.floor(at / scene.dim), at % scene.dim];
            throw new ParameterError(
              `coordinate ${'xyz'[d]} of point ${point} of the model ${model.name}`,
              out[at],
              'a number',
            );
          }
        },
      };
    },
  };
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
