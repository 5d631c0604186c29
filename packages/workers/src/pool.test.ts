import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
// A worker loads built files.
import {
  type AnyWorker,
  nodeWorker,
  type PoolOptions,
  startPool,
  WorkerError,
} from '@diffusion/workers';

interface Setup {
  trouble?: string;
  factor?: number;
}

const name = '@diffusion/own/worker';
const spawn = () => nodeWorker('./own.fixture.mjs', import.meta.url) as AnyWorker;
const evaluated = (text: string) => () => new Worker(text, { eval: true });

const start = (change: Partial<PoolOptions<Setup>> = {}) =>
  startPool<Setup, unknown, unknown>({
    script: { name, spawn },
    workers: 2,
    setup: {},
    ...change,
  });

/** What becomes of six tasks; the workers have ended afterwards. */
async function six(change: Partial<PoolOptions<Setup>>): Promise<unknown> {
  const workers: Worker[] = [];
  const made = change.createWorker ?? change.script?.spawn ?? spawn;
  const pool = start({
    ...change,
    createWorker: () => {
      const worker = made() as Worker;
      workers.push(worker);
      return worker;
    },
  });
  try {
    return await pool.all([0, 1, 2, 3, 4, 5]);
  } finally {
    await pool.close();
    // A thread that has ended has no number any more.
    expect(workers.map(({ threadId }) => threadId)).toEqual(workers.map(() => -1));
  }
}

describe('a pool', () => {
  it.each([
    [1, 1],
    [2, 1],
    [3, 2],
    [2, 5],
  ])('of %i workers with %i tasks each gives the results in order', async (workers, ahead) => {
    expect(await six({ workers, ahead, setup: { factor: 2 } })).toEqual([0, 2, 8, 18, 32, 50]);
  });

  it('has tasks done one after the other in each worker', async () => {
    const found = (await six({ workers: 1, ahead: 6, setup: { trouble: 'order' } })) as string[][];
    const wanted = [0, 1, 2, 3, 4, 5].flatMap((task) => [`from ${task}`, `to ${task}`]);
    expect(found[5]).toEqual(wanted);
  });

  it('of more workers than start at once warns of nothing', async () => {
    const warnings: Error[] = [];
    const onWarning = (warning: Error) => warnings.push(warning);
    process.on('warning', onWarning);
    expect(await six({ workers: 12 })).toEqual([0, 1, 4, 9, 16, 25]);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
  });

  it('moves memory there and back, and shares what is shared', async () => {
    const pool = start({ shared: { sums: 3 } });
    await pool.ready;
    const numbers = Float64Array.of(1, 2, 3);
    const back = await pool.run(numbers, [numbers.buffer]);
    expect(numbers).toHaveLength(0);
    expect(back).toEqual(Float64Array.of(1, 2, 3));
    await pool.all([0, 2]);
    expect([...pool.shared.sums]).toEqual([1, 0, 1]);
    await pool.close();
  });

  it('takes tasks before the workers are there, and none once it is closed', async () => {
    const pool = start();
    expect(await pool.run(3)).toBe(9);
    const late = pool.run(4);
    await pool.close();
    await expect(late).rejects.toThrow('the pool of workers is closed');
    await expect(pool.run(5)).rejects.toThrow('the pool of workers is closed');
  });

  it.each([
    ['workers is 0: expected a whole number from 1 to 1024', { workers: 0 }],
    ['workers is 100000', { workers: 100_000 }],
    ['patience is -1: expected seconds, above 0', { patience: -1 }],
    ['startLimit is NaN', { startLimit: Number.NaN }],
  ])('refuses: %s', (message, change) => {
    expect(() => start(change)).toThrow(WorkerError);
    expect(() => start(change)).toThrow(message);
  });
});

