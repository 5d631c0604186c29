import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Sweep, SweepLine } from '../index.ts';
import { runSweep, sweepTable, taskOutput, writeTable } from './index.ts';
import { pause } from './run-sweep.ts';

const program = [
  process.execPath,
  fileURLToPath(new URL('command.fixture.mjs', import.meta.url)),
] as const;
const runner = fileURLToPath(new URL('runner.fixture.mjs', import.meta.url));

let base: string;
beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'sweep-'));
});
afterEach(() => rm(base, { recursive: true }));

const of = (tasks: readonly SweepLine[]): Sweep => ({
  ...{ format: 'diffusion-sweep', version: 1, name: 'some', tasks },
});
const working = (count: number, milliseconds = 0): Sweep => ({
  ...{ format: 'diffusion-sweep', version: 1, name: 'work', seed: 3 },
  grid: {
    command: ['work', '{output}', '{seed}', String(milliseconds)],
    values: { k: Array.from({ length: count }, (_, k) => k) },
  },
});
const run = (sweep: Sweep, folder = 'out', rest: object = {}) =>
  runSweep(sweep, { folder: join(base, folder), program, base, workers: 2, ...rest });
const tableIn = async (folder: string) => {
  await writeTable(join(base, folder));
  return readFile(join(base, folder, 'table.csv'), 'utf8');
};

