import type { RecipeReader } from './recipe-reader.ts';

/** Checks what a recipe says of its folds. */
export function readFolds(read: RecipeReader, value: unknown): void {
  const { count, group, only } = read.record('folds', value, ['count', 'group', 'only']);
  const folds = read.whole('folds.count', count, 2);
  if (group !== undefined) read.text('folds.group', group, 'the name of a column, such as file');
  if (only !== undefined && read.whole('folds.only', only, 1) > folds) {
    read.fail('folds.only', only, `a fold from 1 to ${folds}`);
  }
}
