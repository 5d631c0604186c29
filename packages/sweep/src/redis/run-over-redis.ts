import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findFiles } from '../node/find-files.ts';
import { endedIn, endedTasks, openFolder, taskFolder } from '../node/folder.ts';
import { doneIn } from '../node/results.ts';
import { pause, type SweepSummary, summaryOf, type TaskEvent, tasksIn } from '../node/run-sweep.ts';
import type { Sweep, SweepTask } from '../sweep.ts';
import { sweepTasks } from '../sweep-tasks.ts';
import { connect, QUEUE, type QueuedTask, sha256Of } from './connect.ts';

/** How {@link runOverRedis} runs a sweep. */
export interface RedisOptions {
  /** Where Redis is, such as `redis://localhost:6379`. */
  readonly url: string;
  /** The folder of the sweep, which the workers see under the same name. */
  readonly folder: string;
  readonly base: string;
  readonly tasks?: { readonly from: number; readonly to: number };
  /** Ends the waiting; the workers go on. */
  readonly signal?: AbortSignal;
  readonly onTask?: (event: TaskEvent) => void;
}

/**
 * Tasks that are put into the queue with one request, milliseconds between two looks at the folder, and looks until tasks
 * that have not ended are put in again.
 */
const AT_ONCE = 1000;
const LOOK = 500;
const AGAIN = 60;

/** So many times a task is tried that dies each time. */
const TIMES = 3;

/**
 * Puts the tasks of a sweep that have not ended into a queue of Redis, and waits until the workers (`serveRedis`) have
 * done them. What has ended, the folder says alone: nothing is lost with Redis, nor done twice for it.
 *
 * @throws {@link EngineError} where BullMQ is not installed or Redis does not answer; {@link SweepError}; the reason of the
 *   signal.
 *
 * @example
 * await runOverRedis(sweep, { url: 'redis://localhost:6379', folder: '/shared/out', base: '/shared' });
 */
export async function runOverRedis(sweep: Sweep, options: RedisOptions): Promise<SweepSummary> {
  const { url, signal, onTask } = options;
  const folder = resolve(options.folder);
  const base = resolve(options.base);
  const whole = await findFiles(sweep, base);
  const all = tasksIn(sweepTasks(whole), options.tasks);
  const { bullmq, connection } = await connect(url);
  await openFolder(folder, whole);
  const text = await readFile(join(folder, 'sweep.json'), 'utf8');
  const sha256 = sha256Of(text);
  const key = sha256Of(folder).slice(0, 16);
  const idOf = ({ index }: SweepTask) => `${key}-${index}`;
  const queue = new bullmq.Queue<QueuedTask>(QUEUE, { connection });
  // It connects again by itself.
  queue.on('error', () => {});
  const cut: { name: string; reason: string }[] = [];
  try {
    const before = await endedTasks(folder);
    const open = new Map(
      all.filter((task) => !before.has(taskFolder(task))).map((task) => [idOf(task), task]),
    );
    const failures = async () => (await queue.getFailed()).filter(({ id }) => open.has(id!));
    // Of a run before: they would keep theirs from being put in again.
    for (const job of await failures()) await job.remove();
    const jobs = [...open.values()].map((task) => ({
      name: task.name,
      data: { folder, base, index: task.index, sha256 },
      opts: { jobId: idOf(task), attempts: TIMES, removeOnComplete: true },
    }));
    // What is in the queue already stays as it is.
    const put = async () => {
      const missing = jobs.filter(({ opts }) => open.has(opts.jobId));
      for (let k = 0; k < missing.length; k += AT_ONCE) {
        signal?.throwIfAborted();
        await queue.addBulk(missing.slice(k, k + AT_ONCE));
      }
    };
    await put();
    let done = all.length - open.size;
    const settle = (id: string, state: TaskEvent['state'], reason?: string) => {
      const task = open.get(id)!;
      open.delete(id);
      done++;
      onTask?.({ task, state, ...(reason && { reason }), done, total: all.length });
    };
    for (let looks = 1; open.size > 0; looks++) {
      await pause(LOOK, signal);
      const ended = await endedTasks(folder);
      for (const [id, task] of open) {
        const name = taskFolder(task);
        if (!ended.has(name)) continue;
        const { exitCode, reason } = await doneIn(join(endedIn(folder), name));
        settle(id, exitCode === 0 ? 'finished' : 'failed', reason);
      }
      for (const { id, failedReason, name } of await failures()) {
        cut.push({ name, reason: failedReason });
        settle(id!, 'cut', failedReason);
      }
      // A Redis that was started anew may have forgotten them.
      if (looks % AGAIN === 0) await put();
    }
  } finally {
    await queue.close();
  }
  return { ...(await summaryOf(folder, all)), cut };
}
