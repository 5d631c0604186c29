import { quote } from '@diffusion/tracks/messages';
import { bankFolds, isClassical, type NetworkRecipe, readRecipe } from '@diffusion/train';
import { InputError } from '../input-error.ts';
import type { ClockTime } from './clock.ts';
import type { Origin } from './origin.ts';

/** What a checkpoint holds beside the state of the training. */
export interface KeptRun {
  readonly recipe: NetworkRecipe;
  /** Where its tracks come from. */
  readonly origin: Origin;
  /** The fold that is trained at present, from 1, where all of them are; of a bank the network. */
  readonly fold?: number;
  /** How long it has taken. */
  readonly time?: ClockTime;
}

/**
 * What a checkpoint says of its run, checked field by field: anybody may have written it.
 *
 * Throws an {@link InputError} that names the field.
 *
 * @param path the checkpoint, for messages.
 */
export async function readKeptRun(run: unknown, path: string): Promise<KeptRun> {
  const fail = (field: string, value: unknown, expected: string): never => {
    throw new InputError(
      `${path}: is not of a training of this command (${field} is ${quote(value)}): expected ${expected}`,
    );
  };
  const record = (field: string, value: unknown): Record<string, unknown> =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : fail(field, value, 'an object');
  const text = (field: string, value: unknown): string =>
    typeof value === 'string' && value !== '' ? value : fail(field, value, 'a text');

  const all = record('run', run);
  record('run.recipe', all.recipe);
  const { folder, start, files } = record('run.origin', all.origin);
  if (folder !== undefined) text('run.origin.folder', folder);
  if (start !== undefined) text('run.origin.start', start);
  for (const [name, digest] of Object.entries(record('run.origin.files', files))) {
    text(`run.origin.files.${name}`, digest);
  }
  const recipe = await readRecipe(all.recipe, {
    source: `${path}: is not of a training of this command`,
  });
  if (isClassical(recipe)) return fail('run.recipe.classifier', recipe.classifier, 'a network');
  const { fold } = all;
  const ofFolds = recipe.folds?.only === undefined ? (recipe.folds?.count ?? 0) : 0;
  const folds = recipe.lengths ? recipe.lengths.length * bankFolds(recipe).trained : ofFolds;
  if (
    fold !== undefined &&
    !(Number.isInteger(fold) && (fold as number) >= 1 && (fold as number) <= folds)
  ) {
    fail('run.fold', fold, folds === 0 ? 'none' : `a fold from 1 to ${folds}`);
  }
  if (all.time !== undefined) {
    const { seconds, stepping, waited } = record('run.time', all.time);
    for (const [name, value] of Object.entries({ seconds, stepping, waited })) {
      if (!(typeof value === 'number' && value >= 0)) {
        fail(`run.time.${name}`, value, 'a number of at least 0');
      }
    }
  }
  return { ...all, recipe } as unknown as KeptRun;
}
