import { BackendError } from '../backend-error.ts';
import { type AnyWorker, hear, type Order, tell } from './worker-port.ts';

export interface TeamOptions<Setup> {
  /**
   * Makes one worker, whose module calls `serveTeam`. Written out where it is used, so that bundlers see it:
   * `() => new Worker(new URL('./worker.js', import.meta.url), { type: 'module' })`, with `Worker` from
   * `node:worker_threads` in Node and the global one in a page.
   */
  spawn: () => AnyWorker;
  /** How many; results do not depend on it. */
  workers: number;
  /** Handed to every worker once. */
  setup: Setup;
  /** Names of float32 arrays that this thread and all workers see, with their numbers of elements. */
  shared?: Record<string, number>;
  /** Seconds without any answer from a worker that has a task after which the run ends with an error; 600 if left out. */
  patience?: number;
}

export interface Team<Task, Result> {
  /** The arrays named in the options. Write to them between two `run`s only. */
  readonly shared: Record<string, Float32Array>;
  /**
   * Has every task done by some worker, each worker one at a time. One run at a time, too.
   *
   * @returns the results in the order of the tasks
   * @throws BackendError once a task fails, or a worker ends or says nothing for too long; the team is closed then.
   */
  run(tasks: readonly Task[]): Promise<Result[]>;
  /** Ends the workers. */
  close(): Promise<void>;
}

interface Member {
  worker: AnyWorker;
  name: string;
  /** What it was asked, and when it has to have answered. */
  asked?: { answer: (value: unknown) => void; deadline: number };
}

/**
 * Starts workers with a common memory, for instance one wasm backend each.
 *
 * @throws BackendError if a worker cannot be started, or if there is no shared memory here (a page has it only when it is
 *   cross-origin isolated).
 * @example
 * const team = await startTeam({ spawn, workers: 2, setup, shared: { parameters: 1000 } });
 * const losses = await team.run(shards);
 * await team.close();
 */
export async function startTeam<Setup, Task, Result>({
  spawn,
  workers,
  setup,
  shared = {},
  patience = 600,
}: TeamOptions<Setup>): Promise<Team<Task, Result>> {
  if (!Number.isInteger(workers) || workers < 1) {
    throw new BackendError(`startTeam: workers = ${workers}, expected a whole number from 1`);
  }
  if (typeof SharedArrayBuffer === 'undefined') {
    throw new BackendError(
      'startTeam: no shared memory here, expected a cross-origin isolated page',
    );
  }
  const memory = Object.fromEntries(
    Object.entries(shared).map(([name, size]) => [
      name,
      new Float32Array(new SharedArrayBuffer(size * 4)),
    ]),
  );
  const members: Member[] = [];
  let failure: BackendError | undefined;
  let fail!: (error: BackendError) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = (error) => {
      if (failure) return;
      failure = error;
      reject(error);
    };
  });
  failed.catch(() => {});

  const watch = setInterval(
    () => {
      const late = members.find(({ asked }) => asked && Date.now() > asked.deadline);
      if (late) fail(new BackendError(`${late.name} has not answered for ${patience} s`));
    },
    Math.min(1000, patience * 250),
  );
  (watch as { unref?(): void }).unref?.();

  const close = async () => {
    clearInterval(watch);
    fail(new BackendError('the team of workers is closed'));
    await Promise.all(members.map(({ worker }) => worker.terminate()));
  };

  const ask = (member: Member, order: Order) =>
    new Promise<unknown>((answer) => {
      member.asked = { answer, deadline: Date.now() + patience * 1000 };
      tell(member.worker, order);
    });

  try {
    for (let i = 0; i < workers; i++) {
      const name = `worker ${i + 1} of ${workers}`;
      const member: Member = { worker: spawn(), name };
      members.push(member);
      hear(
        member.worker,
        (answer) => {
          const { asked } = member;
          member.asked = undefined;
          if (answer.kind === 'failed') fail(new BackendError(`${name}: ${answer.why}`));
          else asked?.answer(answer.value);
        },
        (why) => fail(new BackendError(`${name} ended: ${why}`)),
      );
    }
    const ready = members.map((member) => ask(member, { kind: 'setup', value: { setup, memory } }));
    await Promise.race([Promise.all(ready), failed]);
  } catch (error) {
    await close();
    throw error;
  }

  return {
    shared: memory,
    close,
    async run(tasks) {
      if (failure) throw failure;
      if (members.some(({ asked }) => asked)) {
        throw new BackendError('run: the team is at work, expected to wait for the run before');
      }
      const results: Result[] = new Array(tasks.length);
      let next = 0;
      const work = async (member: Member) => {
        while (next < tasks.length && !failure) {
          const i = next++;
          results[i] = (await ask(member, { kind: 'task', value: tasks[i] })) as Result;
        }
      };
      try {
        await Promise.race([Promise.all(members.map(work)), failed]);
      } catch (error) {
        await close();
        throw error;
      }
      return results;
    },
  };
}
