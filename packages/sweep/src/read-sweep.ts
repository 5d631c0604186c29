import { nearestName, shown } from '@diffusion/tracks/messages';
import { parseJson } from '@diffusion/tracks/parsing';
import { SweepError } from './errors.ts';
import { placeholdersOf } from './placeholders.ts';
import type { Sweep } from './sweep.ts';
import { sweepTasks } from './sweep-tasks.ts';

/**
 * Reads a sweep file, and checks all of it: names that are told apart, placeholders that stand for something.
 *
 * @param name what messages call it, such as the path.
 * @throws {@link SweepError} with the place in the file, the value there and what was expected; what
 *   `@diffusion/tracks` throws where the text is no JSON.
 *
 * @example
 * const sweep = readSweep(`{
 *   "format": "diffusion-sweep", "version": 1, "name": "lengths",
 *   "grid": { "command": ["simulate", "--model", "fbm", "--alpha", "0.5", "--count", "10", "--length", "{length}",
 *             "--seed", "{seed}", "--output", "{output}/tracks.csv"],
 *             "values": { "length": [10, 100] } }
 * }`);
 * sweepTasks(sweep).map(({ name }) => name); // ['length=10', 'length=100']
 */
export function readSweep(text: string, name = ''): Sweep {
  return checkSweep(parseJson(text, name === '' ? 'the sweep' : name, 'a sweep'), name);
}

/** The same of what has been parsed. */
function checkSweep(value: unknown, name = ''): Sweep {
  const before = name === '' ? '' : `${name}: `;
  const check = checker(before);
  const known = ['format', 'version', 'name', 'about', 'seed', 'tasks', 'recipes', 'grid'];
  const sweep = check.record('the sweep', value, [...known, 'select']);
  if (sweep.format !== 'diffusion-sweep') check.fail('format', sweep.format, '"diffusion-sweep"');
  if (sweep.version !== 1) check.fail('version', sweep.version, '1');
  check.text('name', sweep.name);
  if (sweep.about !== undefined) check.text('about', sweep.about);
  if (sweep.seed !== undefined && !Number.isSafeInteger(sweep.seed)) {
    check.fail('seed', sweep.seed, 'an integer');
  }
  if (sweep.tasks === undefined && sweep.recipes === undefined && sweep.grid === undefined) {
    check.fail('tasks', undefined, 'tasks, recipes or a grid');
  }
  if (sweep.select !== undefined) {
    for (const [k, field] of check.list('select', sweep.select).entries()) {
      check.text(`select[${k}]`, field);
    }
  }
  if (sweep.tasks !== undefined) {
    for (const [k, each] of check.list('tasks', sweep.tasks).entries()) {
      const place = `tasks[${k}]`;
      const task = check.record(place, each, ['name', 'command', 'values']);
      if (task.name !== undefined) check.text(`${place}.name`, task.name);
      const values = check.values(`${place}.values`, task.values ?? {});
      check.command(`${place}.command`, task.command, Object.keys(values));
    }
  }
  if (sweep.recipes !== undefined) {
    for (const [k, recipe] of check.list('recipes', sweep.recipes).entries()) {
      if (typeof recipe === 'string' && recipe !== '') continue;
      const { name: own } = check.record(`recipes[${k}]`, recipe);
      check.text(`recipes[${k}].name`, own);
    }
  }
  const several = Array.isArray(sweep.grid);
  const grids = sweep.grid === undefined ? [] : several ? sweep.grid : [sweep.grid];
  for (const [k, each] of (grids as unknown[]).entries()) {
    const place = several ? `grid[${k}]` : 'grid';
    const grid = check.record(place, each, ['name', 'command', 'values']);
    const values = check.record(`${place}.values`, grid.values);
    const keys = Object.keys(values);
    if (keys.length === 0) check.fail(`${place}.values`, values, 'at least one key');
    check.keys(`${place}.values`, keys);
    for (const key of keys) {
      const at = `${place}.values.${key}`;
      const of = values[key];
      if (typeof of === 'object' && of !== null && !Array.isArray(of)) {
        check.text(`${at}.files`, check.record(at, of, ['files']).files);
      } else for (const [i, one] of check.list(at, of).entries()) check.scalar(`${at}[${i}]`, one);
    }
    check.command(`${place}.command`, grid.command, keys);
    if (grid.name !== undefined) {
      check.known(`${place}.name`, check.text(`${place}.name`, grid.name), keys);
    }
  }
  const read = sweep as unknown as Sweep;
  // With files that are still to be found nobody knows the tasks.
  if (!isOpen(read)) {
    try {
      sweepTasks(read);
    } catch (error) {
      throw error instanceof SweepError ? new SweepError(before + error.message) : error;
    }
  }
  return read;
}

/** Whether it has patterns of files, which are looked for when it is run. */
export const isOpen = ({ grid = [] }: Sweep): boolean =>
  [grid].flat().some(({ values }) => Object.values(values).some((of) => !Array.isArray(of)));

/** Names that have a meaning of their own in a command. */
const OWN = ['output', 'seed', 'recipe', 'task'];

/** Checks of the parts of a file, each of which throws with the place. */
function checker(before: string) {
  const fail = (place: string, value: unknown, expected: string): never => {
    const found = value === undefined ? 'is missing' : `is ${shown(value)}`;
    throw new SweepError(`${before}${place} ${found}: expected ${expected}`);
  };
  const record = (
    place: string,
    value: unknown,
    known?: readonly string[],
  ): Record<string, unknown> => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return fail(place, value, known ? `an object with ${known.join(', ')}` : 'an object');
    }
    for (const [name, field] of Object.entries(value)) {
      if (!known || known.includes(name)) continue;
      const at = place === 'the sweep' ? name : `${place}.${name}`;
      fail(at, field, `one of ${known.join(', ')}; the nearest is ${nearestName(name, known)}`);
    }
    return value as Record<string, unknown>;
  };
  const list = (place: string, value: unknown): readonly unknown[] =>
    Array.isArray(value) && value.length > 0 ? value : fail(place, value, 'a list, not empty');
  const text = (place: string, value: unknown): string =>
    typeof value === 'string' && value !== '' ? value : fail(place, value, 'a text');
  const scalar = (place: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'boolean') return;
    if (!Number.isFinite(value)) fail(place, value, 'a text, a number, true or false');
  };
  const keys = (place: string, names: readonly string[]): void => {
    for (const name of names) {
      if (!/^[A-Za-z_][\w-]*$/.test(name)) {
        fail(place, name, 'keys of letters, digits, _ and -, a letter first');
      }
      if (OWN.includes(name)) fail(place, name, `a key that is none of ${OWN.join(', ')}`);
    }
  };
  const known = (place: string, value: string, names: readonly string[]): void => {
    const other = placeholdersOf(value).find((each) => !names.includes(each));
    if (other === undefined) return;
    fail(place, value, `placeholders of ${names.map((each) => `{${each}}`).join(', ')}`);
  };
  return {
    ...{ fail, record, list, text, scalar, keys, known },
    values(place: string, value: unknown): Record<string, unknown> {
      const values = record(place, value);
      keys(place, Object.keys(values));
      for (const [key, each] of Object.entries(values)) scalar(`${place}.${key}`, each);
      return values;
    },
    command(place: string, value: unknown, names: readonly string[]): void {
      for (const [k, word] of list(place, value).entries()) {
        if (typeof word !== 'string') fail(`${place}[${k}]`, word, 'a text');
        known(`${place}[${k}]`, word as string, ['output', 'seed', ...names]);
      }
    },
  };
}
