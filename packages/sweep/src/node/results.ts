import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SweepTask } from '../sweep.ts';
import type { TaskResult } from '../table.ts';
import { endedIn, endedTasks, taskFolder } from './folder.ts';
import type { Done } from './run-task.ts';

/** Files that are open at once. */
const AT_ONCE = 64;

/**
 * How tasks ended, in their order; undefined for those that have not.
 *
 * @param options.json whether what they printed is read as well.
 */
export async function resultsOf(
  folder: string,
  tasks: readonly SweepTask[],
  { json: wanted }: { json: boolean },
): Promise<(TaskResult | undefined)[]> {
  const ended = await endedTasks(folder);
  const results = new Array<TaskResult | undefined>(tasks.length).fill(undefined);
  let next = 0;
  const reader = async () => {
    for (let k = next++; k < tasks.length; k = next++) {
      const name = taskFolder(tasks[k]);
      if (!ended.has(name)) continue;
      const place = join(endedIn(folder), name);
      const { exitCode, reason } = await doneIn(place);
      const json = wanted && exitCode === 0 ? await printedIn(place) : undefined;
      results[k] = { exitCode, ...(reason !== undefined && { reason }), json };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, reader));
  return results;
}

/** What `done.json` of a task says. */
export const doneIn = async (place: string): Promise<Done> =>
  JSON.parse(await readFile(join(place, 'done.json'), 'utf8')) as Done;

/** The document that a task printed; undefined where it printed none. */
export async function printedIn(place: string): Promise<unknown> {
  const text = await readFile(join(place, 'stdout.txt'), 'utf8').catch(() => '');
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