describe('a pool ends with an error that says which worker and why,', () => {
  it.each([
    ['a task throws', 'throw', /^worker [12] of 2: a bad task$/],
    [
      'a task has a result that cannot be sent',
      'function',
      /^worker [12] of 2: .*could not be cloned/,
    ],
    ['a worker ends', 'exit', /^worker [12] of 2 ended: exit code 3$/],
    ['a worker throws by itself', 'uncaught', /^worker [12] of 2 ended: of its own$/],
    ['a worker falls silent', 'silence', /^worker [12] of 2 has not answered for 3 s$/],
    ['a worker cannot be set up', 'setup', /^worker [12] of 2: no such model$/],
  ])('when %s', async (_, trouble, problem) => {
    const failed = six({ setup: { trouble }, patience: 3, ahead: 2 });
    await expect(failed).rejects.toThrow(problem);
    await expect(failed).rejects.toBeInstanceOf(WorkerError);
  });

  it('with the error of the task as the cause', async () => {
    const error = await six({ setup: { trouble: 'throw' } }).catch((error: Error) => error);
    expect((error as Error).cause).toMatchObject({ name: 'RangeError', message: 'a bad task' });
  });

  it.each([
    [
      'is missing',
      () => nodeWorker('./missing.mjs', import.meta.url),
      /Cannot find module .*missing\.mjs/,
    ],
    ['ends at once', evaluated(''), /^worker [12] of 2 did not start: exit code 0/],
    [
      'throws when it is loaded',
      evaluated('throw new Error("no memory")'),
      /did not start: no memory/,
    ],
    [
      'says nothing',
      evaluated('setInterval(() => {}, 1000)'),
      /it did not say who it is within 2 s: expected/,
    ],
    [
      'says something else',
      evaluated(
        'setInterval(() => {}, 1000); require("worker_threads").parentPort.postMessage({ id: 1 })',
      ),
      /it did not say who it is within 2 s, but something else: expected/,
    ],
    [
      'is that of another package',
      evaluated(
        'setInterval(() => {}, 1000); require("worker_threads").parentPort.postMessage({ protocol: "diffusion-workers 1", kind: "hello", script: "@diffusion/other/worker" })',
      ),
      /did not start: it is the script @diffusion\/other\/worker: expected the script @diffusion\/own\/worker/,
    ],
    [
      'is of another version',
      evaluated(
        'setInterval(() => {}, 1000); require("worker_threads").parentPort.postMessage({ protocol: "diffusion-workers 0", kind: "hello", script: "@diffusion/own/worker" })',
      ),
      /did not start: it speaks 'diffusion-workers 0' and not 'diffusion-workers 1'/,
    ],
    [
      'cannot be made',
      () => {
        throw new Error('no more threads');
      },
      /^worker 1 of 2 did not start: no more threads: expected/,
    ],
  ])('when its script %s', async (_, createWorker, problem) => {
    await expect(
      six({ createWorker: createWorker as () => AnyWorker, startLimit: 2 }),
    ).rejects.toThrow(problem);
  });
});

it('names the URL of a script that the package itself asked for', async () => {
  const missing = () => nodeWorker('./missing.mjs', import.meta.url) as AnyWorker;
  const pool = start({ script: { name, spawn: missing } });
  await expect(pool.ready).rejects.toThrow(new URL('./missing.mjs', import.meta.url).href);
  await pool.close();
});

it('takes the text of a script where the script is not found', async () => {
  const text = `
    import { parentPort } from 'node:worker_threads';
    const say = (report) => parentPort.postMessage({ protocol: 'diffusion-workers 1', ...report });
    parentPort.on('message', ({ kind, id, task }) =>
      say(kind === 'setup' ? { kind: 'ready' } : { kind: 'done', id, result: -task }));
    say({ kind: 'hello', script: '${name}' });`;
  const missing = () => nodeWorker('./missing.mjs', import.meta.url) as AnyWorker;
  const texts = async () => ({ default: text });
  const pool = start({ script: { name, spawn: missing, text: texts } });
  expect(await pool.all([1, 2, 3])).toEqual([-1, -2, -3]);
  await pool.close();
  const neither = start({
    script: { name, spawn: missing, text: async () => ({ default: 'throw 1' }) },
  });
  await expect(neither.ready).rejects.toThrow(
    /Cannot find module .*; and as a blob: worker [12] of 2 did not start: 1/,
  );
  await neither.close();
});

it('says so when the script of a worker is loaded by the leading thread', () => {
  const script = fileURLToPath(new URL('./own.fixture.mjs', import.meta.url));
  const { stderr, status } = spawnSync(process.execPath, [script], { encoding: 'utf8' });
  expect(stderr).toContain('@diffusion/own/worker: expected to be loaded by a worker');
  expect(status).toBe(1);
});
