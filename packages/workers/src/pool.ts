import type { AnyWorker } from './any-worker.ts';
import { availableCores } from './available-cores.ts';
import { countdown } from './countdown.ts';
import type { Memory, Report } from './protocol.ts';
import type { WorkerScript, WorkerStart } from './start-options.ts';
import { type Port, startWorker } from './start-worker.ts';
import { WorkerError } from './worker-error.ts';

/** Workers that one pool may have. */
const MOST = 1024;

export interface PoolOptions<Setup> extends WorkerStart {
  readonly script: WorkerScript;
  /** How many, from 1 to 1024; results do not depend on it. */
  readonly workers: number;
  /** Handed to every worker once. */
  readonly setup: Setup;
  /** Names of float32 arrays that this thread and all workers see, with their numbers of elements. */
  readonly shared?: Readonly<Record<string, number>>;
  /** Tasks that a worker has at a time, one that it does and the others to go on with at once; 1 unless told. */
  readonly ahead?: number;
}

/** Workers that do tasks of one kind. */
export interface Pool<Task, Result> {
  /** The arrays named in the options. Write to them while no task is being done. */
  readonly shared: Record<string, Float32Array>;
  /** Resolves once every worker has been set up; rejects with {@link WorkerError} when one cannot be. */
  readonly ready: Promise<void>;
  /**
   * Has a task done by the worker that has least to do.
   *
   * @param transfer memory that moves to the worker instead of being copied. Code of this thread that works on typed arrays is
   *   slower from then on, by a third in V8: for arrays of many megabytes, and threads that do nothing else.
   * @returns its result; rejects with {@link WorkerError} once any task fails, or a worker ends or says nothing for too
   *   long: the pool is closed then.
   */
  run(task: Task, transfer?: ArrayBuffer[]): Promise<Result>;
  /** Has tasks done; their results in the order of the tasks. */
  all(tasks: readonly Task[]): Promise<Result[]>;
  /** Ends the workers, whatever they are doing. */
  close(): Promise<void>;
}

interface Job {
  readonly task: unknown;
  readonly transfer?: ArrayBuffer[];
  readonly resolve: (result: never) => void;
  readonly reject: (error: WorkerError) => void;
}

interface Member {
  readonly title: string;
  /** Once it is set up. */
  port?: Port;
  /** What it has to do, by number. */
  readonly jobs: Map<number, Job>;
  /** Stops the clock of its silence. */
  stop: () => void;
}

/**
 * Starts workers (Node's worker threads, or Web Workers). Tasks can be given at once: each worker takes some as soon as it
 * is ready. A failure of one worker is the end of all.
 *
 * Throws {@link WorkerError} for a number of workers or seconds that makes no sense, and where `shared` is asked for and
 * there is no shared memory (a page has it only when it is cross-origin isolated).
 *
 * @example
 * const spawn = () => new Worker(new URL('./square-worker.js', import.meta.url), { type: 'module' });
 * const pool = startPool({ script: { name: 'square', spawn }, workers: 2, setup: undefined });
 * const squares = await pool.all([1, 2, 3]); // 1, 4, 9
 * await pool.close();
 */
