import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import {
  diffusion,
  type Ended,
  expectOneLine,
  filesIn,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const small = ['--epochs', '2', '--count', '256'];

beforeAll(async () => {
  folder = await newFolder();
  for (const name of ['one', 'two', 'three']) await mkdir(at(name));
  await diffusion(
    'simulate --model brownian --count 40 --length 4:200 --seed 1 --output cells.csv',
    folder,
  );
});
afterAll(() => removeFolder(folder));

describe('the main job', () => {
  let runs: Ended[];

  beforeAll(async () => {
    runs = await Promise.all(
      ['one', 'two'].map((name) => start('main-job', ['../cells.csv', ...small], at(name)).ended),
    );
  }, 120_000);

  it('prints the same for the same seed', () => {
    expect(runs[0]).toMatchObject({ code: 0, err: '' });
    expect(runs[1]).toEqual(runs[0]);
  });

  it('prints what it reached, what it read and how the tracks are shared out', () => {
    const { out } = runs[0];
    for (const words of [
      /^accuracy \d+\.\d %/m,
      /^confusion \(rows: true, columns: predicted\)\n +ND +DM +CD +FBM$/m,
      /^class +precision +recall +F1 +tracks$/m,
      /^tracks +40$/m,
      /^gaps +0$/m,
      /^interval +not stated$/m,
      /^40 tracks, \d+ judged, \d+ not$/m,
      /^ {2}too short +\d+ +\d+\.\d %$/m,
    ]) {
      expect(out).toMatch(words);
    }
  });

  it('writes the model, the predictions and the report, and nothing else', async () => {
    expect(await filesIn(at('one'))).toEqual([
      'out/model/card.json',
      'out/model/model.json',
      'out/model/weights.bin',
      'out/predictions.csv',
      'out/report.html',
    ]);
    const rows = (await readFile(at('one/out/predictions.csv'), 'utf8')).trimEnd().split('\n');
    expect(rows).toHaveLength(41);
    const report = await readFile(at('one/out/report.html'), 'utf8');
    expect(report.match(/<svg/g)?.length).toBeGreaterThanOrEqual(4);
    expect(report).toContain('cells.csv');
  });

  it('refuses a file that cannot be read before it trains', async () => {
    await writeFile(at('bad.csv'), 'track,frame,x\n1,0,left\n');
    const began = performance.now();
    expectOneLine(
      await start('main-job', ['bad.csv', '--output', 'none'], folder).ended,
      'bad.csv, line 2, column x',
    );
    expectOneLine(
      await start('main-job', ['missing.csv', '--output', 'none'], folder).ended,
      'missing.csv: there is no such file',
    );
    expectOneLine(
      await start('main-job', ['--epochs', '0'], folder).ended,
      "option '--epochs <n>' argument '0'",
    );
    expectOneLine(
      await start('main-job', ['--output', 'bad.csv', ...small], folder).ended,
      'bad.csv: is a file: expected a folder',
    );
    expect(performance.now() - began).toBeLessThan(40_000);
    expect((await filesIn(folder)).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('says before it trains which tracks its model will not judge', async () => {
    const files = {
      'tiny.csv': ['--count', '7', '--length', '3', '--dim', '2'],
      'huge.csv': ['--count', '5', '--length', '900', '--dim', '2'],
      'deep.csv': ['--count', '6', '--length', '50', '--dim', '3'],
      'none.csv': ['--count', '4', '--length', '2', '--dim', '2'],
    };
    for (const [name, args] of Object.entries(files)) {
      const all = ['simulate', '--model', 'brownian', '--seed', '1', '--output', name, ...args];
      expect(await diffusion(all.join(' '), folder)).toMatchObject({ code: 0 });
    }
    const job = (...args: string[]) =>
      start('main-job', [...args, ...small, '--output', 'unjudged'], folder).ended;
    for (const [args, message] of [
      [['tiny.csv'], 'tiny.csv: none of its 7 tracks can be judged (7 too short): the model will'],
      [
        ['huge.csv'],
        'none of its 5 tracks can be judged (5 too long): the model will have seen 2D',
      ],
      [['huge.csv'], 'cut the long ones with --frames FROM:TO'],
      [['huge.csv', 'tiny.csv'], 'huge.csv, tiny.csv: none of its 12 tracks can be judged (7 too'],
      [
        ['deep.csv'],
        'deep.csv: none of its 6 tracks can be judged: they are 3D, and the model will',
      ],
      [['tiny.csv', '--min-length', '4'], 'tiny.csv: there are no tracks to judge'],
    ] as const) {
      expectOneLine(await job(...args), message);
    }
    expect(existsSync(at('unjudged'))).toBe(false);
    // As many as the model then finds.
    const [before] = runs[0].out.split('\n');
    const [, none, short] =
      /^(\d+) of 40 tracks will not be judged \((\d+) too short\): the model will have seen 2D tracks of \d+ to \d+ points; /.exec(
        before,
      ) ?? [];
    expect(none).toBe(short);
    expect(runs[0].out).toMatch(new RegExp(`^ {2}too short +${short} `, 'm'));
  });

  it('writes over no model that it did not write, and into no folder that is held', async () => {
    await mkdir(at('theirs/model'), { recursive: true });
    await writeFile(at('theirs/model/model.json'), '{}');
    expectOneLine(
      await start('main-job', [...small, '--output', 'theirs'], folder).ended,
      'theirs/model/model.json: is of no model of this command',
    );
    const holder = { pid: process.pid, host: hostname(), since: '2026-01-01T00:00:00.000Z' };
    await writeFile(at('theirs/.diffusion-held.json'), JSON.stringify(holder));
    expectOneLine(
      await start('main-job', [...small, '--output', 'theirs'], folder).ended,
      `theirs: is held by process ${process.pid} on ${hostname()} since 2026`,
    );
    expect(await filesIn(at('theirs'))).toEqual(['.diffusion-held.json', 'model/model.json']);
  });

  it.each([600, 1500, 3000, 5000])(
    'that Ctrl-C ends after %i ms leaves nothing broken',
    async (wait) => {
      const { child, ended } = start('main-job', ['../cells.csv', ...small], at('three'));
      setTimeout(() => child.kill('SIGINT'), wait);
      const { code, err } = await ended;
      // Before its own handler is there the signal ends it; at the end it may be done.
      expect([130, null, 0]).toContain(code);
      expect(err).toBe(code === 130 ? 'diffusion: interrupted\n' : '');
      for (const name of await filesIn(at('three'))) {
        const bytes = await readFile(at(`three/${name}`));
        if (name.endsWith('.json')) JSON.parse(bytes.toString());
        else if (name.endsWith('.html')) expect(bytes.toString()).toMatch(/<\/html>\s*$/);
        else if (name.endsWith('.csv'))
          expect(bytes.toString().trimEnd().split('\n')).toHaveLength(41);
        else expect(name).toMatch(/weights\.bin$/);
      }
    },
  );

  it('that Ctrl-C ends after its first epoch says so', async () => {
    const { child, ended } = start('main-job', ['--epochs', '50', '--count', '256'], at('three'));
    let out = '';
    child.stdout!.on('data', (chunk) => {
      out += chunk;
      if (/^ +1 +\d/m.test(out)) child.kill('SIGINT');
    });
    expect(await ended).toMatchObject({ code: 130, err: 'diffusion: interrupted\n' });
  });
});
