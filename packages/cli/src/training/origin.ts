import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NetworkRecipe, RecipeData } from '@diffusion/train';
import { InputError } from '../input-error.ts';
import { labelledFiles } from '../labelled.ts';
import { comesTrained } from '../open-model.ts';

/** What a training learns from that is outside of its recipe: files, and what they were when it began. */
export interface Origin {
  /** The folder of labelled tracks, whatever the working directory. */
  readonly folder?: string;
  /** The folder of the model that it begins with, likewise; its name where it comes trained. */
  readonly start?: string;
  /** SHA-256 in hexadecimal of each file, by its name in the folder; of modules with models of motion by their paths. */
  readonly files: Readonly<Record<string, string>>;
}

/** The files that a training learns from as they are now, and the folders that it names. */
export async function originOf({
  data,
  start,
}: Pick<NetworkRecipe, 'data' | 'start'>): Promise<Origin> {
  const named = start && ((await comesTrained(start.model)) ? start.model : resolve(start.model));
  return { ...(await filesOf(data)), ...(named !== undefined && { start: named }) };
}

async function filesOf(data: RecipeData): Promise<Origin> {
  const files: Record<string, string> = {};
  if (!('folder' in data)) {
    for (const path of modulesIn(data.dataSets)) files[path] = await digestOf(path);
    return { files };
  }
  const folder = resolve(data.folder);
  for (const name of await labelledFiles(data.folder)) {
    files[name] = await digestOf(join(folder, name));
  }
  return { folder, files };
}

/**
 * Refuses to go on with a training whose files are not what they were.
 *
 * @param began the files as they were.
 */
export async function refuseChanged(data: RecipeData, began: Origin): Promise<void> {
  const { folder } = began;
  const now = await filesOf(folder === undefined ? data : { folder });
  const changes = [
    ...Object.keys(began.files).flatMap((name) => {
      if (!(name in now.files)) return [`${name} is gone`];
      return now.files[name] === began.files[name] ? [] : [`${name} is another`];
    }),
    ...Object.keys(now.files).flatMap((name) => (name in began.files ? [] : [`${name} is new`])),
  ];
  if (changes.length === 0) return;
  const more = changes.length > 5 ? `, and ${changes.length - 5} more` : '';
  throw new InputError(
    `${folder ?? 'a model of motion'}: was changed since the training began (${changes.slice(0, 5).join(', ')}${more}): expected what it began with`,
  );
}

/** Paths of the modules that specifications name, each once. */
function modulesIn(specification: unknown): string[] {
  const found = new Set<string>();
  JSON.stringify(specification, (key, value) => {
    if (key === 'module' && typeof value === 'string' && value.startsWith('file:')) {
      found.add(fileURLToPath(value));
    }
    return value;
  });
  return [...found].sort();
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(path)) hash.update(piece);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone';
    throw error;
  }
  return hash.digest('hex');
}
