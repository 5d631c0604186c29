import { spawn, spawnSync } from 'node:child_process';
import { chmod, link, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { closableUser, fullDevice, itWith, smallDisk } from '../../../fixtures/needs.ts';
import {
  built,
  diffusion,
  expectOneLine,
  filesIn,
  jsonOf,
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

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)(
    'that %s ends leaves what was there, nothing else, and exits %i',
    async (signal, code) => {
      const { child, ended } = await whileWriting();
      child.kill(signal);
      expect(await ended).toEqual({ code, out: '', err: 'diffusion: interrupted\n' });
      expect(await filesIn(join(folder, 'out'))).toEqual(['a.csv']);
      expect(await content()).toBe('what was there');
    },
  );

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

  itWith(fullDevice())('to a full device is one line', async () => {
    await writeFile(join(folder, 'a.csv'), 'track,frame,x\n1,0,0\n1,1,1\n');
    await symlink('/dev/full', join(folder, 'full.csv'));
    expectOneLine(
      await diffusion('features a.csv --output full.csv', folder),
      'full.csv: there is no space left',
      3,
    );
  });
});

describe('an output that is an input', () => {
  const table = 'track,frame,x,y\n1,0,0,0\n1,1,1,0\n1,2,1,1\n';

  it.each([
    ['by its name', 'io.csv'],
    ['through a link', 'link.csv'],
    ['by another way', './set/../io.csv'],
    ['by a second name', 'hard.csv'],
  ])('%s is refused, and left as it is', async (_, output) => {
    await mkdir(join(folder, 'set'), { recursive: true });
    await writeFile(join(folder, 'io.csv'), table);
    await rm(join(folder, 'link.csv'), { force: true });
    await symlink('io.csv', join(folder, 'link.csv'));
    await rm(join(folder, 'hard.csv'), { force: true });
    await link(join(folder, 'io.csv'), join(folder, 'hard.csv'));
    expectOneLine(
      await diffusion(`features io.csv --output ${output}`, folder),
      /expected another file/,
    );
    expect(await readFile(join(folder, 'io.csv'), 'utf8')).toBe(table);
  });

  it('is refused when it lies in a folder that is read', async () => {
    await mkdir(join(folder, 'read'), { recursive: true });
    await writeFile(join(folder, 'read/a.csv'), table);
    expectOneLine(
      await diffusion('features read --output read/a.csv', folder),
      'read/a.csv: is an input, too',
    );
    expect(await readFile(join(folder, 'read/a.csv'), 'utf8')).toBe(table);
  });

  it('is refused when it is a file of the model, or the folder of the tracks that are learnt from', async () => {
    const made = 'dataset --preset gajowczyk2021 --count 60 --seed 1 --output learnt';
    expect((await diffusion(made, folder)).code).toBe(0);
    const learn = 'train --model forest --set trees=3 --data learnt --output';
    expectOneLine(await diffusion(`${learn} learnt`, folder), 'expected another folder');
    expect((await diffusion(`${learn} forest`, folder)).code).toBe(0);
    await symlink('forest/classifier.json', join(folder, 'answers.csv'));
    const before = await readFile(join(folder, 'forest/classifier.json'), 'utf8');
    expectOneLine(
      await diffusion('predict learnt/tracks.csv --model forest --output answers.csv', folder),
      'is the input forest/classifier.json, too',
    );
    expect(await readFile(join(folder, 'forest/classifier.json'), 'utf8')).toBe(before);
  });

  it('is no matter where it is a device', async () => {
    await writeFile(join(folder, 'io.csv'), table);
    expect((await diffusion('features io.csv --output /dev/null', folder)).code).not.toBe(1);
  });
});

describe('names and options', () => {
  it.each([
    ['simulate --model brownian --count 1 --length 5 --seed 1 --output .csv', 'expected NAME.csv'],
    [
      `simulate --model brownian --count 1 --length 5 --seed 1 --output ${'x'.repeat(252)}.csv`,
      'the name is too long for the file system',
    ],
    [
      'simulate --model brownian --count 1 --count 2 --length 5 --seed 1 --output a.csv',
      "option '--count' is given twice",
    ],
  ])('%#: are told before the work', async (args, message) => {
    expectOneLine(await diffusion(args, folder), message);
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

describe('a pipe that nobody writes to', () => {
  it('is waited for, and SIGTERM is heard', async () => {
    expect(spawnSync('mkfifo', [join(folder, 'pipe.csv')]).status).toBe(0);
    const { child, ended } = start('diffusion', ['inspect', 'pipe.csv'], folder);
    // Before its own handler is there, the signal itself ends it.
    setTimeout(() => child.kill('SIGTERM'), 2000);
    expect([143, null]).toContain((await ended).code);
  });

  it('is read where somebody does', async () => {
    const { ended } = start('diffusion', ['inspect', 'pipe.csv', '--json'], folder);
    const writer = spawn('sh', [
      '-c',
      `printf 'track,frame,x,y\\n1,0,0,0\\n1,1,1,1\\n' > ${join(folder, 'pipe.csv')}`,
    ]);
    expect(jsonOf(await ended)).toMatchObject({ tracks: 1, points: 2 });
    writer.kill();
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
        expectOneLine(await diffusion(args, folder), 'there is no space left', 3);
        expect(await filesIn(small)).toEqual([]);
      }
      const { ended } = start(
        'main-job',
        ['--epochs', '1', '--count', '64', '--output', 'small/out'],
        folder,
      );
      const { code, err } = await ended;
      expect({ code, lines: err.split('\n').length - 1 }).toEqual({ code: 3, lines: 1 });
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
