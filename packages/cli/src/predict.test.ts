import { cp, mkdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ruleModel } from '@diffusion/models/classical';
import { saveModel } from '@diffusion/models/node';
import { referencePath } from '../../../fixtures/reference.ts';
import {
  diffusion,
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
  runAll,
  start,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const table = async (name: string) => {
  const [head, ...rows] = (await readFile(at(name), 'utf8')).trimEnd().split('\n');
  // A reason with a comma is quoted, and the last cell.
  const cells = (row: string) => row.split(/,(?![^"]*"$)/).map((cell) => cell.replaceAll('"', ''));
  return { head, rows: rows.map(cells) };
};

beforeAll(async () => {
  folder = await newFolder();
  await mkdir(at('out'));
  const trained = await diffusion(
    'train --model xresnet --set depth=1 --set filters=8 --preset gajowczyk2021 --count 256 --epochs 1 --output model --json',
    folder,
  );
  expect(jsonOf(trained)).toMatchObject({ output: 'model', history: [{ epoch: 1 }] });
});
afterAll(() => removeFolder(folder));

describe('predict', () => {
  it('takes a rule or the exact classifier by its name, unless there is a folder of that name', async () => {
    await diffusion(
      'simulate --model directed --count 20 --length 100 --seed 1 --R 20 --output d.csv',
      folder,
    );
    const [rule, strict, exact] = await runAll(
      [
        'predict d.csv --model max-test --output out/rule.csv --json',
        'predict d.csv --model max-test --set level=0.01 --output out/strict.csv --json',
        'predict d.csv --model likelihood --set models=brownian,directed --output out/exact.csv --json',
      ],
      folder,
    );
    expect(jsonOf(rule)).toMatchObject({ classes: { superdiffusion: expect.any(Number) } });
    expect((await table('out/rule.csv')).head).toBe(
      'track,label,p_subdiffusion,p_free,p_superdiffusion,reason',
    );
    const free = (said: typeof rule) =>
      (jsonOf(said) as { classes: { free: number } }).classes.free;
    expect(free(strict)).toBeGreaterThanOrEqual(free(rule));
    expect(jsonOf(exact)).toMatchObject({ classes: { directed: expect.any(Number) } });
    expect((await table('out/exact.csv')).head).toBe('track,label,p_brownian,p_directed,reason');
    // What is not written is said, the same.
    const said = jsonOf(await diffusion('predict d.csv --model max-test --json', folder));
    const { head, rows } = await table('out/rule.csv');
    expect((said as { rows: object[] }).rows).toEqual(
      rows.map((cells) =>
        Object.fromEntries(
          head.split(',').map((name, k) => {
            const cell = cells[k];
            if (name.startsWith('p_')) return [name, cell === '' ? null : Number(cell)];
            return [name, cell === '' && name !== 'label' ? null : cell];
          }),
        ),
      ),
    );
    const shown = await diffusion('predict d.csv --model max-test', folder);
    expect(shown.out).toMatch(/^0 +(sub|super)?(diffusion|free) +[01]\.\d\d/m);
    await saveModel(at('exponent-rule'), ruleModel({ kind: 'max-test', dim: 2 }));
    const folderFirst = 'predict d.csv --model exponent-rule --output out/folder.csv --json';
    expect(jsonOf(await diffusion(folderFirst, folder))).not.toHaveProperty('medianAlpha');
    await rm(at('exponent-rule'), { recursive: true });
  });

  it('writes a row per track, with the label and its probabilities, or the reason', async () => {
    await diffusion(
      'simulate --model brownian --count 30 --length 3:700 --seed 1 --output a.csv',
      folder,
    );
    const said = jsonOf(
      await diffusion('predict a.csv --model model --output out/p.csv --json', folder),
    ) as {
      judged: number;
      notJudged: Record<string, number>;
    };
    const { head, rows } = await table('out/p.csv');
    expect(head).toBe('track,label,p_ND,p_DM,p_CD,p_FBM,reason');
    expect(rows.map(([track]) => track)).toEqual(Array.from({ length: 30 }, (_, i) => String(i)));
    for (const [, label, ...more] of rows) {
      const reason = more.pop();
      const probabilities = more.map(Number);
      if (label === '') {
        expect(reason).not.toBe('');
        expect(more).toEqual(['', '', '', '']);
        continue;
      }
      expect(reason).toBe('');
      expect(probabilities.reduce((a, b) => a + b)).toBeCloseTo(1, 4);
      expect(['ND', 'DM', 'CD', 'FBM'][probabilities.indexOf(Math.max(...probabilities))]).toBe(
        label,
      );
    }
    const judged = rows.filter(([, label]) => label !== '').length;
    expect(said).toMatchObject({ tracks: 30, judged });
    expect(judged).toBeGreaterThan(0);
    expect(Object.keys(said.notJudged)).toContain('too long');
  });

  it('gives the same answers for any number of workers', async () => {
    await diffusion('dataset --preset gajowczyk2021 --count 300 --seed 8 --output many', folder);
    const predict = (workers: number) =>
      `predict many/tracks.csv --model model --workers ${workers} --output out/w${workers}.csv --json`;
    const [none, two] = await runAll([predict(0), predict(2)], folder);
    expect(jsonOf(two)).toEqual({ ...(jsonOf(none) as object), output: 'out/w2.csv' });
    const rows = await readFile(at('out/w0.csv'));
    expect((await readFile(at('out/w2.csv'))).equals(rows)).toBe(true);
  });

  it('ends with 3 and one line when a worker dies, and leaves no file', async () => {
    await diffusion('dataset --preset gajowczyk2021 --count 300 --seed 8 --output dying', folder);
    const program =
      'import { isMainThread } from "node:worker_threads"; if (!isMainThread) process.exit(5)';
    const { ended } = start(
      'diffusion',
      'predict dying/tracks.csv --model model --workers 2 --output out/none.csv'.split(' '),
      folder,
      {},
      ['--import', `data:text/javascript,${encodeURIComponent(program)}`],
    );
    const { code, out, err } = await ended;
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toMatch(
      /^diffusion: worker [12] of 2 did not start: exit code 5; its URL is file:.*models-worker\.js: expected .*\n$/,
    );
    expect(await filesIn(at('out'))).not.toContain('none.csv');
  });

  it('judges ten points, and says what is too short', async () => {
    const shares = async (length: number) => {
      const name = `length${length}.csv`;
      await diffusion(
        `simulate --model brownian --count 20 --length ${length} --seed 2 --output ${name}`,
        folder,
      );
      return jsonOf(
        await diffusion(`predict ${name} --model model --output out/l.csv --json`, folder),
      ) as { judged: number; notJudged: Record<string, number> };
    };
    expect(await shares(6)).toMatchObject({ judged: 0, notJudged: { 'too short': 20 } });
    // Of no track there is no median.
    await diffusion(
      'simulate --model brownian --count 20 --length 4 --seed 2 --output length4.csv',
      folder,
    );
    const { out } = await diffusion('predict length4.csv', folder);
    expect(out).toMatch(/20 tracks, 0 judged, 20 not\n +immobile/);
    const { judged, notJudged } = await shares(10);
    expect(judged).toBeGreaterThan(0);
    expect(Object.keys(notJudged)).not.toContain('too short');
  });

  it('names the dimension where the model has seen another', async () => {
    for (const dim of [1, 3]) {
      await diffusion(
        `simulate --model brownian --count 2 --length 50 --dim ${dim} --seed 1 --output d.csv`,
        folder,
      );
      const said = await diffusion('predict d.csv --model model --output out/d.csv', folder);
      expect(said).toMatchObject({
        code: 0,
        err: `none of the 2 tracks can be judged: they are ${dim}D, and the model has seen 2D tracks\n`,
      });
      const { rows } = await table('out/d.csv');
      expect(rows.map((row) => row.at(-1))).toEqual(
        Array(2).fill(`${dim}D track: the model has seen 2D tracks`),
      );
    }
  });

  it('says that a stuck particle is immobile within the noise', async () => {
    await diffusion(
      'simulate --model immobile --noise 0.02 --count 40 --length 100 --seed 1 --output still.csv',
      folder,
    );
    await diffusion('predict still.csv --model model --output out/still.csv', folder);
    const { rows } = await table('out/still.csv');
    const reasons = rows.filter((row) => row.at(-1) === 'immobile within the noise');
    // One still track in a hundred is taken for a moving one: more than 5 of 40 are in one run of 10⁵.
    expect(reasons.length).toBeGreaterThanOrEqual(35);
  });

  it('has the file first where there are several, and a header alone where there is no track', async () => {
    await diffusion('predict a.csv still.csv --model model --output out/two.csv', folder);
    const { head, rows } = await table('out/two.csv');
    expect(head).toBe('file,track,label,p_ND,p_DM,p_CD,p_FBM,reason');
    expect(rows.map(([file]) => file)).toEqual([
      ...Array(30).fill('a.csv'),
      ...Array(40).fill('still.csv'),
    ]);
    const none = await diffusion(
      'predict a.csv --min-length 5000 --model model --output out/none.csv --json',
      folder,
    );
    expect(jsonOf(none)).toMatchObject({ tracks: 0, judged: 0 });
    expect((await table('out/none.csv')).rows).toEqual([]);
  });

  it('gives what evaluate reads', async () => {
    await diffusion('dataset --preset gajowczyk2021 --count 24 --seed 5 --output set', folder);
    await diffusion('predict set/tracks.csv --model model --output out/set.csv', folder);
    const metrics = jsonOf(
      await diffusion(
        'evaluate --predictions out/set.csv --reference set/labels.csv --json',
        folder,
      ),
    ) as { accuracy: number; perClass: { label: string }[] };
    expect(metrics.accuracy).toBeGreaterThanOrEqual(0);
    expect(metrics.perClass.map(({ label }) => label)).toEqual(['ND', 'DM', 'CD', 'FBM']);
  });
});

describe('a model that answers with a class and an exponent', () => {
  it('has both in its rows, in what is said of them and in the metrics', async () => {
    const rule = ruleModel({ kind: 'exponent-rule', margin: 0.2, dim: 2 });
    await saveModel(at('rule'), rule);
    await writeFile(
      at('kinds.json'),
      JSON.stringify({
        classes: [
          { model: 'fbm', label: 'subdiffusion', parameters: { alpha: [0.2, 0.5] } },
          { model: 'brownian', label: 'free' },
          { model: 'fbm', label: 'superdiffusion', parameters: { alpha: [1.5, 1.8] } },
        ],
        length: 200,
        dim: 2,
      }),
    );
    await diffusion('dataset --spec kinds.json --count 600 --seed 3 --output kinds', folder);
    const predict = 'predict kinds/tracks.csv --model rule --output out/kinds.csv';
    const said = jsonOf(await diffusion(`${predict} --json`, folder));
    expect(said).toMatchObject({
      judged: 600,
      classes: { subdiffusion: expect.any(Number) },
      medianAlpha: expect.any(Number),
    });
    const { head, rows } = await table('out/kinds.csv');
    expect(head).toBe('track,label,p_subdiffusion,p_free,p_superdiffusion,alpha,reason');
    expect(rows).toHaveLength(600);
    for (const [, label, , , , alpha] of rows) {
      const is = Number(alpha) < 0.8 ? 'sub' : Number(alpha) > 1.2 ? 'super' : '';
      expect(label).toBe(is === '' ? 'free' : `${is}diffusion`);
    }
    expect((await diffusion(predict, folder)).out).toMatch(/^median α \d\.\d\d$/m);

    const evaluate = 'evaluate --predictions out/kinds.csv --reference kinds/labels.csv';
    const metrics = jsonOf(await diffusion(`${evaluate} --json`, folder)) as Record<string, number>;
    expect(metrics).toMatchObject({ count: 600, exponentCount: 600 });
    expect(metrics.accuracy).toBeGreaterThan(0.8);
    expect(metrics.mae).toBeLessThan(0.25);
    const { out } = await diffusion(`${evaluate} --report out/kinds.html`, folder);
    expect(out).toMatch(/^accuracy .* on 600 of 600 tracks$/m);
    expect(out).toMatch(/^MAE .* on 600 of 600 tracks$/m);
    const report = await readFile(at('out/kinds.html'), 'utf8');
    expect(report).toContain('>Classes<');
    expect(report).toContain('>Exponents<');
  });
});

describe('a model that is none', () => {
  const broken: [name: string, spoil: (model: string) => Promise<void>, message: string][] = [
    ['no card', (model) => rm(join(model, 'card.json')), 'card.json: cannot be read'],
    ['no weights', (model) => rm(join(model, 'weights.bin')), 'weights.bin: cannot be read'],
    ['no network', (model) => rm(join(model, 'model.json')), 'model.json: cannot be read'],
    [
      'short weights',
      (model) => truncate(join(model, 'weights.bin'), 100),
      'weights.bin: 100 bytes',
    ],
    ['half a card', (model) => truncate(join(model, 'card.json'), 50), 'the JSON ends early'],
    [
      'another card',
      (model) => writeFile(join(model, 'card.json'), '{"name":"net"}'),
      'card.json: not a model card',
    ],
    [
      'another network',
      (model) => writeFile(join(model, 'model.json'), '{}'),
      'model.json: not a tfjs layers model',
    ],
  ];

  it.each(broken)('%s is named in one line, and nothing is written', async (_, spoil, message) => {
    await rm(at('broken'), { recursive: true, force: true });
    await cp(at('model'), at('broken'), { recursive: true });
    await spoil(at('broken'));
    await writeFile(at('one.csv'), 'track,frame,x,y\n1,0,1,2\n');
    const before = await filesIn(at('out'));
    expectOneLine(
      await diffusion('predict one.csv --model broken --output out/x.csv', folder),
      message,
    );
    expect(await filesIn(at('out'))).toEqual(before);
  });
});

describe('real files', () => {
  // Counts of SOURCES.md.
  const real: [file: string, tracks: number, options?: string][] = [
    ['saspt-u2os-halotag-nls/region_0_7ms_trajs.csv', 2387],
    ['saspt-u2os-halotag-nls/region_4_7ms_trajs.csv', 1997],
    ['saspt-u2os-halotag-nls/region_0_7ms_trajs.csv', 1927, '--frames 2000:'],
    ['saspt-u2os-halotag-nls/region_4_7ms_trajs.csv', 705, '--frames 2000:'],
    ['spt2025b-trackmate/U2OS_40_SC35-Cropped_spots_cell2.csv', 60],
    ['spt2025b-trackmate/U2OS_40_SC35-Cropped_spots_cell3.csv', 25],
    ['spt2025b-trackmate/U2OS_MS2-Frame8_spots.csv', 16],
    ['spt2025b-trackmate/U2OS_MS2-MS2_spots_F1C1.csv', 85],
    ['spt2025b-trackmate/C2C12_40nm_SC35-Aligned_Cropped_spots_cell14.csv', 28],
    ['spt2025b-trackmate/C2C12_40nm_SC35-Cropped_spots_cell13.csv', 2],
    ['trajr-animals/3527.csv', 1],
    ['trajr-animals/3534.csv', 1],
    ['trajr-animals/3543.csv', 1],
    ['trajr-animals/096xypts.csv', 1],
  ];

  for (const [file, tracks, options = ''] of real) {
    it(`${file} ${options}has ${tracks} tracks, each with a label or a reason`, async () => {
      const judged = await diffusion(
        `predict ${referencePath(`real/${file}.gz`)} ${options} --model model --output out/real.csv --json`,
        folder,
      );
      expect(jsonOf(judged)).toMatchObject({ tracks });
      const { rows } = await table('out/real.csv');
      expect(rows).toHaveLength(tracks);
      for (const row of rows) expect(row[1] === '').toBe(row.at(-1) !== '');
    });
  }

  it("AnDi's tracks of every task and dimension", async () => {
    const files = [1, 2].flatMap((task) => [1, 2, 3].map((dim) => ({ task, dim })));
    const read = await runAll(
      files.map(
        ({ task, dim }) => `inspect --json ${referencePath(`andi/task${task}_${dim}d.txt.gz`)}`,
      ),
      folder,
    );
    for (const [i, { dim }] of files.entries()) {
      expect(jsonOf(read[i])).toMatchObject({ tracks: 200, dim });
    }
  });
});
