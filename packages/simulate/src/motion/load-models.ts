import { ParameterError } from '../errors.ts';
import { checkModel, type MotionModel } from './define-model.ts';

/**
 * A model of one's own as plain data, for a specification in a file or for workers, to which functions cannot go: the
 * module that exports it.
 */
export interface ModelReference {
  /**
   * Address of the module, such as `new URL('./my-model.js', import.meta.url)`; in a file that {@link loadModels} is
   * told, also a path relative to it.
   */
  readonly module: string | URL;
  /** Name of the export; `default` unless told. */
  readonly export?: string;
}

/** Models of modules that were imported, by address and export: as the engine keeps the modules themselves. */
const loaded = new Map<string, MotionModel>();

const keyOf = ({ module, export: name = 'default' }: ModelReference): string => `${module}#${name}`;

/** True for what is meant as a {@link ModelReference}. */
export function isReference(value: unknown): value is ModelReference {
  return typeof value === 'object' && value !== null && 'module' in value;
}

/** The model of a reference; throws a ParameterError unless {@link loadModels} has imported its module. */
export function loadedModel(path: string, reference: ModelReference): MotionModel {
  const model = loaded.get(keyOf(reference));
  if (model) return model;
  throw new ParameterError(
    path,
    reference,
    'a module that has been imported: `await loadModels(specification)` first',
  );
}

/**
 * Imports the modules that a specification names, so that `dataSet`, which does not wait, can make the set. Workers do
 * it by themselves. The modules are code, and run: load only what you would run.
 *
 * @param specification plain JSON: a data set, or anything that holds some, at any depth.
 * @param base address of the file that paths such as `./my-model.mjs` are relative to.
 * @returns the specification with the whole addresses of the modules.
 *
 * Throws a ParameterError that names the field for an address that is none, a module that cannot be imported, or an
 * export that is no model.
 *
 * @example
 * const specification = await loadModels(JSON.parse(text), pathToFileURL('mine/mixture.json'));
 * const set = dataSet(specification);
 */
export async function loadModels<T>(specification: T, base?: string | URL): Promise<T> {
  return (await load(specification, base, '')) as T;
}

async function load(
  value: unknown,
  base: string | URL | undefined,
  path: string,
): Promise<unknown> {
  if (Array.isArray(value)) {
    const list: unknown[] = [];
    for (const [k, element] of value.entries())
      list.push(await load(element, base, `${path}[${k}]`));
    return list;
  }
  if (!isPlainObject(value)) return value;
  const fields: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(value)) {
    const where = path === '' ? name : `${path}.${name}`;
    fields[name] =
      name === 'model' && isReference(field)
        ? await importModel(field, base, where)
        : await load(field, base, where);
  }
  return fields;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

async function importModel(
  reference: ModelReference,
  base: string | URL | undefined,
  path: string,
): Promise<ModelReference> {
  const { module, export: name = 'default' } = reference;
  if (typeof name !== 'string') throw new ParameterError(`${path}.export`, name, 'a text');
  const absolute = { module: addressOf(module, base, `${path}.module`), export: name };
  const key = keyOf(absolute);
  if (loaded.has(key)) return absolute;
  let exports: Record<string, unknown>;
  try {
    exports = await import(/* @vite-ignore */ /* webpackIgnore: true */ absolute.module);
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new ParameterError(`${path}.module`, module, `a module that can be imported (${reason})`);
  }
  if (!Object.hasOwn(exports, name)) {
    throw new ParameterError(
      `${path}.export`,
      name,
      `one of what the module exports: ${Object.keys(exports).join(', ') || 'nothing'}`,
    );
  }
  checkModel(`${path}.export`, exports[name]);
  loaded.set(key, exports[name]);
  return absolute;
}

/** The whole address of a module: another would be another module in every thread. */
function addressOf(module: unknown, base: string | URL | undefined, path: string): string {
  if (module instanceof URL) return module.href;
  if (typeof module === 'string') {
    if (URL.canParse(module)) return module;
    if (/^\.{0,2}\//.test(module)) {
      if (base !== undefined) return new URL(module, base).href;
      throw new ParameterError(
        path,
        module,
        'a whole address, or loadModels to be told the file that the path is relative to',
      );
    }
  }
  throw new ParameterError(path, module, 'an address, or a path that begins with ./, ../ or /');
}

/**
 * True for a specification that can go to a worker, or into a file: without a model given as an object, whose functions
 * cannot.
 */
export function isPlainSpecification(specification: unknown): boolean {
  if (typeof specification === 'function') return false;
  if (typeof specification !== 'object' || specification === null) return true;
  return Object.values(specification).every(isPlainSpecification);
}
