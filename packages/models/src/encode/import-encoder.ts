import { ModelError } from '../errors.ts';
import type { EncoderDefinition, ModuleExport } from './define-encoder.ts';

/**
 * The definition that a module exports, in a worker that cannot be sent it.
 *
 * Throws {@link ModelError} where the module has no such export.
 */
export async function importEncoder({
  module,
  export: name,
}: ModuleExport): Promise<EncoderDefinition> {
  const found = (await import(/* webpackIgnore: true */ /* @vite-ignore */ module))[name] as
    | EncoderDefinition
    | undefined;
  if (!found) throw new ModelError(`${module} has no export '${name}': expected an encoder`);
  return found;
}
