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
    'simulate --model brownian --count 40 --length 3:40 --seed 1 --output cells.csv',
    folder,
  );
});
afterAll(() => removeFolder(folder));

describe('the main job on files, with a training', () => {
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
      /^Training a network for every length on 2 × 256 simulated tracks like these: 2D, 5 to 40 points/m,
      /^accuracy \d+\.\d %/m,
      /^confusion \(rows: true, columns: predicted\)\n +immobile +confined +brownian +directed +subdiffusive +other$/m,
      /^class +precision +recall +F1 +tracks$/m,
      /^undecided \d+ of \d+ tracks {2}sets hold the class of \d+\.\d %/m,
      /^accuracy by length \(of the tracks that got a class\)\n +points +tracks +not judged +undecided +accuracy +95 % interval +sets hold the class\n {2}5 to 9 /m,
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
    // The user's tracks come first, then the model and its training.
    expect(/<h2>(.*?)<\/h2>/.exec(report)?.[1]).toBe('The classes of motion');
  });

  it('refuses a file that cannot be read before it trains', async () => {
    await writeFile(at('bad.csv'), 'track,frame,x\n1,0,left\n');
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
    expect((await filesIn(folder)).filter((name) => name.startsWith('none'))).toEqual([]);
  });

  it('refuses to write over the files that it reads, before it trains', async () => {
    await mkdir(at('mine'));
    const mine = await readFile(at('cells.csv'), 'utf8');
    await writeFile(at('mine/predictions.csv'), mine);
    expectOneLine(
      await start('main-job', ['mine/predictions.csv', ...small, '--output', 'mine'], folder).ended,
      'mine/predictions.csv: is an input, too: expected another file',
    );
    // A folder of tracks as well, and where nothing is trained.
    expectOneLine(
      await start('main-job', ['mine', '--output', 'mine'], folder).ended,
      'mine/predictions.csv: is an input, too: expected another file',
    );
    expect(await filesIn(at('mine'))).toEqual(['predictions.csv']);
    expect(await readFile(at('mine/predictions.csv'), 'utf8')).toBe(mine);
  });

  it('says before it trains which tracks its model will not judge', async () => {
    const files = {
      'tiny.csv': ['--count', '7', '--length', '3', '--dim', '2'],
      'huge.csv': ['--count', '5', '--length', '2001', '--dim', '2'],
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

describe('the main job without files', () => {
  it('says how it stands beside the paper and the ceiling, by length, and why training is lower', async () => {
    const { code, out, err } = await start(
      'main-job',
      ['--epochs', '2', '--count', '768'],
      at('two'),
    ).ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const words of [
      /^Training an XResNet on 2 × 768 simulated tracks: ND, DM, CD, FBM \(Gajowczyk/m,
      /^ {2}this XResNet, [\d,]+ parameters +2,000 +\d+\.\d % \(\d+\.\d % to \d+\.\d %\)$/m,
      /^ {2}the final model of the paper +3,000 +90\.6 %$/m,
      /^ {2}the XResNet of 399,556 parameters of the paper +its validation +92\.0 %$/m,
      /^ {2}the ceiling: the best rule that there is +9,600 a class +94\.8 ± 0\.2 %$/m,
      /^ {2}400 to \d+ +\d+ +\d+ +\d+\.\d %/m,
    ]) {
      expect(out).toMatch(words);
    }
    // Whether it lies below is in the table of epochs.
    const [, score, validation] = /^ +2 +\S+ +(\S+) +\S+ +(\S+)$/m.exec(out)!;
    const why =
      /^The training's accuracy, (\S+), lies below the validation's, (\S+): .*25 %.*changed so: 0\.\d+\); /m.exec(
        out,
      );
    expect(why?.slice(1)).toEqual(
      Number(score) < Number(validation) ? [score, validation] : undefined,
    );
    const report = await readFile(at('two/out/report.html'), 'utf8');
    for (const heading of ['Beside the paper', 'Accuracy by length', 'Training']) {
      expect(report).toContain(`<h2>${heading}`);
    }
  }, 120_000);
});

describe('the main job with a model that comes trained', () => {
  beforeAll(async () => {
    for (const args of [
      'train --model multiscale --set widths=8,12 --set units=16 --preset gajowczyk2021 --epochs 1 --count 64 --change data.test=60 --change data.validation=20 --output model',
      'export --model model --format safetensors --output small',
      'simulate --model brownian --count 6 --length 50 --dim 3 --seed 1 --output deep.csv',
    ]) {
      expect(await diffusion(args, folder)).toMatchObject({ code: 0 });
    }
  }, 60_000);
  const job = (...args: string[]) => start('start-with.fixture.mjs', ['small', ...args], folder);

  it('judges as predict does, without a training and with a report of its own', async () => {
    const { code, out, err } = await job('cells.csv', '--output', 'judged').ended;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^cells\.csv\ntracks +40$/m);
    expect(out).toMatch(
      /^Judged by small-2d, which comes trained: 2D, 10 to 600 points; ND, DM, CD, FBM$/m,
    );
    expect(out).toMatch(/^40 tracks, \d+ judged, \d+ not$/m);
    expect(out).toMatch(/^--train trains a model on tracks like these in its place$/m);
    expect(out).not.toContain('epoch');
    expect(await filesIn(at('judged'))).toEqual(['predictions.csv', 'report.html']);
    await diffusion('predict cells.csv --model small --output predicted.csv', folder);
    expect(await readFile(at('judged/predictions.csv'), 'utf8')).toBe(
      await readFile(at('predicted.csv'), 'utf8'),
    );
    const report = await readFile(at('judged/report.html'), 'utf8');
    const headings = [...report.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, heading]) => heading);
    expect(headings[0]).toBe('The classes of motion');
    expect(headings.at(-1)).toBe('The model and its training: small-2d');
    expect(headings).not.toContain('Training');
  });

  it('trains where it is asked to, and says so where none is of that dimension', async () => {
    const asked = await job('cells.csv', '--epochs', '1', '--count', '64', '--output', 'asked')
      .ended;
    expect(asked).toMatchObject({ code: 0, err: '' });
    expect(asked.out).toMatch(/^Training a network/m);
    expect(asked.out).not.toContain('small-2d');
    for (const [args, words] of [
      [
        ['deep.csv'],
        /^No model of the motion of 3D tracks comes trained: .*\n\nTraining .* 3D, 50 to 100 points/,
      ],
      [['cells.csv', '--train'], /^Training .* 2D, 5 to 40 points/m],
    ] as const) {
      const { child, ended } = job(...args, '--output', 'ended');
      let out = '';
      child.stdout!.on('data', (chunk) => {
        out += chunk;
        if (/^epoch/m.test(out)) child.kill('SIGINT');
      });
      expect(await ended).toMatchObject({ code: 130, err: 'diffusion: interrupted\n' });
      expect(out).toMatch(words);
      expect(existsSync(at('ended'))).toBe(false);
    }
  }, 60_000);

  it('says before it judges that a file has no tracks, and which folder it cannot write to', async () => {
    expectOneLine(
      await job('cells.csv', '--min-length', '900').ended,
      'cells.csv: there are no tracks to judge',
    );
    expectOneLine(
      await job('cells.csv', '--output', 'deep.csv').ended,
      'deep.csv: is a file: expected a folder',
    );
  });

  it('refuses options of a training without one', async () => {
    for (const [option, ...value] of [['--seed', '7'], ['--force']]) {
      expectOneLine(
        await job('cells.csv', option, ...value).ended,
        `option '${option}' is of a training, and small-2d comes trained: expected --train with it`,
      );
    }
  });
});
