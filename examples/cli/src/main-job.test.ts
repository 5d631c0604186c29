import { mkdir, readFile, writeFile } from 'node:fs/promises';
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
