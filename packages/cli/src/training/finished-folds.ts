import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { SingleModel } from '@diffusion/models';
import { loadModel, saveModel } from '@diffusion/models/node';
import { writeAtomically } from '@diffusion/tracks/node';
import { parseJson } from '@diffusion/tracks/parsing';
import type { EpochResult } from '@diffusion/train';
import { exists } from '../exists.ts';
import { makeFolder } from '../make-folder.ts';

/** The folds of an unfinished training that are done, in a folder of their own beside its checkpoint. */
export interface FinishedFolds {
  keep(fold: number, model: SingleModel, history?: readonly EpochResult[]): Promise<void>;
  has(fold: number | undefined): Promise<boolean>;
  /** The model of a fold and its learning curve, if it is there. */
  load(fold: number): Promise<{ model: SingleModel; history?: readonly EpochResult[] } | undefined>;
  /** Once they are saved as a whole. */
  remove(): Promise<void>;
}

/** @param folder that of the training. */
export function finishedFolds(folder: string): FinishedFolds {
  const home = join(folder, 'finished-folds');
  const of = (fold: number) => join(home, `fold-${fold}`);
  const has = async (fold: number | undefined): Promise<boolean> =>
    fold !== undefined && (await exists(join(of(fold), 'card.json')));
  return {
    async keep(fold, model, history) {
      makeFolder(of(fold));
      await writeAtomically(join(of(fold), 'history.json'), `${JSON.stringify(history ?? null)}\n`);
      // The card is the last: a fold that has one is whole.
      await saveModel(of(fold), model);
    },
    has,
    async load(fold) {
      if (!(await has(fold))) return undefined;
      const model = await loadModel(of(fold));
      const path = join(of(fold), 'history.json');
      const history = parseJson(await readFile(path, 'utf8'), path, 'a learning curve');
      return { model, ...(Array.isArray(history) && { history: history as EpochResult[] }) };
    },
    remove: () => rm(home, { recursive: true, force: true }),
  };
}
