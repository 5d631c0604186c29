import { type EpochRecord, type FoldsReport, trainingSections } from '@diffusion/eval';
import { renderReport } from '@diffusion/eval/render';
import type { Output } from '@diffusion/models';
import { writeAtomically } from '@diffusion/tracks/node';
import type { EpochResult, ImageRecipe, Recipe, RecipeStart } from '@diffusion/train';
import { interruption } from '../interruption.ts';
import type { FoldsResult } from './folds-result.ts';
import type { TestResult } from './test-model.ts';

/** What {@link writeTrainingReport} tells. */
export interface TrainingStory {
  readonly recipe: Recipe;
  readonly output: Output;
  readonly history?: readonly EpochResult[];
  readonly folds?: FoldsResult;
  /** On tracks that took no part in the training. */
  readonly test?: TestResult;
  /** On those that were looked at after every epoch, where there are no others. */
  readonly validation?: TestResult;
  /** Seconds that the training took, and the share of them that the network waited for its tracks. */
  readonly time: { readonly seconds: number; readonly waiting: number };
}

/** Writes what a training was and what came out of it as a page with pictures. */
export async function writeTrainingReport(
  path: string,
  { recipe, output, history, folds, test, validation, time }: TrainingStory,
): Promise<void> {
  const records = (of: readonly EpochResult[] = []) => of.map((each) => recordOf(each, output));
  const judged = test ?? validation;
  const sections = trainingSections({
    recipe: factsOf(recipe, time),
    ...(history && { history: records(history) }),
    ...(judged?.classes && { metrics: judged.classes }),
    ...(judged?.exponents && { exponents: judged.exponents }),
    judgedOn: test ? 'test' : 'validation',
    ...(folds && { folds: foldsStory(folds, records) }),
  });
  const html = await renderReport({ title: `Training of ${titleOf(recipe)}`, sections });
  await writeAtomically(path, html, { signal: interruption.signal });
}

/** A cross-validation as a report tells it. */
export const foldsStory = (
  { classes, confusion, perClass, chosen, folds, scores }: FoldsResult,
  records: (of?: readonly EpochResult[]) => EpochRecord[],
): FoldsReport => ({
  ...{ classes, confusion, perClass, chosen },
  histories: folds.map(({ history }) => records(history)),
  scores: Object.fromEntries(
    Object.entries(scores).map(([name, values]) => [wordsOf(name), values]),
  ),
});

const nameOf = (recipe: Recipe | ImageRecipe): string =>
  'classifier' in recipe ? recipe.classifier.name : recipe.network.name;

/** What a recipe is called. */
export const titleOf = (recipe: Recipe | ImageRecipe): string => recipe.name ?? nameOf(recipe);

/** An epoch as the picture has it: where there are no classes, the score is the error of the exponents. */
export function recordOf(epoch: EpochResult, output: Output): EpochRecord {
  const { loss, score, mae, validationLoss, validationScore, validationMae, learningRate } = epoch;
  const exponents = output.kind === 'exponent';
  return {
    epoch: epoch.epoch,
    loss,
    validationLoss,
    ...(exponents
      ? { mae: score, validationMae: validationScore }
      : { accuracy: score, validationAccuracy: validationScore, mae, validationMae }),
    learningRate,
  };
}

/** The recipe as it is to be read: a line for each of its fields. */
export function factsOf(
  recipe: Recipe | ImageRecipe,
  time?: { readonly seconds: number; readonly waiting?: number },
): Record<string, string | number> {
  const { format: _, version: __, name: ___, ...fields } = recipe;
  const facts: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields)) {
    if (value === undefined) continue;
    facts[wordsOf(name)] = typeof value === 'number' ? value : told(shortOf(name, value));
  }
  return {
    ...facts,
    ...(time && { time: `${time.seconds.toFixed(0)} s` }),
    ...(time?.waiting !== undefined &&
      !('classifier' in recipe) && {
        'waited for tracks': `${(100 * time.waiting).toFixed(1)} % of the time`,
      }),
  };
}

/** What a training began with stands for its own recipe, which the card has whole. */
function shortOf(name: string, value: unknown): unknown {
  if (name !== 'start') return value;
  const { recipe: _, ...start } = value as RecipeStart;
  return start;
}

/** `learningRate` → `learning rate`; what is short for several words is left as it is known. */
function wordsOf(name: string): string {
  if (['mcc', 'mae', 'rmse'].includes(name)) return name.toUpperCase();
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** A value of a recipe without the marks of JSON. */
function told(value: unknown): string {
  if (Array.isArray(value)) return value.map(told).join('; ') || 'none';
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([name, part]) => {
      const isObject = typeof part === 'object' && part !== null && !Array.isArray(part);
      return `${wordsOf(name)} ${isObject ? `(${told(part)})` : told(part)}`;
    })
    .join(', ');
}
