import { rmdirSync } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hubFileNames, isEnsembleFile, modelFileNames } from '@diffusion/models/node';
import { finishReplacing, holdFolder, refuseHeld } from '@diffusion/tracks/node';
import { exists } from '../exists.ts';
import { InputError } from '../input-error.ts';
import { makeFolder } from '../make-folder.ts';
import type { KeptRun } from './kept-run.ts';

/** Name of the file that holds an unfinished training. */
export const checkpointName = 'checkpoint.bin';

/** The folder of a training, which is made and held no sooner than the training is sure to begin. */
export interface FolderClaim {
  /** Tells before the work that the folder cannot be written to, is held, or has what is not to be written over. */
  check(): Promise<void>;
  /** Makes the folder where it is not there, and holds it until `release` or the end of the program. */
  take(): Promise<void>;
  /** Lets it go; what was made is removed again where nothing was written. */
  release(): Promise<void>;
}

/**
 * The claim on a folder that no other training writes to meanwhile.
 *
 * @param refuse throws where the folder has what is not to be written over.
 */
export function folderClaim(folder: string, refuse: () => Promise<void>): FolderClaim {
  let ours: readonly string[] = [];
  let letGo: (() => Promise<void>) | undefined;
  // An error means that something was written to it.
  const removeOurs = () => {
    try {
      for (const path of ours) rmdirSync(path);
    } catch {}
  };
  return {
    async check() {
      const missing = await stat(folder).then(
        () => false,
        (error: NodeJS.ErrnoException) => error.code === 'ENOENT',
      );
      // It is there, or cannot be: nothing is made.
      if (!missing) makeFolder(folder);
      await refuseHeld(folder);
      await refuse();
    },
    async take() {
      process.on('exit', removeOurs);
      const made = makeFolder(folder);
      if (made !== undefined) ours = foldersBetween(resolve(folder), resolve(made));
      letGo = await holdFolder(folder);
      // Once more behind what lets it go at the end of the program.
      process.off('exit', removeOurs);
      process.on('exit', removeOurs);
      await refuse();
    },
    async release() {
      process.off('exit', removeOurs);
      await letGo?.();
      removeOurs();
    },
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
export async function refuseForeignModel(folder: string, run: KeptRun | undefined): Promise<void> {
  await finishReplacing(folder);
  const checkpoint = join(folder, checkpointName);
  if (await exists(checkpoint)) {
    const { loadRun } = await import('@diffusion/train/node');
    const held = await loadRun(checkpoint).catch(() => undefined);
    if (held === undefined) throw foreign(checkpoint, 'is no checkpoint of a training');
    if (
      !isDeepStrictEqual(
        whatIsTrained(held),
        whatIsTrained(JSON.parse(JSON.stringify(run ?? null))),
      )
    ) {
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
  for (const path of await filesOfTraining(folder)) {
    if (await exists(path)) throw foreign(path, 'is of no model of this command, which has a card');
  }
}

/** Refuses to write a model in the layout of Hugging Face over files of these names that are of no such model. */
export async function refuseForeignHub(folder: string): Promise<void> {
  await finishReplacing(folder);
  const config = join(folder, 'config.json');
  if (await isCard(config, 'topology')) return;
  if (await exists(config)) throw foreign(config, 'is not the card of a model');
  for (const path of hubFileNames.map((name) => join(folder, name))) {
    if (await exists(path)) throw foreign(path, 'is of no model, which has a config.json');
  }
}

/** A run whatever fold it is at, and however long it has taken. */
const whatIsTrained = (run: unknown): unknown => {
  if (typeof run !== 'object' || run === null) return run;
  const { fold: _, time: __, ...rest } = run as Record<string, unknown>;
  return rest;
};

const foreign = (path: string, what: string): InputError =>
  new InputError(`${path}: ${what}: expected another folder, or --force to write over it`);

/** @param field what it has to have as well. */
async function isCard(path: string, field = 'format'): Promise<boolean> {
  try {
    const card = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown> | null;
    const known = card?.format === 'diffusion-model' || card?.format === 'diffusion-ensemble';
    return known && card[field] !== undefined;
  } catch {
    return false;
  }
}

/** The files that a saved model or ensemble may have in its folder, its card among them, and those of an exported one. */
export const filesOfModel = async (folder: string): Promise<string[]> => [
  ...(await filesOfTraining(folder)),
  ...hubFileNames.map((name) => join(folder, name)),
];

/** The files that a training may leave in its folder. */
async function filesOfTraining(folder: string): Promise<string[]> {
  const members = (await readdir(folder).catch(() => [])).filter(isEnsembleFile);
  return [...modelFileNames, ...members].map((name) => join(folder, name));
}

/** Refuses to train into the folder that the labelled tracks are in: the model's files would be read as tracks next time. */
export async function refuseDataFolder(folder: string, data: string | undefined): Promise<void> {
  if (data === undefined || !(await isSameFolder(folder, data))) return;
  throw new InputError(`${folder}: has the tracks that are learnt from: expected another folder`);
}

/** Refuses to train into the folder of the model that the training begins with: it could not be repeated. */
export async function refuseStartFolder(folder: string, start: string | undefined): Promise<void> {
  if (start === undefined || !(await isSameFolder(folder, start))) return;
  throw new InputError(
    `${folder}: has the model that the training begins with: expected another folder`,
  );
}

/** Refuses a file in that folder: a training that goes on would find it changed, and the next one read it as tracks. */
export async function refuseInDataFolder(path: string, data: string | undefined): Promise<void> {
  if (data === undefined || !(await isSameFolder(dirname(path), data))) return;
  throw new InputError(
    `${path}: is in the folder of the tracks that are learnt from: expected another folder`,
  );
}

async function isSameFolder(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((path) => realpath(path).catch(() => resolve(path))),
  );
  return a === b;
}
