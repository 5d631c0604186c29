import { extname } from 'node:path';
import type { SavedModel } from '@diffusion/models';
import { replaceFiles, writeAtomically } from '@diffusion/tracks/node';
import { InputError } from './input-error.ts';
import { interruption } from './interruption.ts';
import { makeFolder } from './make-folder.ts';

/**
 * Writes a network as an `.onnx` file, or a bank as a folder with one for each of its lengths, and gives their paths.
 *
 * @param folder where the model was, for messages.
 * @throws {InputError} for a model that is no network, and where the output is a file for a bank or none for a network.
 */
export async function writeOnnxFiles(
  model: SavedModel,
  folder: string,
  output: string,
): Promise<string[]> {
  if ('classifier' in model) {
    throw new InputError(`${folder}: is a classical model: expected a network`);
  }
  const { writeOnnx, writeOnnxBank } = await import('@diffusion/models/onnx');
  const { signal } = interruption;
  const named = extname(output).toLowerCase() === '.onnx';
  if (!('bank' in model)) {
    if (!named) throw new InputError(`${output}: expected a name in .onnx`);
    await writeAtomically(output, [writeOnnx(model)], { signal });
    return [output];
  }
  if (named) {
    throw new InputError(
      `${output}: expected the name of a folder, for a file for each length of the bank`,
    );
  }
  const files = [...writeOnnxBank(model)].map(([length, bytes]) => ({
    name: `${length}.onnx`,
    chunks: [bytes],
  }));
  makeFolder(output);
  await replaceFiles(output, files, { signal });
  return files.map(({ name }) => `${output}/${name}`);
}
