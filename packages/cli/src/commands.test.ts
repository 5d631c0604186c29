import { spawnSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fullDevice, itWith } from '../../../fixtures/needs.ts';
import {
  built,
  diffusion,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
  start,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const put = (name: string, text: string | Uint8Array) => writeFile(at(name), text);
const lines = async (name: string) => (await readFile(at(name), 'utf8')).trimEnd().split('\n');

beforeAll(async () => {
  folder = await newFolder();
});
afterAll(() => removeFolder(folder));

describe('diffusion', () => {
  it('prints its help on stderr and exits 2 without a command', async () => {
    const { code, out, err } = await diffusion('', folder);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain('Usage: diffusion [options] [command]');
    expect(err).not.toContain('outputHelp');
    for (const name of [
      'inspect',
      'simulate',
      'dataset',
      'features',
      'models',
      'train',
      'predict',
    ]) {
      expect(err).toContain(name);
    }
  });

  it('prints its help and its version on stdout when asked', async () => {
    const help = await diffusion('--help', folder);
    expect({ code: help.code, err: help.err }).toEqual({ code: 0, err: '' });
    expect(help.out).toContain('Usage: diffusion');
    expect((await diffusion('train --help', folder)).out).toContain('--resume <folder>');
    expect((await diffusion('--version', folder)).out).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it('does not mind a reader who has heard enough', async () => {
    const { child, ended } = start('diffusion', ['models', '--json'], folder);
    child.stdout!.destroy();
    expect(await ended).toMatchObject({ code: 0, err: '' });
  });

  itWith(fullDevice())('says in one line that stdout is full', () => {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$1" models --json > /dev/full', process.execPath, built('diffusion')],
      { encoding: 'utf8' },
    );
    expect(status).toBe(3);
    expect(stderr).toMatch(/^diffusion: stdout: .*\n$/);
  });
});

describe('inspect', () => {
  it('says what was read, for people and for scripts', async () => {
    await put('a.csv', 'track,frame,x,y\n1,0,1,2\n1,1,2,2\n1,3,2,3\n2,0,0,0\n');
    const people = await diffusion('inspect a.csv', folder);
    expect(people).toMatchObject({ code: 0, err: '' });
    expect(people.out).toMatch(/^length +1 to 3 points, median 2$/m);
    expect(people.out).toMatch(/^gaps +1, 1 frame missing$/m);
    expect(
      jsonOf(await diffusion('inspect a.csv --json --dt 0.5 --pixel-size 0.1', folder)),
    ).toMatchObject({
      tracks: 2,
      points: 4,
      dim: 2,
      lengths: { min: 1, median: 2, max: 3 },
      gaps: 1,
      missing: 1,
      dt: 0.5,
      units: { position: 'µm', time: 's' },
      files: [{ file: 'a.csv', format: 'csv', tracks: 2 }],
    });
  });

  it('has the common options', async () => {
    const counts = async (options: string) => {
      const { tracks, points } = jsonOf(
        await diffusion(`inspect a.csv --json ${options}`, folder),
      ) as {
        tracks: number;
        points: number;
      };
      return [tracks, points];
    };
    expect(await counts('--min-length 2')).toEqual([1, 3]);
    expect(await counts('--frames 1:')).toEqual([1, 2]);
    expect(await counts('--frames :0')).toEqual([2, 2]);
    expect(await counts('--frames 1:1')).toEqual([1, 1]);
    expect(await counts('--split-gaps 0')).toEqual([3, 4]);
    expect(await counts('--columns x=y,y=x --position-unit nm')).toEqual([2, 4]);
    await put('twice.csv', 'track,frame,x\n1,0,1\n1,0,2\n');
    for (const how of ['first', 'mean']) {
      const read = await diffusion(`inspect twice.csv --json --duplicates ${how}`, folder);
      expect(jsonOf(read)).toMatchObject({ points: 1, files: [{ duplicates: 1 }] });
    }
  });

  it('reads what is odd but not wrong', async () => {
    await put('windows.csv', '\uFEFFtrack;frame;x;y\r\n"1";1;1,5;2\r\n"1";0;3,25;4\r\n');
    await put('zipped.csv.gz', gzipSync('track,frame,x,y\n1,0,1,2\n'));
    await mkdir(at('both'));
    await put('both/a.csv', 'track,frame,x,y\n1,0,1,2\n');
    await put('both/b.csv', 'track,frame,x,y\n1,0,1,2\n1,1,1,2\n');
    const read = async (names: string) =>
      jsonOf(await diffusion(`inspect --json ${names}`, folder));
    expect(await read('windows.csv')).toMatchObject({ tracks: 1, points: 2, dim: 2 });
    expect(await read('zipped.csv.gz')).toMatchObject({ tracks: 1, points: 1 });
    expect(await read('both')).toMatchObject({ tracks: 2, points: 3 });
    expect(await read('both/b.csv windows.csv')).toMatchObject({ tracks: 2, points: 4 });
  });
});

describe('simulate', () => {
  const args = 'simulate --model fbm --count 6 --length 5:9 --seed 3 --alpha 0.4:0.6 --snr 4';

  it.each(['csv', 'json', 'xml', 'txt', 'csv.gz'])(
    'writes .%s that inspect reads',
    async (ending) => {
      const name = ending === 'txt' ? 'task1.txt' : `tracks.${ending}`;
      const said = jsonOf(await diffusion(`${args} --output ${name} --json`, folder));
      expect(said).toMatchObject({ output: name, tracks: 6, dim: 2 });
      const { points } = said as { points: number };
      expect(jsonOf(await diffusion(`inspect --json ${name}`, folder))).toMatchObject({
        tracks: 6,
        points,
        dim: 2,
      });
    },
  );

  it('writes .npy of equal lengths', async () => {
    const simulated = await diffusion(
      'simulate --model brownian --count 3 --length 4 --dim 3 --seed 1 --output a.npy',
      folder,
    );
    expect(simulated).toEqual({ code: 0, out: '', err: '' });
    expect(jsonOf(await diffusion('inspect --json a.npy', folder))).toMatchObject({
      points: 12,
      dim: 3,
    });
  });

  it('gives the same tracks for the same seed, and others for another', async () => {
    await diffusion(`${args} --output one.csv`, folder);
    await diffusion(`${args} --output two.csv`, folder);
    await diffusion(`${args.replace('--seed 3', '--seed 4')} --output three.csv`, folder);
    expect(await lines('one.csv')).toEqual(await lines('two.csv'));
    expect(await lines('one.csv')).not.toEqual(await lines('three.csv'));
    expect((await lines('one.csv'))[0]).toBe('track,frame,x,y');
  });

  it.each([
    ['immobile', '--noise 0.1'],
    ['brownian', '--D 0.5'],
    ['directed', '--speed 2 --q 3'],
    ['confined', '--radius 1 --start uniform'],
    ['ctrw', '--alpha 0.5'],
    ['levy-walk', '--alpha 1.5'],
    ['attm', '--alpha 0.5 --variant 2020 --max-D 2'],
    ['sbm', '--alpha 0.5,1.5'],
    ['LW', '--alpha 1.5 --max-speed 3 --missed 0.5 --quantization 0.5'],
  ])('knows %s', async (model, parameters) => {
    const simulated = await diffusion(
      `simulate --model ${model} ${parameters} --count 2 --length 6 --seed 1 --output ${model}.csv`,
      folder,
    );
    expect(simulated).toEqual({ code: 0, out: '', err: '' });
    const read = jsonOf(await diffusion(`inspect --json ${model}.csv`, folder));
    expect(read).toMatchObject({ tracks: 2 });
    if (model !== 'LW') expect(await lines(`${model}.csv`)).toHaveLength(13);
  });
});

describe('dataset', () => {
  it.each([1, 2, 3])('writes the files of task %i of AnDi 2020', async (task) => {
    const said = await diffusion(
      `dataset --preset andi2020 --task ${task} --dim 2 --count 7 --seed 1 --output andi${task} --json`,
      folder,
    );
    expect(jsonOf(said)).toMatchObject({
      count: 7,
      dim: 2,
      classes: ['ATTM', 'CTRW', 'FBM', 'LW', 'SBM'],
    });
    expect(await filesIn(at(`andi${task}`))).toEqual([
      '.diffusion-written.json',
      `meta${task}.csv`,
      `ref${task}.txt`,
      `task${task}.txt`,
    ]);
    expect(await lines(`andi${task}/task${task}.txt`)).toHaveLength(7);
    expect(await lines(`andi${task}/ref${task}.txt`)).toHaveLength(7);
    const [head] = await lines(`andi${task}/meta${task}.csv`);
    expect(head).toMatch(/^row,length,model/);
    if (task < 3)
      expect(head).toBe('row,length,model,alpha,sigma_x,sigma_y,amplitude_x,amplitude_y');
  });

  it('writes tracks and labels of Gajowczyk & Szwabiński 2021', async () => {
    const said = await diffusion(
      'dataset --preset gajowczyk2021 --count 8 --seed 1 --output gajowczyk',
      folder,
    );
    expect(said).toEqual({ code: 0, out: '', err: '' });
    expect(await filesIn(at('gajowczyk'))).toEqual([
      '.diffusion-written.json',
      'labels.csv',
      'tracks.csv',
    ]);
    const [head, ...rows] = await lines('gajowczyk/labels.csv');
    expect(head).toMatch(/^track,label,alpha/);
    expect(new Set(rows.map((row) => row.split(',')[1]))).toEqual(
      new Set(['ND', 'DM', 'CD', 'FBM']),
    );
    expect((await lines('gajowczyk/tracks.csv'))[0]).toBe('track,frame,x,y');
  });

  it('writes what ordinary microscopes see, gaps and all that is known', async () => {
    const said = await diffusion(
      'dataset --preset motion --dim 3 --count 30 --seed 1 --output seen --json',
      folder,
    );
    expect(jsonOf(said)).toMatchObject({
      count: 30,
      dim: 3,
      classes: ['immobile', 'confined', 'brownian', 'directed', 'subdiffusive', 'other'],
    });
    const [head, ...rows] = await lines('seen/labels.csv');
    expect(head).toMatch(/^track,label,law,alpha,D,Q,sigma,sigma_x,sigma_y,sigma_z,exposure/);
    expect(rows).toHaveLength(30);
    expect((await lines('seen/tracks.csv'))[0]).toBe('track,frame,x,y,z');
  });

  it("writes a mixture of one's own, with another count and seed when told", async () => {
    await put(
      'own.json',
      '{"classes":[{"model":"brownian","label":"free"},{"model":"immobile","label":"stuck","share":0.5}],"noise":{"sigma":0.1},"length":{"min":5,"max":8},"dim":1,"count":9,"seed":1}',
    );
    await diffusion('dataset --spec own.json --output own', folder);
    expect(await lines('own/labels.csv')).toHaveLength(10);
    const said = await diffusion(
      'dataset --spec own.json --count 4 --seed 2 --output own4 --json',
      folder,
    );
    expect(jsonOf(said)).toMatchObject({
      count: 4,
      dim: 1,
      classes: ['free', 'stuck'],
      specification: { seed: 2 },
    });
    expect(await lines('own4/labels.csv')).toHaveLength(5);
  });
});

const hopper = `export const hopper = {
  name: 'hopper',
  parameters: { size: { kind: 'number', meaning: 'of a hop', unit: 'position', above: 0 } },
  prepare: ({ size }, { dim }) => ({
    write(random, out, points) {
      out.fill(0, 0, points * dim);
      for (let at = dim; at < points * dim; at++) {
        out[at] = out[at - dim] + (random.uniform() < 0.5 ? size : 0);
      }
    },
  }),
};
`;

describe("a model of motion of one's own", () => {
  it('is found beside the specification that names its module', async () => {
    await mkdir(at('laws'), { recursive: true });
    await put('laws/hopper.mjs', hopper);
    const own = { model: { module: './hopper.mjs', export: 'hopper' }, parameters: { size: 3 } };
    const specification = { count: 6, seed: 1, dim: 1, length: 5, drift: { velocity: [0] } };
    const classes = [own, { model: 'fbm', parameters: { alpha: 0.5 } }];
    await put('laws/own.json', JSON.stringify({ ...specification, classes }));
    const said = await diffusion('dataset --spec laws/own.json --output hops --json', folder);
    expect(jsonOf(said)).toMatchObject({ count: 6, classes: ['hopper', 'fbm'] });
    const [head, ...rows] = await lines('hops/labels.csv');
    expect(head).toBe('track,label,alpha,size,D,drift_x');
    expect(rows.filter((row) => /,hopper,,3,,0$/.test(row))).toHaveLength(3);
  });

  it.each([
    ['./none.mjs', 'is "./none.mjs": expected a module that can be imported'],
    ['hopper', 'is "hopper": expected an address, or a path that begins with'],
  ])('is refused from %s, which is none', async (module, message) => {
    const specification = {
      count: 6,
      seed: 1,
      dim: 1,
      length: 5,
      classes: [{ model: { module } }],
    };
    await put('laws/wrong.json', JSON.stringify(specification));
    const said = await diffusion('dataset --spec laws/wrong.json --output no', folder);
    expect(said.code).toBe(2);
    expect(said.err).toMatch(/^diffusion: laws\/wrong.json: classes\[0\].model.module .*\n$/);
    expect(said.err).toContain(message);
  });
});

describe('features', () => {
  it('writes a row per track, with the chosen columns in their order', async () => {
    await put('f.csv', 'track,frame,x,y\nb,0,0,0\nb,1,3,4\na,0,1,1\n');
    const said = await diffusion(
      'features f.csv --features netDisplacement,alpha --output f.out.csv --json',
      folder,
    );
    expect(jsonOf(said)).toMatchObject({ tracks: 2, features: ['netDisplacement', 'alpha'] });
    expect(await lines('f.out.csv')).toEqual(['track,netDisplacement,alpha', 'b,5,', 'a,,']);
    expect(await diffusion('features f.csv --output all.csv', folder)).toMatchObject({
      code: 0,
      out: '',
    });
    const [head] = await lines('all.csv');
    for (const name of ['alpha', 'diffusionCoefficient', 'straightness']) {
      expect(head.split(',')).toContain(name);
    }
  });

  it('says which file a track is from where there are several', async () => {
    await put('g.csv', 'track,frame,x,y\nb,0,0,0\n');
    await diffusion('features f.csv g.csv --features numPoints --output two.csv', folder);
    expect(await lines('two.csv')).toEqual([
      'file,track,numPoints',
      'f.csv,b,2',
      'f.csv,a,1',
      'g.csv,b,1',
    ]);
  });
});

describe('models', () => {
  it('lists the architectures', async () => {
    const listed = jsonOf(await diffusion('models --json', folder)) as { name: string }[];
    const people = await diffusion('models', folder);
    expect(people).toMatchObject({ code: 0, err: '' });
    for (const { name } of listed) expect(people.out).toMatch(new RegExp(`^${name} `, 'm'));
    expect(listed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['xresnet', 'resnet', 'wadnet', 'cnn', 'forest', 'max-test']),
    );
    expect(listed).toContainEqual({
      name: 'exponent-rule',
      kind: 'rule',
      paper: expect.stringContaining('Weron'),
    });
  });

  it('describes classifiers and rules with what they have', async () => {
    expect(jsonOf(await diffusion('models describe forest --json', folder))).toMatchObject({
      name: 'forest',
      kind: 'classifier',
      madeBy: 'fitClassical',
      options: { trees: 100 },
    });
    const people = await diffusion('models describe exponent-rule', folder);
    expect(people).toMatchObject({ code: 0, err: '' });
    expect(people.out).toMatch(/^answers +classes and exponent$/m);
    expect(people.out).toMatch(/^ {2}margin +0\.1$/m);
  });

  it('describes one', async () => {
    // The paper's 1D XResNet of depth 3 with 32 filters, from one channel to four classes.
    expect(jsonOf(await diffusion('models describe xresnet --json', folder))).toMatchObject({
      name: 'xresnet',
      parameters: 399556,
      options: {
        dimension: 1,
        depth: 3,
        kernelSize: 5,
        filters: 32,
        channels: 1,
        features: 0,
        classes: 4,
      },
      inputShape: [null, 1],
      outputShape: [4],
    });
    expect(
      jsonOf(
        await diffusion('models --json describe cnn --set layers=123 --set length=100', folder),
      ),
    ).toMatchObject({ options: { layers: '123', length: 100 } });
    expect((await diffusion('models describe wadnet --set dim=2', folder)).out).toContain(
      'parameters',
    );
  });
});

describe('evaluate', () => {
  it('gives every metric of classes', async () => {
    await put(
      'p.csv',
      'track,label,p_A,p_B,reason\n1,A,0.9,0.1,\n2,B,0.2,0.8,\n3,A,0.6,0.4,\n4,,,,too short: 3 points\n',
    );
    await put('r.csv', 'track,label\n4,B\n3,B\n2,B\n1,A\n');
    const said = await diffusion(
      'evaluate --predictions p.csv --reference r.csv --json --report r.html',
      folder,
    );
    expect(jsonOf(said)).toMatchObject({
      accuracy: 2 / 3,
      balancedAccuracy: 0.75,
      mcc: expect.any(Number),
      kappa: expect.any(Number),
      logLoss: -(Math.log(0.9) + Math.log(0.8) + Math.log(0.4)) / 3,
      f1: { micro: 2 / 3, macro: expect.any(Number), weighted: expect.any(Number) },
      perClass: [{ label: 'A' }, { label: 'B' }],
      confusion: [
        [1, 0],
        [1, 1],
      ],
      unjudged: 1,
    });
    expect(await readFile(at('r.html'), 'utf8')).toMatch(/^<!doctype html>[\s\S]*<\/html>\s*$/);
    const people = await diffusion('evaluate --predictions p.csv --reference r.csv', folder);
    expect(people.out).toContain('accuracy 66.7 %');
    expect(people.out).toContain('3 of 4 tracks');
  });

  it('gives every metric of exponents, against a reference of AnDi, gzipped or not', async () => {
    await put('pa.csv', 'track,alpha,reason\n0,0.5,\n1,1.25,\n');
    await put('ref1.txt', '1.0;0.5\n1.0;1.0\n');
    await put('ref1.txt.gz', gzipSync('1.0;0.5\n1.0;1.0\n'));
    for (const reference of ['ref1.txt', 'ref1.txt.gz']) {
      const said = await diffusion(
        `evaluate --predictions pa.csv --reference ${reference} --json`,
        folder,
      );
      expect(jsonOf(said)).toMatchObject({ mae: 0.125, rmse: Math.sqrt(0.0625 / 2), bias: 0.125 });
    }
  });

  it.each([
    ['1,A,0.9,0.1,\n2,B,0.2,0.8,\n', 'track 4 has no row in bad.csv'],
    [
      '1,A,0.9,0.1,\n2,B,0.2,0.8,\n3,A,1,0,\n4,A,1,0,\n5,A,1,0,\n',
      'line 6: track 5 is not in r.csv',
    ],
    ['1,A,0.9,0.1,\n1,B,0.2,0.8,\n3,A,1,0,\n4,A,1,0,\n', 'line 3: track 1 is there already'],
    ['1,C,0.9,0.1,\n', 'line 2, column label: is "C": expected one of "A", "B"'],
    ['1,A,9,0.1,\n', 'line 2, column p_A: is 9: expected a probability'],
    ['1,A\n', 'line 2: the row has 2 fields'],
  ])('refuses rows %j', async (rows, message) => {
    await put('bad.csv', `track,label,p_A,p_B,reason\n${rows}`);
    const { code, out, err } = await diffusion(
      'evaluate --predictions bad.csv --reference r.csv --json',
      folder,
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(message);
    expect(err.trimEnd()).not.toContain('\n');
  });
});