describe('runSweep', () => {
  it('runs each task in a folder of its own, and sums them up', async () => {
    const events: string[] = [];
    const summary = await run(working(3), 'out', {
      onTask: ({ task, state, done, total }: never) => {
        events.push(`${(task as { name: string }).name} ${state} ${done}/${total}`);
      },
    });
    expect(summary).toEqual({
      ...{ folder: join(base, 'out'), total: 3, finished: 3, failed: [], cut: [], missing: 0 },
    });
    expect(events.at(-1)).toMatch(/^k=\d finished 3\/3$/);
    expect(await readdir(join(base, 'out/tasks'))).toEqual(['00000-k=0', '00001-k=1', '00002-k=2']);
    expect(await readdir(join(base, 'out/running'))).toEqual([]);
    const place = join(base, 'out/tasks/00001-k=1');
    expect((await readdir(place)).sort()).toEqual([
      ...['done.json', 'output', 'stderr.txt', 'stdout.txt'],
    ]);
    const { seconds, ...done } = JSON.parse(await readFile(join(place, 'done.json'), 'utf8'));
    const { json, folder } = await taskOutput(join(base, 'out'), 'k=1');
    const { seed } = json as { seed: number };
    expect(json).toMatchObject({ output: join(place, 'output') });
    expect(folder).toBe(join(place, 'output'));
    expect(seconds).toBeGreaterThan(0);
    expect(done).toEqual({
      ...{ name: 'k=1', command: ['work', '{output}', String(seed), '0'], values: { k: 1 } },
      exitCode: 0,
    });
    expect(await readFile(join(folder, 'seed.txt'), 'utf8')).toBe(String(seed));
    const rows = (await tableIn('out')).trimEnd().split('\n');
    expect(rows[0]).toBe('task,k,state,seed,score.sum,reason');
    expect(rows[2]).toBe(`k=1,1,finished,${seed},${seed % 97},`);
  });

  it('does not repeat what has ended', async () => {
    await run(working(4), 'out', { tasks: { from: 1, to: 2 } });
    const table = await sweepTable(join(base, 'out'));
    expect(table.rows.map(({ state }) => state)).toEqual([
      ...['missing', 'finished', 'finished', 'missing'],
    ]);
    const file = join(base, 'out/tasks/00001-k=1/done.json');
    const before = await readFile(file, 'utf8');
    expect(await run(working(4))).toMatchObject({ total: 4, finished: 4, missing: 0 });
    expect(await readFile(file, 'utf8')).toBe(before);
  });

  it('reports what fails with its reason, goes on, and tries it again when asked', async () => {
    const sweep = of([
      { name: 'bad', command: ['fail', 'x'] },
      { name: 'broken', command: ['break'] },
      { name: 'good', command: ['work', '{output}', '{seed}'] },
    ]);
    const reason = 'x: is wrong: expected another';
    const summary = await run(sweep);
    expect(summary).toMatchObject({
      finished: 1,
      missing: 0,
      failed: [{ name: 'bad', reason }, {}],
    });
    expect(summary.failed[1].reason).toMatch(/^TypeError: .*'field'/);
    const { rows } = await sweepTable(join(base, 'out'));
    expect(rows[0]).toMatchObject({ state: 'failed', reason, fields: {} });
    const seen: string[] = [];
    const onTask = ({ task }: { task: { name: string } }) => seen.push(task.name);
    await run(sweep, 'out', { onTask });
    expect(seen).toEqual([]);
    await run(sweep, 'out', { onTask, again: 'failed' });
    expect(seen.sort()).toEqual(['bad', 'broken']);
  });

  it('takes a task that was killed for no result, and tries it the next time', async () => {
    const sweep = of([{ name: 'dead', command: ['die'] }]);
    for (let k = 0; k < 2; k++) {
      expect(await run(sweep)).toMatchObject({
        ...{ finished: 0, failed: [], missing: 1 },
        cut: [{ name: 'dead', reason: 'was ended by SIGKILL' }],
      });
    }
  });

  it('goes on with a training from its checkpoint', async () => {
    const sweep: Sweep = {
      ...of([]),
      tasks: undefined,
      recipes: [{ name: 'own', epochs: 3 }],
    };
    expect((await run(sweep)).cut).toHaveLength(1);
    await run(sweep);
    const { json } = await taskOutput(join(base, 'out'), 'own');
    expect(json).toEqual({ resumed: true, at: 'own', rest: '--json' });
  });

  it('runs commands where the sweep is, on the files that fit', async () => {
    await mkdir(join(base, 'tracks'));
    await writeFile(join(base, 'tracks/b.csv'), 'four');
    await writeFile(join(base, 'tracks/a.csv'), 'seven..');
    await writeFile(join(base, 'tracks/c.txt'), '');
    const sweep: Sweep = {
      ...{ format: 'diffusion-sweep', version: 1, name: 'files' },
      grid: {
        name: '{file}',
        command: ['count', '{output}', '{file}'],
        values: { file: { files: 'tracks/*.csv' } },
      },
    };
    await run(sweep);
    expect(await tableIn('out')).toBe(
      'task,file,state,characters,reason\n' +
        'tracks/a.csv,tracks/a.csv,finished,7,\ntracks/b.csv,tracks/b.csv,finished,4,\n',
    );
    await rm(join(base, 'tracks'), { recursive: true });
    await expect(run(sweep, 'other')).rejects.toThrow(
      `files is tracks/*.csv: expected a pattern that fits files in ${base}`,
    );
  });

  it('refuses a folder of another sweep, and one of something else', async () => {
    await run(working(1));
    await expect(run(working(2))).rejects.toThrow(
      `${join(base, 'out')}: is of another sweep, or of this one before it was changed (its sweep.json tells): expected another folder`,
    );
    await mkdir(join(base, 'full'));
    await writeFile(join(base, 'full/x.txt'), '');
    await expect(run(working(1), 'full')).rejects.toThrow(
      `${join(base, 'full')}: has x.txt, and no sweep: expected an empty folder`,
    );
    await expect(sweepTable(join(base, 'full'))).rejects.toThrow('expected one with sweep.json');
    await expect(taskOutput(join(base, 'out'), 'k=9')).rejects.toThrow('has no task k=9');
  });

  it('refuses tasks that there are not, and a program that does not start', async () => {
    await expect(run(working(2), 'out', { tasks: { from: 1, to: 2 } })).rejects.toThrow(
      'tasks is 1..2: expected at most 1, the last',
    );
    await expect(run(working(2), 'out', { program: [join(base, 'none')] })).rejects.toThrow(
      'none: cannot be started',
    );
    expect((await run(working(2))).finished).toBe(2);
  });

  it('leaves what is at work to the next run when it is told to end', async () => {
    const stop = new AbortController();
    const mark = join(base, 'mark');
    const sweep = of([
      { command: ['work', '{output}', '{seed}', '20000', mark] },
      { command: ['fail', 'y'] },
    ]);
    const ended = run(sweep, 'out', { workers: 1, signal: stop.signal });
    await until(() => existsSync(mark));
    stop.abort(new Error('enough'));
    await expect(ended).rejects.toThrow('enough');
    const { missing } = await sweepTable(join(base, 'out'));
    expect(missing).toBe(2);
  });
});