export function startPool<Setup, Task, Result>(options: PoolOptions<Setup>): Pool<Task, Result> {
  const { script, workers, setup, shared = {}, ahead = 1, patience = 600 } = options;
  check(options);
  const memory = sharedMemory(shared);
  const made: AnyWorker[] = [];
  const queue: Job[] = [];
  let jobs = 0;
  let failure: WorkerError | undefined;
  const ended = new AbortController();
  const over = new Promise<void>((resolve) => {
    ended.signal.addEventListener('abort', () => resolve(), { once: true });
  });

  const members = Array.from({ length: workers }, (_, i): Member => {
    return { title: `worker ${i + 1} of ${workers}`, jobs: new Map(), stop: () => {} };
  });
  let setUp: () => void = () => {};
  let stopped: (error: WorkerError) => void = () => {};
  const ready = new Promise<void>((resolve, reject) => {
    [setUp, stopped] = [resolve, reject];
  });
  // Whoever waits for it or for a task is told; nobody has to.
  ready.catch(() => {});

  const end = async (error: WorkerError): Promise<void> => {
    failure ??= error;
    stopped(failure);
    ended.abort();
    for (const { stop } of members) stop();
    for (const job of [
      ...queue.splice(0),
      ...members.flatMap((member) => [...member.jobs.values()]),
    ])
      job.reject(failure);
    for (const member of members) member.jobs.clear();
    await Promise.all(made.map((worker) => worker.terminate()));
  };
  const fail = (error: WorkerError): void => {
    if (!failure) void end(error);
  };
  /** Restarts the clock of a worker's silence. */
  const wait = (member: Member): void => {
    member.stop();
    member.stop = countdown(patience, () =>
      fail(new WorkerError(`${member.title} has not answered for ${patience} s`)),
    );
  };
  /** Gives the tasks that wait to the workers that have least to do. */
  const give = (): void => {
    while (queue.length > 0 && !failure) {
      const free = members.filter((member) => member.port && member.jobs.size < ahead);
      if (free.length === 0) return;
      const member = free.reduce((a, b) => (b.jobs.size < a.jobs.size ? b : a));
      const job = queue.shift() as Job;
      const id = jobs++;
      if (member.jobs.size === 0) wait(member);
      member.jobs.set(id, job);
      try {
        member.port?.post({ kind: 'task', id, task: job.task }, job.transfer);
      } catch (error) {
        fail(new WorkerError(`a task could not be sent: ${(error as Error).message}`));
      }
    }
  };

  const start = async (member: Member): Promise<void> => {
    const { title } = member;
    let port: Port | undefined;
    const onReport = (report: Report): void => {
      if (report.kind === 'failed') {
        const cause = Object.assign(new Error(report.message), { name: report.name });
        fail(new WorkerError(`${title}: ${report.message}`, { cause }));
      } else if (report.kind === 'ready') {
        member.stop();
        member.port = port;
        if (members.every((one) => one.port)) setUp();
      } else if (report.kind === 'done') {
        const job = member.jobs.get(report.id);
        member.jobs.delete(report.id);
        if (member.jobs.size > 0) wait(member);
        else member.stop();
        job?.resolve(report.result as never);
      }
      give();
    };
    port = await startWorker({
      ...options,
      script,
      title,
      onReport,
      made: (worker) => made.push(worker),
      signal: ended.signal,
      over,
      onEnd: (why) => fail(new WorkerError(`${title} ended: ${why}`)),
    });
    if (failure) return;
    wait(member);
    port.post({ kind: 'setup', setup, memory });
  };
  // Each of many that start at once would be late, and a program that exits waits for those that are half started.
  const toStart = [...members];
  const startNext = async (): Promise<void> => {
    const member = failure ? undefined : toStart.shift();
    if (!member) return;
    try {
      await start(member);
    } catch (error) {
      const { message } = error as Error;
      fail(error instanceof WorkerError ? error : new WorkerError(`${member.title}: ${message}`));
    }
    await startNext();
  };
  const atOnce = Math.min(workers, Math.max(4, availableCores()));
  for (let k = 0; k < atOnce; k++) void startNext();

  const run = (task: Task, transfer?: ArrayBuffer[]): Promise<Result> => {
    const result = new Promise<Result>((resolve, reject) => {
      if (failure) reject(failure);
      else queue.push({ task, transfer, resolve, reject });
    });
    // Reported where it is awaited; until then it is not an unhandled rejection.
    result.catch(() => {});
    give();
    return result;
  };
  return {
    shared: memory,
    ready,
    run,
    all: (tasks) => Promise.all(tasks.map((task) => run(task))),
    close: () => end(new WorkerError('the pool of workers is closed')),
  };
}

function check({ workers, startLimit = 60, patience = 600 }: PoolOptions<unknown>): void {
  if (!(Number.isInteger(workers) && workers >= 1 && workers <= MOST)) {
    throw new WorkerError(`workers is ${workers}: expected a whole number from 1 to ${MOST}`);
  }
  for (const [name, seconds] of Object.entries({ startLimit, patience })) {
    if (!(seconds > 0)) throw new WorkerError(`${name} is ${seconds}: expected seconds, above 0`);
  }
}

function sharedMemory(sizes: Readonly<Record<string, number>>): Memory {
  const entries = Object.entries(sizes);
  if (entries.length > 0 && typeof SharedArrayBuffer === 'undefined') {
    throw new WorkerError(
      'no memory can be shared with workers here: expected a cross-origin isolated page',
    );
  }
  return Object.fromEntries(
    entries.map(([name, size]) => [name, new Float32Array(new SharedArrayBuffer(size * 4))]),
  );
}
