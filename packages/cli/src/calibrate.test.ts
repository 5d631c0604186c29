import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pretrainedModels } from '@diffusion/weights';
import {
  diffusion,
  type Ended,
  expectOneLine,
  filesIn,
  jsonOf,
  newFolder,
  removeFolder,
  runAll,
} from './command.fixture.ts';

let folder: string;
const at = (name: string) => join(folder, name);
const text = (name: string) => readFile(at(name), 'utf8');
const card = async (name: string) => JSON.parse(await text(join(name, 'card.json')));

beforeAll(async () => {
  folder = await newFolder();
  await writeFile(at('set.json'), '{"preset":"motion","dim":2,"length":30}');
  await runAll(
    [
      'train --model forest --set trees=10 --preset motion --dim 2 --change data.dataSets[0].length=30 --change data.test=0 --count 300 --output forest',
      'dataset --spec set.json --count 300 --seed 7 --output set',
    ],
    folder,
  );
  await cp(at('forest'), at('other'), { recursive: true });
  await cp(at('forest'), at('labelled'), { recursive: true });
});
afterAll(() => removeFolder(folder));

const done = ({ code, err }: Ended) => expect([code, err]).toEqual([0, '']);

describe('calibrate', () => {
  it('writes into the card of a model, and nothing else', async () => {
    const [before, files] = [await card('forest'), await filesIn(at('forest'))];
    const trees = await text('forest/classifier.json');
    const said = await diffusion('calibrate --model forest --count 400 --workers 0 --json', folder);
    const { calibration, ...after } = await card('forest');
    expect(after).toEqual(before);
    expect(await filesIn(at('forest'))).toEqual(files);
    expect(await text('forest/classifier.json')).toBe(trees);
    expect(jsonOf(said)).toEqual({ output: 'forest', calibration });
    // Tracks of the recipe, its seed, those that it has not seen.
    expect(calibration).toMatchObject({
      data: { dataSets: [{ preset: 'motion', length: 30 }], seed: 1, prior: { name: 'motion' } },
      sets: { coverage: 0.9 },
    });
    // From the model itself each time, and for any number of workers.
    done(await diffusion('calibrate --model forest --count 400 --workers 2', folder));
    expect((await card('forest')).calibration).toEqual(calibration);
  });

  it('takes other simulated tracks, and labelled ones', async () => {
    const [other, labelled, few] = await runAll(
      [
        'calibrate --model other --spec set.json --count 200 --seed 5 --coverage 0.8 --workers 0',
        'calibrate --model labelled --data set --workers 0',
        'calibrate --model labelled --preset motion --count 150 --workers 0',
      ],
      folder,
    );
    done(other);
    expect(other.out).toMatch(
      /^calibrated to \d+ tracks(; \d+ more were not judged)?\npoints +temperature\n/,
    );
    expect(other.out).toContain('sets that hold the class of 80 %, in 1 bin of length\n');
    expect((await card('other')).calibration.data).toMatchObject({ seed: 5 });
    done(labelled);
    // Those of 30 points alone are judged: the rest of the prior is too short or too long.
    expectOneLine(few, 'expected at least 100');
    expect((await card('labelled')).calibration.data).toEqual({ folder: 'set' });
  });

  it('refuses tracks of another dimension or of unknown classes at once, and a name without a folder', async () => {
    await mkdir(at('own'));
    await writeFile(at('own/card.json'), '{}');
    const [flat, andi, foreign] = await runAll(
      [
        'calibrate --model other --preset motion --dim 3',
        'calibrate --model other --preset andi2020',
        'calibrate --model other --output own',
      ],
      folder,
    );
    expectOneLine(flat, "option '--dim' is 3: expected 2, as the model has seen");
    expectOneLine(andi, "option '--preset' has the class 'ATTM': expected some of immobile");
    expectOneLine(foreign, 'own/card.json: is not the card of a model');
    for (const { name } of pretrainedModels) {
      expectOneLine(
        await diffusion(`calibrate --model ${name}`, folder),
        `option '--output <folder>' is missing: ${name} comes with this command`,
      );
    }
  });

  it('writes an exported model as it was, with its licence and in half precision', async () => {
    const network =
      'train --model multiscale --set widths=8,12 --set units=16 --epochs 1 --count 64 --batch-size 32 --preset motion --dim 2 --change data.dataSets[0].length=30 --change data.test=0 --change data.validation=20 --output network';
    done(await diffusion(network, folder));
    const options = '--format safetensors --half --license mit';
    done(await diffusion(`export --model network ${options} --output cells`, folder));
    const weights = await readFile(at('cells/model.safetensors'));
    const calibrated = 'calibrate --model cells --count 400 --workers 0';
    done(await diffusion(`${calibrated} --output again`, folder));
    expect(await text('cells/config.json')).not.toContain('calibration');
    done(await diffusion(calibrated, folder));
    for (const name of ['cells', 'again']) {
      expect(await filesIn(at(name))).toEqual(['README.md', 'config.json', 'model.safetensors']);
      expect(await readFile(at(`${name}/model.safetensors`))).toEqual(weights);
      const readme = await text(`${name}/README.md`);
      expect(readme).toMatch(/^---\nlicense: "mit"\n/);
      expect(readme).toContain('\n# cells\n');
      expect(readme).toContain('## Calibration');
    }
    expectOneLine(
      await diffusion('calibrate --model other --output cells', folder),
      'cells/config.json: is of a model in another layout',
    );
  });

  it('gives predictions with sets, which are told and evaluated', async () => {
    done(await diffusion('calibrate --model other --count 400 --workers 0', folder));
    done(
      await diffusion(
        'simulate --model brownian --count 60 --length 30 --seed 3 --q 1 --output own.csv',
        folder,
      ),
    );
    const shown = await diffusion('predict own.csv --model other --output p.csv', folder);
    done(shown);
    expect(shown.out).toMatch(/^60 tracks, 60 judged, 0 not\n/);
    expect(shown.out).toMatch(/\n {2}undecided +\d+ +\d+\.\d %\n {4}\w+ or \w+/);
    const [head, ...rows] = (await text('p.csv')).trimEnd().split('\n');
    expect(head).toBe(
      'track,label,p_immobile,p_confined,p_brownian,p_directed,p_subdiffusive,p_other,set,reason',
    );
    for (const row of rows) {
      const cells = row.split(',');
      expect(cells[1]).toBe(cells[8].includes('|') ? '' : cells[8]);
    }
    const json = await diffusion('predict own.csv --model other --output q.csv --json', folder);
    expect(jsonOf(json)).toMatchObject({ tracks: 60, judged: 60, sets: expect.any(Object) });
    const truth = rows.map((row) => `${row.split(',')[0]},brownian\n`).join('');
    await writeFile(at('truth.csv'), `track,label\n${truth}`);
    const [lines, all] = await runAll(
      [
        'evaluate --predictions p.csv --reference truth.csv --report r.html',
        'evaluate --predictions p.csv --reference truth.csv --json',
      ],
      folder,
    );
    done(lines);
    expect(lines.out).toMatch(
      /\nundecided \d+ of 60 tracks {2}sets hold the class of \d+\.\d % {2}classes per set \d\.\d\d {2}most probable class right/,
    );
    expect(jsonOf(all)).toMatchObject({ unjudged: 0, sets: { count: 60 } });
    expect(await text('r.html')).toContain('are undecided');
  });

  it('comes at the end of a training whose recipe asks for it', async () => {
    const trained = await diffusion(
      'train --recipe forest --change calibration.tracks=200 --change data.test=100 --output end',
      folder,
    );
    done(trained);
    expect(trained.out).toContain('sets hold the class of');
    const { calibration, metrics, recipe } = await card('end');
    expect(recipe.calibration).toEqual({ tracks: 200 });
    expect(calibration.tracks).toBeGreaterThan(150);
    expect(metrics).toMatchObject({
      bestAccuracy: expect.any(Number),
      setCoverage: expect.any(Number),
      withOneClass: expect.any(Number),
    });
  });

  it('that fails at the end of a training is no loss of the model', async () => {
    const trained = await diffusion(
      'train --model forest --set trees=5 --preset motion --dim 2 --count 3 --change calibration.tracks=200 --change data.test=8 --output few',
      folder,
    );
    expect(trained.code).toBe(0);
    expect(trained.err).toMatch(
      /^few: the model is saved without the calibration of its recipe: there are \d+ tracks that the model judges: expected at least 100; `diffusion calibrate --model few --count N` takes more tracks\n$/,
    );
    expect(await card('few')).not.toHaveProperty('calibration');
  });

  it('is left out, and said to be, where measured tracks are learnt from', async () => {
    const measured = await diffusion('train --recipe end --data set --output measured', folder);
    expect(measured).toMatchObject({
      code: 0,
      err: "the calibration of the recipe is left out: it is for one model of simulated tracks, and not with '--data'\n",
    });
    expect((await card('measured')).recipe).not.toHaveProperty('calibration');
    // What is asked for beside it is refused as before.
    const asked = '--data set --change calibration.tracks=300 --output asked';
    expectOneLine(
      await diffusion(`train --recipe end ${asked}`, folder),
      'calibration is an object: expected data with dataSets',
    );
  });
});
