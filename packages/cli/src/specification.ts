import { pathToFileURL } from 'node:url';
import { loadModels, type SpecificationWithout } from '@diffusion/simulate';
import { InputError } from './input-error.ts';
import { readJson } from './read-text.ts';

/**
 * A specification as a file has it: the number of tracks and the seed may stand on the command line instead. A file can
 * hold anything: it is checked where the set is made.
 */
export type WrittenSpecification = SpecificationWithout<'count' | 'seed'> & {
  readonly count?: number;
  readonly seed?: number;
};

/**
 * A data set's specification from a JSON file, its models of motion loaded from the modules that it names; its other
 * fields are checked where the set is made.
 */
export async function readSpecification(path: string): Promise<WrittenSpecification> {
  const value = await readJson(path, 'the specification of a data set');
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new InputError(`${path}: expected an object with the fields of a data set`);
  }
  try {
    return await loadModels(value as WrittenSpecification, pathToFileURL(path));
  } catch (error) {
    return inFile(path, () => {
      throw error;
    });
  }
}

/** Names the file in front of what is wrong with one of its fields. */
export function inFile<Result>(path: string | undefined, make: () => Result): Result {
  try {
    return make();
  } catch (error) {
    if (path === undefined || !(error instanceof RangeError)) throw error;
    throw new InputError(`${path}: ${error.message}`);
  }
}
