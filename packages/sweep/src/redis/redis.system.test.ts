import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeWith, redisServer } from '../../../../fixtures/needs.ts';
import { command, program, start, tableHere, tableIn, until, working } from '../engines.fixture.ts';
import type { TaskEvent } from '../node/index.ts';
import { connect } from './connect.ts';
import { runOverRedis, serveRedis } from './index.ts';

const worker = fileURLToPath(new URL('worker.fixture.mjs', import.meta.url));

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });

describe('over Redis', () => {
  it('says in a line that nothing answers, without the password', async () => {
    const port = await freePort();
    await expect(connect(`redis://me:secret@127.0.0.1:${port}`)).rejects.toThrow(
      `redis://127.0.0.1:${port}: does not answer (connect ECONNREFUSED 127.0.0.1:${port}): expected a Redis there`,
    );
    await expect(connect('localhost')).rejects.toThrow(
      'redis is localhost: expected redis://HOST:PORT',
    );
  });
});

describeWith(redisServer())('over a real Redis', () => {
  let base: string;
  let server: ChildProcess;
  let url: string;
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    const port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    const alone = ['--save', '', '--appendonly', 'no', '--bind', '127.0.0.1'];
    server = spawn('redis-server', ['--port', `${port}`, ...alone], { stdio: 'ignore' });
    await until(() =>
      connect(url).then(
        () => true,
        () => false,
      ),
    );
  });
  afterAll(() => server.kill('SIGKILL'));
  beforeEach(async () => {
    base = await mkdtemp(join(tmpdir(), 'sweep-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(base, { recursive: true, force: true, maxRetries: 3 });
  });

  const startWorker = () => {
    const child = start(worker, [url, command]);
    children.push(child);
    return child;
  };

  it('has the table of one process, with two workers of which one is killed in mid-task', async () => {
    const folder = join(base, 'out');
    const log = join(base, 'log');
    const sweep = working(8, 400, log);
    const whole = await tableHere(sweep, join(base, 'whole'), base);
    await rm(log);
    const first = startWorker();
    startWorker();
    const states: string[] = [];
    let killed = false;
    const onTask = ({ task, state }: TaskEvent) => {
      states.push(`${task.name} ${state}`);
      if (killed) return;
      killed = true;
      // It is at another task by now.
      setTimeout(() => first.kill('SIGKILL'), 200);
    };
    const summary = await runOverRedis(sweep, { url, folder, base, onTask });
    expect(summary).toMatchObject({ total: 9, finished: 8, missing: 0, cut: [] });
    expect(summary.failed).toEqual([{ name: 'bad', reason: 'x: is wrong: expected another' }]);
    expect(new Set(states).size).toBe(9);
    expect(states).toHaveLength(9);
    expect(await tableIn(folder)).toBe(whole);
    expect(await readdir(join(folder, 'running'))).toEqual([]);
    // Nobody did again what was done: what the killed one was at is all that was begun twice.
    const starts = (await readFile(log, 'utf8')).trimEnd().split('\n').length;
    expect(starts).toBeGreaterThanOrEqual(8);
    expect(starts).toBeLessThanOrEqual(9);
  }, 120_000);

  it('gives up a task that dies each time, and says so', async () => {
    const folder = join(base, 'out');
    const stop = new AbortController();
    const serving = serveRedis({ url, program, workers: 1, signal: stop.signal });
    const tasks = [{ name: 'dead', command: ['die'] }];
    const sweep = { format: 'diffusion-sweep', version: 1, name: 'dead', tasks } as const;
    for (let k = 0; k < 2; k++) {
      expect(await runOverRedis(sweep, { url, folder, base })).toMatchObject({
        ...{ finished: 0, failed: [], missing: 1 },
        cut: [{ name: 'dead', reason: 'was ended by SIGKILL' }],
      });
    }
    stop.abort(new Error('enough'));
    expect(await serving).toBe(0);
  }, 60_000);

  it('gives back what a worker is at that is told to end', async () => {
    const folder = join(base, 'out');
    const log = join(base, 'log');
    const sweep = { ...working(1, 1500, log), tasks: undefined };
    const stop = new AbortController();
    const serving = serveRedis({ url, program, workers: 1, signal: stop.signal });
    const running = runOverRedis(sweep, { url, folder, base });
    await until(() =>
      readFile(log).then(
        () => true,
        () => false,
      ),
    );
    stop.abort(new Error('enough'));
    expect(await serving).toBe(0);
    const other = new AbortController();
    expect(await serveRedis({ url, program, workers: 1, signal: other.signal, drain: true })).toBe(
      1,
    );
    expect(await running).toMatchObject({ finished: 1, missing: 0 });
  }, 60_000);
});
