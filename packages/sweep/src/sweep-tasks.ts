import { deriveSeed } from '@diffusion/random';
import { shown } from '@diffusion/tracks/messages';
import { SweepError } from './errors.ts';
import { filled } from './placeholders.ts';
import type { Sweep, SweepGrid, SweepTask, SweepValue } from './sweep.ts';

/** More tasks than anybody means. */
const MOST = 1_000_000;

/**
 * The tasks of a sweep in their order: those that are written out, a training for each recipe, the grid with its last
 * key changing fastest. A task's seed depends on the seed of the sweep and on its own name alone, so that it stays the same
 * when others are added.
 *
 * @throws {@link SweepError} where two tasks have the same name, or there are more than a million.
 *
 * @example
 * const [first] = sweepTasks({
 *   format: 'diffusion-sweep', version: 1, name: 'two',
 *   grid: { command: ['inspect', '{file}'], values: { file: ['a.csv', 'b.csv'] } },
 * });
 * first.command; // ['inspect', 'a.csv']
 */
export function sweepTasks(sweep: Sweep): SweepTask[] {
  const { seed: common = 1, tasks = [], recipes = [], grid = [] } = sweep;
  const all: SweepTask[] = [];
  const names = new Set<string>();
  const add = (
    name: string,
    command: readonly string[],
    values: Readonly<Record<string, SweepValue>>,
    { recipe, told = values }: { recipe?: SweepTask['recipe']; told?: typeof values } = {},
  ): void => {
    if (names.has(name)) {
      throw new SweepError(`two tasks are called ${shown(name)}: expected a name of its own each`);
    }
    names.add(name);
    const seed = deriveSeed(common, 'sweep', `own:${name}`);
    all.push({
      ...{ index: all.length, name, values, seed },
      command: command.map((word) => filled(word, { ...told, seed })),
      ...(recipe && { recipe }),
    });
  };
  for (const [k, { name, command, values = {} }] of tasks.entries()) {
    const made = Object.keys(values).length > 0 ? nameOf(values) : `task ${k}`;
    add(name ?? made, command, values);
  }
  for (const recipe of recipes) {
    const ready = typeof recipe === 'string';
    const name = ready ? recipe : String(recipe.name);
    const command = ['train', '--recipe', ready ? recipe : '{recipe}', '--output', '{output}'];
    // What `{recipe}` is, is known where the recipe is written to.
    add(name, command, { recipe: name }, { ...(!ready && { recipe }), told: {} });
  }
  for (const each of [grid].flat()) {
    for (const values of combinations(each)) {
      add(each.name ? filled(each.name, values) : nameOf(values), each.command, values);
    }
  }
  return all;
}

/** `kernel=4,stack=123`. */
const nameOf = (values: Readonly<Record<string, SweepValue>>): string =>
  Object.entries(values)
    .map(([key, value]) => `${key}=${value}`)
    .join(',');

/** Every combination of a grid's values, its last key changing fastest. */
function* combinations({ values }: SweepGrid): Generator<Record<string, SweepValue>> {
  const keys = Object.keys(values);
  const lists = keys.map((key) => {
    const of = values[key];
    if ('files' in of) {
      throw new SweepError(
        `values.${key} is the pattern ${shown(of.files)}: expected its files, which \`findFiles\` of @diffusion/sweep/node finds`,
      );
    }
    return of as readonly SweepValue[];
  });
  const count = lists.reduce((product, { length }) => product * length, 1);
  if (count > MOST) {
    throw new SweepError(`the grid has ${count} tasks: expected at most ${MOST}`);
  }
  for (let k = 0; k < count; k++) {
    let rest = k;
    const at: SweepValue[] = new Array(keys.length);
    for (let i = keys.length - 1; i >= 0; i--) {
      at[i] = lists[i][rest % lists[i].length];
      rest = Math.floor(rest / lists[i].length);
    }
    yield Object.fromEntries(keys.map((key, i) => [key, at[i]]));
  }
}
