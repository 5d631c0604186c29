import { spawnSync } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closableUser, fullDevice, itWith, smallDisk } from '../../../fixtures/needs.ts';
import {
  built,
  diffusion,
  expectOneLine,
  filesIn,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => removeFolder(folder));

const long = 'simulate --model brownian --count 20000 --length 100 --seed 1 --output out/a.csv';

/** Starts a long writing and waits until it has begun. */
async function whileWriting(): Promise<ReturnType<typeof start>> {
  const running = start('diffusion', long.split(' '), folder);
  while (!(await filesIn(join(folder, 'out'))).some((name) => name.endsWith('.tmp'))) {
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return running;
}

describe('writing', () => {
  beforeEach(async () => {
    await mkdir(join(folder, 'out'), { recursive: true });
    await writeFile(join(folder, 'out/a.csv'), 'what was there');
  });
  afterEach(() => removeFolder(join(folder, 'out')));
  const content = () => readFile(join(folder, 'out/a.csv'), 'utf8');

  it('that Ctrl-C ends leaves what was there, nothing else, and exits 130', async () => {
    const { child, ended } = await whileWriting();
    child.kill('SIGINT');
    expect(await ended).toEqual({ code: 130, out: '', err: 'diffusion: interrupted\n' });
    expect(await filesIn(join(folder, 'out'))).toEqual(['a.csv']);
    expect(await content()).toBe('what was there');
  });

  it('that is killed leaves what was there', async () => {
    const { child, ended } = await whileWriting();
    child.kill('SIGKILL');
    await ended;
    expect(await content()).toBe('what was there');
  });

  it('that ends in an error leaves what was there', async () => {
    await writeFile(join(folder, 'bad.csv'), 'track,frame,x\n1,0,a\n');
    expectOneLine(
      await diffusion('features bad.csv --output out/a.csv', folder),
      'bad.csv, line 2',
    );
    expect(await filesIn(join(folder, 'out'))).toEqual(['a.csv']);
    expect(await content()).toBe('what was there');
  });

  itWith(fullDevice())('to /dev/full is one line', async () => {
    await writeFile(join(folder, 'a.csv'), 'track,frame,x\n1,0,0\n');
    expectOneLine(await diffusion('features a.csv --output /dev/full', folder), /\/dev\/full/);
  });
});

describe('reading', () => {
  it('ends at Ctrl-C', async () => {
    const rows = Array.from({ length: 1e6 }, (_, i) => `1,${i},0.123456789,0.123456789\n`).join('');
    await writeFile(join(folder, 'long.csv'), `track,frame,x,y\n${rows}`);
    const { child, ended } = start('diffusion', ['inspect', 'long.csv', '--json'], folder);
    setTimeout(() => child.kill('SIGINT'), 500);
    const { code, out } = await ended;
    // Before its own handler is there, the signal itself ends it.
    expect([130, null]).toContain(code);
    expect(out).toBe('');
  });
});

describe('a folder that may not be written to', () => {
  const user = closableUser(built('diffusion'));
  itWith(user)('is named', async () => {
    await mkdir(join(folder, 'closed'));
    await writeFile(join(folder, 'a.csv'), 'track,frame,x\n1,0,0\n');
    await chmod(join(folder, 'closed'), 0o555);
    await chmod(folder, 0o755);
    const { uid } = user;
    const run = (args: string) => start('diffusion', args.split(' '), folder, { uid }).ended;
    const message = 'may not be written to';
    expectOneLine(await run('features a.csv --output closed/a.csv'), message);
    expectOneLine(
      await run('dataset --preset gajowczyk2021 --count 5 --seed 1 --output closed'),
      message,
    );
    expect(await filesIn(join(folder, 'closed'))).toEqual([]);
  });
});

describe('a full disk', () => {
  itWith(smallDisk())('leaves nothing half-written', async () => {
    const small = join(folder, 'small');
    await mkdir(small);
    spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', small]);
    try {
      for (const args of [
        'simulate --model brownian --count 2000 --length 50 --seed 1 --output small/a.csv',
        'dataset --preset andi2020 --task 1 --dim 1 --count 200 --seed 1 --output small',
      ]) {
        expectOneLine(await diffusion(args, folder), 'there is no space left');
        expect(await filesIn(small)).toEqual([]);
      }
      const { ended } = start(
        'main-job',
        ['--epochs', '1', '--count', '64', '--output', 'small/out'],
        folder,
      );
      const { code, err } = await ended;
      expect({ code, lines: err.split('\n').length - 1 }).toEqual({ code: 2, lines: 1 });
      expect(err).toContain('there is no space left');
      const left = await filesIn(small);
      expect(left.filter((name) => name.endsWith('.tmp') || name.endsWith('card.json'))).toEqual(
        [],
      );
      for (const name of left) JSON.parse(await readFile(join(small, name), 'utf8'));
    } finally {
      spawnSync('umount', [small]);
    }
  });
});
