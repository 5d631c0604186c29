import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  diffusion,
  expectOneLine,
  jsonOf,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
beforeEach(async () => {
  folder = await newFolder();
});
afterEach(() => removeFolder(folder));

/** Waits for a file that another process writes. */
async function there(path: string): Promise<void> {
  for (const end = Date.now() + 40_000; !existsSync(path); ) {
    if (Date.now() > end) throw new Error(`${path} is not written`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

const head = { format: 'diffusion-sweep', version: 1, name: 'lengths', seed: 1 };
const simulate = (length: string) => ({
  command: [
    ...['simulate', '--model', 'brownian', '--count', '5', '--length', length],
    ...['--seed', '{seed}', '--output', '{output}/tracks.csv'],
  ],
});
const write = (sweep: object, name = 'lengths.json') =>
  writeFile(join(folder, name), JSON.stringify({ ...head, ...sweep }));

describe('diffusion sweep', () => {
  it('runs the lines of the command, and sums up what they print', async () => {
    await write({ grid: { ...simulate('{length}'), values: { length: [5, 50] } } });
    const ended = await diffusion('sweep run lengths.json', folder);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(ended.out).toMatch(
      /^task +length +state +tracks +points .*\nlength=5 +5 +finished +5 +25 .*\nlength=50 /,
    );
    const table = await readFile(join(folder, 'lengths/table.csv'), 'utf8');
    expect(table.split('\n').slice(0, 2)).toEqual([
      'task,length,state,tracks,points,dim,lengths.min,lengths.median,lengths.max,gaps,missing,dt,reason',
      'length=5,5,finished,5,25,2,5,5,5,0,0,1,',
    ]);
    expect(existsSync(join(folder, 'lengths/tasks/00001-length=50/output/tracks.csv'))).toBe(true);
    // Again, from the folder itself.
    expect(jsonOf(await diffusion('sweep run lengths.json --json', folder))).toEqual({
      folder: join(folder, 'lengths'),
      table: join(folder, 'lengths/table.csv'),
      ...{ total: 2, finished: 2, failed: [], cut: [], missing: 0 },
    });
    const listed = jsonOf(await diffusion('sweep list lengths --json', folder));
    expect(listed).toMatchObject({ name: 'lengths', tasks: [{ state: 'finished', index: 0 }, {}] });
    const read = jsonOf(await diffusion('sweep table lengths --output t.csv --json', folder));
    expect(read).toMatchObject({
      output: 't.csv',
      finished: 2,
      rows: [{ values: { length: 5 } }, {}],
    });
    expect(await readFile(join(folder, 't.csv'), 'utf8')).toBe(table);
  });

  it('ends with 3 where a task fails, and has the others', async () => {
    await write({ tasks: [simulate('none'), simulate('5')] });
    const ended = await diffusion('sweep run lengths.json --output out --workers 2', folder);
    expect(ended.code).toBe(3);
    const reason = "option '--length <l|min:max>' argument 'none' is invalid.";
    expect(ended.err).toBe(
      `diffusion: 1 task of 2 did not succeed; task 0: ${reason} Expected an integer of at least 1.\n`,
    );
    expect(ended.out).toContain(reason);
    expect(ended.out).toMatch(/2 tasks: 1 finished, 1 failed, 0 missing/);
    const one = await diffusion('sweep run lengths.json --output out --tasks 1', folder);
    expect(one).toMatchObject({ code: 0, err: '' });
  });

  it('goes on after Ctrl-C, and leaves nothing running', async () => {
    const slow = { name: 'slow', command: ['simulate', '--model', 'fbm', '--alpha', '0.5'] };
    slow.command.push('--count', '2000000', '--length', '50', '--seed', '1');
    slow.command.push('--output', '{output}/tracks.csv');
    await write({ tasks: [slow] });
    const { child, ended } = start('diffusion', ['sweep', 'run', 'lengths.json'], folder);
    const stdout = join(folder, 'lengths/running/00000.1/stdout.txt');
    await there(stdout);
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, out: '', err: 'diffusion: interrupted\n' });
    expect(await readdir(join(folder, 'lengths/tasks'))).toEqual([]);
    const table = jsonOf(await diffusion('sweep table lengths --json', folder));
    expect(table).toMatchObject({ missing: 1, finished: 0 });
  });

  it('goes on with a training that was killed, to the same table', async () => {
    const command = [
      ...['train', '--model', 'xresnet', '--set', 'depth=2', '--set', 'filters=8', '--seed', '1'],
      ...['--preset', 'gajowczyk2021', '--count', '64', '--epochs', '8', '--batch-size', '32'],
      ...['--change', 'data.test=50', '--change', 'data.validation=50'],
      ...['--repeat', '--features', 'none', '--output', '{output}'],
    ];
    await write({ tasks: [{ name: 'net', command }] });
    const whole = await diffusion('sweep run lengths.json --output whole', folder);
    expect(whole).toMatchObject({ code: 0, err: '' });
    const { child, ended } = start(
      'diffusion',
      ['sweep', 'run', 'lengths.json', '--output', 'cut'],
      folder,
    );
    const checkpoint = join(folder, 'cut/running/00000.1/output/checkpoint.bin');
    await there(checkpoint);
    child.kill('SIGKILL');
    await ended;
    expect(await readdir(join(folder, 'cut/tasks'))).toEqual([]);
    const rest = await diffusion('sweep run lengths.json --output cut', folder);
    expect(rest).toMatchObject({ code: 0, err: '' });
    const read = (name: string) => readFile(join(folder, name), 'utf8');
    expect(await read('cut/table.csv')).toBe(await read('whole/table.csv'));
    expect(await read('cut/table.csv')).toMatch(/test\.accuracy/);
    const weights = (name: string) =>
      readFile(join(folder, name, 'tasks/00000-net/output/weights.bin'));
    expect((await weights('cut')).equals(await weights('whole'))).toBe(true);
  });

  it.each<[string, string, string | RegExp]>([
    ['no file', 'sweep run x.json', 'x.json: there is no such file: expected a sweep'],
    ['a file as folder', 'sweep run good.json --output good.json', 'good.json: is a file'],
    ['tasks in the wrong order', 'sweep run good.json --tasks 3..2', "'--tasks <i..j>'"],
    [
      'tasks that there are not',
      'sweep run good.json --tasks 0..7',
      'expected at most 0, the last',
    ],
    ['no worker', 'sweep run good.json --workers 0', "'--workers <n>'"],
    [
      'an option of an engine',
      'sweep run good.json --redis x',
      "'--redis' is for '--engine redis'",
    ],
    ['another', 'sweep run good.json --wait', "'--wait' is for '--engine slurm'"],
    ['Redis nowhere', 'sweep run good.json --engine redis', "'--redis <url>' is missing"],
    ['no address', 'worker --redis localhost', 'expected redis://HOST:PORT'],
    [
      'workers elsewhere',
      'sweep run good.json --engine redis --workers 2',
      "'--workers' is for `diff",
    ],
    ['a range on SLURM', 'sweep run good.json --engine slurm --tasks 0', "'--tasks' cannot be"],
    [
      'a setting that it says',
      'sweep run good.json --engine slurm --sbatch array=1',
      'sbatch is array',
    ],
    ['a folder of no sweep', 'sweep table .', 'expected one with sweep.json'],
    ['a wrong field', 'sweep run bad.json', 'bad.json: grids is []: expected one of'],
  ])('refuses %s in one line', async (_, args, message) => {
    await write({ tasks: [simulate('5')] }, 'good.json');
    await write({ grids: [] }, 'bad.json');
    expectOneLine(await diffusion(args, folder), message);
    expect((await readdir(folder)).sort()).toEqual(['bad.json', 'good.json']);
  });

  it('says that nothing answers where Redis should', async () => {
    await write({ tasks: [simulate('5')] });
    const args = 'sweep run lengths.json --engine redis --redis redis://127.0.0.1:1';
    expectOneLine(await diffusion(args, folder), '127.0.0.1:1: does not answer', 3);
  });
});