describe('pause', () => {
  it('ends at once where it is told to, and where it was told before', async () => {
    const stop = new AbortController();
    const waiting = pause(60_000, stop.signal);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    await expect(pause(60_000, stop.signal)).rejects.toThrow('enough');
  });
});

/** Runs a sweep in a process of its own. */
function start(sweep: Sweep, folder: string, workers = 1): ChildProcess {
  const options = { folder: join(base, folder), program, base, workers };
  return spawn(process.execPath, [runner, JSON.stringify(sweep), JSON.stringify(options)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.on('close', resolve));

async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 30_000; !isSo(); ) {
    if (Date.now() > end) throw new Error('it does not happen');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

describe('several programs on one folder', () => {
  it('share the tasks, none of which is done twice', async () => {
    const log = join(base, 'log');
    const count = 8;
    const sweep: Sweep = {
      ...working(count),
      grid: {
        command: ['work', '{output}', '{seed}', '100', log],
        values: { k: Array.from({ length: count }, (_, k) => k) },
      },
    };
    const codes = await Promise.all([1, 2].map(() => ended(start(sweep, 'out'))));
    expect(codes).toEqual([0, 0]);
    const table = await sweepTable(join(base, 'out'));
    expect(table).toMatchObject({ finished: count, failed: 0, missing: 0 });
    expect(await readdir(join(base, 'out/tasks'))).toHaveLength(count);
    // Each start of a task leaves a line.
    expect((await readFile(log, 'utf8')).trimEnd().split('\n')).toHaveLength(count);
  });

  it('killed at any moment, and run again, come to the same table', async () => {
    const sweep = working(6, 150);
    await run(sweep, 'whole');
    const whole = await tableIn('whole');
    for (const wait of [120, 300, 450]) {
      const child = start(sweep, 'cut', 2);
      await until(() => existsSync(join(base, 'cut/sweep.json')));
      await new Promise((resolve) => setTimeout(resolve, wait));
      child.kill('SIGKILL');
      await ended(child);
    }
    const summary = await run(sweep, 'cut');
    expect(summary).toMatchObject({ finished: 6, missing: 0 });
    expect(await tableIn('cut')).toBe(whole);
    // What was being made ready when somebody was killed belongs to no task yet.
    const running = (await readdir(join(base, 'cut/running'))).filter((name) => /^\d/.test(name));
    expect(running).toEqual([]);
  });

  it('end what was left running by one that was killed', async () => {
    const mark = join(base, 'mark');
    const slow = { name: 'slow', command: ['work', '{output}', '{seed}', '30000', mark] };
    const child = start(of([slow]), 'out');
    await until(() => existsSync(mark));
    const orphan = Number(await readFile(mark, 'utf8'));
    // The holder says so in a file of its own.
    await new Promise((resolve) => setTimeout(resolve, 300));
    child.kill('SIGKILL');
    await ended(child);
    const stop = new AbortController();
    const again = run(of([slow]), 'out', { signal: stop.signal });
    again.catch(() => {});
    if (process.platform === 'linux') {
      await until(() => !existsSync(`/proc/${orphan}`));
    }
    stop.abort(new Error('enough'));
    await expect(again).rejects.toThrow('enough');
  });

  it('wait for one on another machine as long as it gives signs of life', async () => {
    const sweep = working(1);
    const folder = join(base, 'out');
    await run(sweep, 'out', { tasks: { from: 0, to: 0 } });
    await rm(join(folder, 'tasks/00000-k=0'), { recursive: true });
    const theirs = join(folder, 'running/00000.1');
    await mkdir(join(theirs, 'output'), { recursive: true });
    const holder = { place: `not-${hostname()}`, pid: 1, start: '1', id: 'x' };
    let beat = 0;
    const tell = () =>
      writeFile(join(theirs, 'holder.json'), JSON.stringify({ ...holder, beat: beat++ }));
    await tell();
    const beating = setInterval(() => tell().catch(() => {}), 200);
    let over = false;
    const waiting = run(sweep, 'out', { patience: 1.5 }).finally(() => {
      over = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(over).toBe(false);
    clearInterval(beating);
    expect(await waiting).toMatchObject({ finished: 1 });
  });
});
