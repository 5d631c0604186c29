import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Job } from 'bullmq';
import { checkCount } from '../check-count.ts';
import { EngineError, SweepError } from '../errors.ts';
import { attemptsIn } from '../node/attempt.ts';
import { pause } from '../node/run-sweep.ts';
import { type Ending, runTask } from '../node/run-task.ts';
import { readSweep } from '../read-sweep.ts';
import type { SweepTask } from '../sweep.ts';
import { sweepTasks } from '../sweep-tasks.ts';
import { connect, QUEUE, type QueuedTask, sha256Of } from './connect.ts';

/** How {@link serveRedis} works. */
export interface ServeRedisOptions {
  /** Where Redis is, such as `redis://localhost:6379`. */
  readonly url: string;
  /** What starts the command: a program and its first arguments. */
  readonly program: readonly string[];
  /** Tasks at once; one for each core where it is left out. */
  readonly workers?: number;
  /** Ends it: what is at work goes back to the queue. */
  readonly signal: AbortSignal;
  /** Whether it ends where nothing is left in the queue, and does not wait for more. */
  readonly drain?: boolean;
  /** Hears of each task that has ended here. */
  readonly onTask?: (event: {
    readonly folder: string;
    readonly name: string;
    readonly state: Ending['state'];
    readonly reason?: string;
  }) => void;
  /** Seconds without a sign of life after which a program on another machine counts as dead; 60 where it is left out. */
  readonly patience?: number;
}

/** Milliseconds that a task belongs to a worker of which nothing is heard, and between two looks for such. */
const LOCK = 15_000;
const STALLED = 5_000;

/** Milliseconds until a task that another program is at is looked at again. */
const LATER = 2_000;

/**
 * Does the tasks of sweeps that are put into a queue of Redis, until the signal aborts. Any number of workers may run, on
 * any machines that see the folders of the sweeps under the same names. One that is killed loses nothing: what it was at
 * goes to another.
 *
 * @returns how many tasks ended here.
 * @throws {@link EngineError} where BullMQ is not installed, Redis does not answer or the program cannot be started.
 *
 * @example
 * await serveRedis({ url: 'redis://localhost:6379', program: [process.execPath, 'diffusion.js'], signal });
 */
export async function serveRedis(options: ServeRedisOptions): Promise<number> {
  const { url, program, workers = availableParallelism(), drain, onTask, patience } = options;
  checkCount('workers', workers);
  const { bullmq, connection } = await connect(url);
  const { DelayedError, Worker } = bullmq;
  const broken = new AbortController();
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const tasksOf = reader();
  const attempts = new Map<string, ReturnType<typeof attemptsIn>>();
  let count = 0;

  const later = async (job: Job<QueuedTask>, token: string | undefined, wait: number) => {
    await job.moveToDelayed(Date.now() + wait, token);
    throw new DelayedError();
  };
  const process = async (job: Job<QueuedTask>, token?: string): Promise<void> => {
    const { folder, base, index, sha256 } = job.data;
    const task = (await tasksOf(folder, sha256))[index];
    if (!attempts.has(folder)) attempts.set(folder, attemptsIn(folder, { patience }));
    const attempt = await attempts.get(folder)!.begin(task);
    if (attempt === 'ended') return;
    if (attempt === 'held') return later(job, token, LATER);
    const ending = await runTask(task, attempt, { program, base, signal }).catch(
      async (error: unknown): Promise<Ending> => {
        if (error instanceof EngineError) broken.abort(error);
        if (signal.aborted) await later(job, token, 0);
        throw error;
      },
    );
    if (ending.state === 'elsewhere') return later(job, token, LATER);
    const reason = 'reason' in ending ? ending.reason : undefined;
    onTask?.({ folder, name: task.name, state: ending.state, ...(reason && { reason }) });
    if (ending.state === 'cut') throw new Error(reason);
    count++;
  };
  const worker = new Worker<QueuedTask>(QUEUE, process, {
    ...{ connection, concurrency: workers, lockDuration: LOCK, stalledInterval: STALLED },
    // A worker may be killed any number of times; what is done twice counts once.
    maxStalledCount: 1_000_000,
    drainDelay: 1,
  });
  worker.on('error', () => {});
  const queue = new bullmq.Queue<QueuedTask>(QUEUE, { connection });
  queue.on('error', () => {});
  try {
    for (;;) {
      await pause(drain ? 300 : 2000, signal);
      if (!drain) continue;
      const { waiting, active, delayed, prioritized } = await queue.getJobCounts();
      if (waiting + active + delayed + (prioritized ?? 0) === 0) break;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    await worker.close();
    await queue.close();
  }
  if (broken.signal.aborted) throw broken.signal.reason;
  return count;
}

/** Tasks of a folder's sweep, which are read once as long as it is the same. */
function reader(): (folder: string, sha256: string) => Promise<readonly SweepTask[]> {
  const known = new Map<string, readonly SweepTask[]>();
  return async (folder, sha256) => {
    const key = `${sha256} ${folder}`;
    const there = known.get(key);
    if (there) return there;
    const file = join(folder, 'sweep.json');
    const text = await readFile(file, 'utf8').catch(({ message }: Error) => {
      throw new SweepError(`${file}: cannot be read here (${message})`);
    });
    if (sha256Of(text) !== sha256) {
      throw new SweepError(`${file}: is of another sweep than the queue has`);
    }
    const tasks = sweepTasks(readSweep(text, file));
    known.set(key, tasks);
    return tasks;
  };
}
