import { rmdirSync } from 'node:fs';
import { readFile, rmdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { finishReplacing, holdFolder } from '@diffusion/tracks/node';
import { loadRun } from '@diffusion/train/node';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../make-folder.ts';
import type { KeptRun } from './origin.ts';
import type { ClassicalRun } from './run.ts';

/** Name of the file that holds an unfinished training. */
export const checkpointName = 'checkpoint.bin';

/**
 * Makes a folder where it is not there, and holds it until the function that it gives is called or the program ends, so
 * that no other training writes to it. What was made is removed again where nothing was written.
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  const made = await makeFolder(folder);
  const release = await holdFolder(folder);
  const ours = made === undefined ? [] : foldersBetween(resolve(folder), resolve(made));
  // An error means that something was written to it.
  const atExit = () => {
    try {
      for (const path of ours) rmdirSync(path);
    } catch {}
  };
  process.on('exit', atExit);
  return async () => {
    process.off('exit', atExit);
    await release();
    try {
      for (const path of ours) await rmdir(path);
    } catch {}
  };
}

/** A folder and those above it, up to one of them. */
function foldersBetween(folder: string, top: string): string[] {
  const folders = [folder];
  while (folders[folders.length - 1] !== top && dirname(folder) !== folder) {
    folder = dirname(folder);
    folders.push(folder);
  }
  return folders;
}

/**
 * Refuses to write a model over what another run began, or over files that no training of this command wrote.
 *
 * @param run what a checkpoint there must hold to be of the same training; none is of a run that keeps none.
 */
export async function refuseForeignModel(
  folder: string,
  run: KeptRun | ClassicalRun | undefined,
): Promise<void> {
  await finishReplacing(folder);
  const checkpoint = join(folder, checkpointName);
  if (await exists(checkpoint)) {
    const held = await loadRun(checkpoint).catch(() => undefined);
    if (held === undefined) throw foreign(checkpoint, 'is no checkpoint of a training');
    if (!isDeepStrictEqual(held, JSON.parse(JSON.stringify(run ?? null)))) {
      throw new InputError(
        `${checkpoint}: is of another unfinished training: expected --resume ${folder} to go on with it, another folder, or --force to write over it`,
      );
    }
  }
  const card = join(folder, 'card.json');
  if (await exists(card)) {
    if (!(await isCard(card))) throw foreign(card, 'is not the card of a model');
    return;
  }
  for (const name of ['model.json', 'weights.bin', 'classifier.json']) {
    const path = join(folder, name);
    if (await exists(path)) throw foreign(path, 'is of no model of this command, which has a card');
  }
}

const foreign = (path: string, what: string): InputError =>
  new InputError(`${path}: ${what}: expected another folder, or --force to write over it`);

async function isCard(path: string): Promise<boolean> {
  try {
    const card = JSON.parse(await readFile(path, 'utf8')) as { format?: unknown } | null;
    return card?.format === 'diffusion-model';
  } catch {
    return false;
  }
}

export const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
