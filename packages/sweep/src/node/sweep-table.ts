import { join } from 'node:path';
import { writeAtomically } from '@diffusion/tracks/node';
import { SweepError } from '../errors.ts';
import { sweepTasks } from '../sweep-tasks.ts';
import { type SweepTable, tableOf, tableRows } from '../table.ts';
import { endedIn, endedTasks, sweepIn, taskFolder } from './folder.ts';
import { doneIn, printedIn, resultsOf } from './results.ts';

/**
 * The table of a sweep, from its folder: what has ended, what has not, and what came of it.
 *
 * @throws {@link SweepError} where the folder is of no sweep.
 *
 * @example
 * const { finished, missing, rows } = await sweepTable('out');
 */
export async function sweepTable(folder: string): Promise<SweepTable> {
  const sweep = await sweepIn(folder);
  const tasks = sweepTasks(sweep);
  return tableOf(sweep, tasks, await resultsOf(folder, tasks, { json: true }));
}

/** Writes the table to `table.csv` in the folder of the sweep. */
export async function writeTable(folder: string): Promise<SweepTable> {
  const table = await sweepTable(folder);
  await writeAtomically(join(folder, 'table.csv'), tableRows(table));
  return table;
}

/**
 * What a finished task printed, the folder that it wrote to, and the seconds that it took.
 *
 * @param folder of the sweep.
 * @param name of the task.
 * @throws {@link SweepError} where the sweep has no such task, or it has not ended.
 *
 * @example
 * const { json, folder } = await taskOutput('out', 'kernel=4,stack=123');
 */
export async function taskOutput(
  folder: string,
  name: string,
): Promise<{ readonly json: unknown; readonly folder: string; readonly seconds: number }> {
  const task = sweepTasks(await sweepIn(folder)).find((each) => each.name === name);
  if (!task) throw new SweepError(`${folder}: has no task ${name}: expected one that it lists`);
  const ended = await endedTasks(folder);
  if (!ended.has(taskFolder(task))) {
    throw new SweepError(`${folder}: the task ${name} has not ended: expected one that has`);
  }
  const place = join(endedIn(folder), taskFolder(task));
  const { seconds } = await doneIn(place);
  return { json: await printedIn(place), folder: join(place, 'output'), seconds };
}
