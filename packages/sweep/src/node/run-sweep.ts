import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { checkCount } from '../check-count.ts';
import { SweepError } from '../errors.ts';
import type { Sweep, SweepTask } from '../sweep.ts';
import { sweepTasks } from '../sweep-tasks.ts';
import { attemptsIn, forget } from './attempt.ts';
import { findFiles } from './find-files.ts';
import { endedTasks, openFolder, taskFolder } from './folder.ts';
import { resultsOf } from './results.ts';
import { type Ending, runTask } from './run-task.ts';

/** How {@link runSweep} runs a sweep. */
export interface RunSweepOptions {
  /** Where everything is written; made where it is not there. */
  readonly folder: string;
  /** What starts the command: a program and its first arguments, such as `[process.execPath, 'diffusion.js']`. */
  readonly program: readonly string[];
  /** Tasks at once; one for each core where it is left out. */
  readonly workers?: number;
  /** These alone, from 0, both ends among them. */
  readonly tasks?: { readonly from: number; readonly to: number };
  /** The folder that paths in the sweep are relative to; the current one where it is left out. */
  readonly base?: string;
  /** Ends it; what was at work can be gone on with. */
  readonly signal?: AbortSignal;
  /** Hears of each task that has ended. */
  readonly onTask?: (event: TaskEvent) => void;
  /** `failed`: what failed before is tried once more. */
  readonly again?: 'failed';
  /** Seconds without a sign of life after which a program on another machine counts as dead; 60 where it is left out. */
  readonly patience?: number;
}

/** A task that has ended; `cut`: it was killed, and is left for the next run; `elsewhere`: by another program. */
export interface TaskEvent {
  readonly task: SweepTask;
  readonly state: Ending['state'];
  readonly reason?: string;
  /** How many of the tasks that were asked for have ended, and how many there are. */
  readonly done: number;
  readonly total: number;
}

/** How a sweep stands after a run, of the tasks that were asked for. */
export interface SweepSummary {
  readonly folder: string;
  readonly total: number;
  readonly finished: number;
  readonly failed: readonly { readonly name: string; readonly reason: string }[];
  /** Killed, this time: the next run tries them again. */
  readonly cut: readonly { readonly name: string; readonly reason: string }[];
  readonly missing: number;
}

/** Milliseconds between two looks at what other programs are at. */
const LOOK = 500;

/**
 * Runs the tasks of a sweep that have not ended yet, each in a folder of its own, several at a time. What fails is kept with
 * its reason and stops nothing. Killed at any moment and run again, it goes on, and comes to the same table. Any number of
 * programs, on any machines that share the folder, may run the same sweep at the same time: each takes what no other has.
 *
 * @throws {@link SweepError} for a folder of another sweep and for tasks that there are not; {@link EngineError} where the
 *   program cannot be started; the reason of the signal.
 *
 * @example
 * const sweep = readSweep(await readFile('sweep.json', 'utf8'));
 * const { failed } = await runSweep(sweep, { folder: 'out', program: [process.execPath, 'diffusion.js'] });
 */
export async function runSweep(sweep: Sweep, options: RunSweepOptions): Promise<SweepSummary> {
  const { program, workers = availableParallelism(), signal, onTask, again, patience } = options;
  checkCount('workers', workers);
  const folder = resolve(options.folder);
  const base = resolve(options.base ?? '.');
  const whole = await findFiles(sweep, base);
  const all = tasksIn(sweepTasks(whole), options.tasks);
  await openFolder(folder, whole);
  if (again === 'failed') {
    const before = await resultsOf(folder, all, { json: false });
    for (const [k, result] of before.entries()) {
      if (result && result.exitCode !== 0) await forget(folder, all[k]);
    }
  }
  const ended = await endedTasks(folder);
  const waiting = all.filter((task) => !ended.has(taskFolder(task)));
  const held: SweepTask[] = [];
  const cut: { name: string; reason: string }[] = [];
  let done = all.length - waiting.length;
  let looking = 0;
  let broken: { readonly error: unknown } | undefined;
  const attempts = attemptsIn(folder, { patience });
  const settle = (task: SweepTask, ending: Ending) => {
    const reason = 'reason' in ending ? ending.reason : undefined;
    if (ending.state === 'cut') cut.push({ name: task.name, reason: reason! });
    done++;
    onTask?.({ task, state: ending.state, ...(reason && { reason }), done, total: all.length });
  };
  const worker = async () => {
    while (!broken) {
      signal?.throwIfAborted();
      let task = waiting.shift();
      if (!task) {
        // Another worker may find that what it looks at is held, or is nobody's any more.
        if (held.length + looking === 0) return;
        await pause(LOOK, signal);
        task = waiting.shift() ?? held.shift();
        if (!task) continue;
      }
      looking++;
      const attempt = await attempts.begin(task).finally(() => looking--);
      if (attempt === 'held') held.push(task);
      else if (attempt === 'ended') settle(task, { state: 'elsewhere' });
      else {
        const ending = await runTask(task, attempt, { program, base, signal });
        if (ending.state === 'elsewhere') held.push(task);
        else settle(task, ending);
      }
    }
  };
  const guarded = () =>
    worker().catch((error: unknown) => {
      broken ??= { error };
    });
  // All of them, so that nothing runs on after an error.
  await Promise.all(Array.from({ length: Math.min(workers, waiting.length) }, guarded));
  if (broken) throw (broken as { error: unknown }).error;
  return { ...(await summaryOf(folder, all)), cut };
}

/** How tasks of a folder stand. */
export async function summaryOf(
  folder: string,
  tasks: readonly SweepTask[],
): Promise<Omit<SweepSummary, 'cut'>> {
  const results = await resultsOf(folder, tasks, { json: false });
  const failed = tasks.flatMap(({ name }, k) => {
    const result = results[k];
    return result && result.exitCode !== 0 ? [{ name, reason: result.reason ?? '' }] : [];
  });
  const finished = results.filter((result) => result?.exitCode === 0).length;
  const missing = results.filter((result) => result === undefined).length;
  return { folder, total: tasks.length, finished, failed, missing };
}

/**
 * Those of the tasks that are asked for.
 *
 * @throws {@link SweepError} for a range that the sweep does not have.
 */
export function tasksIn(
  tasks: readonly SweepTask[],
  range?: { readonly from: number; readonly to: number },
): readonly SweepTask[] {
  if (!range) return tasks;
  const { from, to } = range;
  if (!(Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from <= to)) {
    throw new SweepError(`tasks is ${from}..${to}: expected FROM..TO, integers from 0`);
  }
  if (to >= tasks.length) {
    throw new SweepError(`tasks is ${from}..${to}: expected at most ${tasks.length - 1}, the last`);
  }
  return tasks.slice(from, to + 1);
}

/** Waits, unless it is told to end, or was before. */
export function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    // One that has aborted says so no more.
    signal?.throwIfAborted();
    const end = () => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', end, { once: true });
  });
}
