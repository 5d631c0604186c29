import { open, readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { HubFilesOptions, SingleModel } from '@diffusion/models';
import { saveHubModel, saveModel } from '@diffusion/models/node';
import { exists } from './exists.ts';
import { InputError } from './input-error.ts';
import { refuseForeignHub, refuseForeignModel } from './training/claim-folder.ts';

/** How the files of a model lie in its folder: as `train` writes them (null), or in the layout of Hugging Face. */
export type FolderLayout = HubFilesOptions | null;

/** How the model of a folder lies there, with what its files alone say: name, licence and whether it is in half precision. */
export async function layoutOf(folder: string): Promise<FolderLayout> {
  if (await exists(join(folder, 'card.json'))) return null;
  if (!(await exists(join(folder, 'config.json')))) return null;
  const readme = await readFile(join(folder, 'README.md'), 'utf8').catch(() => '');
  const name = /^# (.+)$/m.exec(readme)?.[1] ?? basename(resolve(folder));
  const yaml = /^---\n(.*?)\n---\n/s.exec(readme)?.[1] ?? '';
  const license = /^license: "?(.+?)"?$/m.exec(yaml)?.[1];
  const half = await hasHalf(join(folder, 'model.safetensors'));
  return { name, half, ...(license !== undefined && { license }) };
}

/** Refuses to write a model of that layout over files of something else, or beside a model of the other layout. */
export async function refuseLayout(
  folder: string,
  layout: FolderLayout,
  force: boolean | undefined,
): Promise<void> {
  const other = join(folder, layout ? 'card.json' : 'config.json');
  if (await exists(other)) {
    throw new InputError(
      `${other}: is of a model in another layout, which would stay beside this one: expected another folder`,
    );
  }
  if (!force) await (layout ? refuseForeignHub(folder) : refuseForeignModel(folder, undefined));
}

/** Writes a model to a folder in that layout. */
export const saveAs = (folder: string, model: SingleModel, layout: FolderLayout): Promise<void> =>
  layout ? saveHubModel(folder, model, layout) : saveModel(folder, model);

/** Whether a file of safetensors has tensors in half precision, by its header. */
async function hasHalf(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    const size = Number(buffer.readBigUInt64LE());
    const header = await file.read(Buffer.alloc(size), 0, size, 8);
    return /"dtype":\s*"F16"/.test(header.buffer.toString('utf8'));
  } finally {
    await file.close();
  }
}
