import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeImage } from '@diffusion/tracks/images';
import {
  diffusion,
  expectOneLine,
  jsonOf,
  newFolder,
  removeFolder,
  runAll,
} from '../command.fixture.ts';

let folder: string;
const at = (...names: string[]) => join(folder, ...names);
const small = '--recipe small.json';

beforeAll(async () => {
  folder = await newFolder();
  const { recipe } = JSON.parse(
    `{"recipe":${(await diffusion('recipes lipnet-2 --json', folder)).out}}`,
  );
  await writeFile(
    at('small.json'),
    JSON.stringify({
      ...recipe,
      frame: { view: 'mask', size: 16 },
      network: { name: 'lipnet', options: { variant: '2', filters: 4, units: 8 } },
      epochs: 2,
      augmentation: { flip: true },
      stopping: { patience: 1 },
    }),
  );
  await writeFile(
    at('even.json'),
    JSON.stringify({
      preset: 'liposomes',
      problem: 'encapsulation',
      shares: { full: 3, uncertain: 1, empty: 2 },
      ambiguity: 0.2,
    }),
  );
  const sets = await runAll(
    [
      'dataset --spec even.json --size 24 --count 60 --seed 1 --output set --json',
      'dataset --spec even.json --size 24 --count 18 --seed 2 --output other',
    ],
    folder,
  );
  expect(jsonOf(sets[0])).toMatchObject({ count: 60, classes: ['full', 'uncertain', 'empty'] });
  jsonOf(
    await diffusion(`train ${small} --data set --output model --report r.html --json`, folder),
  );
});
afterAll(() => removeFolder(folder));

describe('images', () => {
  it('writes a data set that says all of each image, the same for a seed and a beginning of it', async () => {
    const rows = (await readFile(at('set', 'labels.csv'), 'utf8')).trimEnd().split('\n');
    expect(rows[0]).toBe('image,label,mask,radius,membranes,filling');
    expect(rows).toHaveLength(61);
    const [image, label, mask] = rows[1].split(',');
    expect(image).toBe(`${label}/00.png`);
    const [picture] = decodeImage(await readFile(at('set', image)), image);
    const [marked] = decodeImage(await readFile(at('set', mask)), mask);
    expect([picture.width, marked.width]).toEqual([24, 24]);
    expect([...new Set(marked.pixels)].sort()).toEqual([0, 1]);
    expect((await readdir(at('set'))).sort()).toEqual([
      'empty',
      'full',
      'labels.csv',
      'masks',
      'uncertain',
    ]);
    const again = await diffusion(
      'dataset --spec even.json --size 24 --count 60 --seed 1 --output again',
      folder,
    );
    expect(again.code).toBe(0);
    expect(await readFile(at('again', image))).toEqual(await readFile(at('set', image)));
    // Nothing is left beside it.
    expect((await readdir(folder)).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('judges a folder and a file by a model that a training wrote, and compares with either kind of truth', async () => {
    const predicted = await diffusion('predict other --model model --output p.csv --json', folder);
    expect(jsonOf(predicted)).toMatchObject({ images: 18, judged: 18 });
    const [head, first] = (await readFile(at('p.csv'), 'utf8')).split('\n');
    expect(head).toBe('image,label,p_empty,p_full,p_uncertain,reason');
    const name = first.split(',')[0];
    const [byTable, byFolder, one] = await runAll(
      [
        'evaluate --predictions p.csv --reference other/labels.csv --json',
        'evaluate --predictions p.csv --reference other --report e.html --json',
        `predict other/${name} --model model --output one.csv`,
      ],
      folder,
    );
    const scores = jsonOf(byTable) as Record<string, unknown>;
    expect(scores).toMatchObject({ images: 18, classes: ['empty', 'full', 'uncertain'] });
    expect(jsonOf(byFolder)).toEqual(scores);
    expect(one.code).toBe(0);
    const alone = (await readFile(at('one.csv'), 'utf8')).split('\n')[1];
    expect(alone.split(',').slice(1)).toEqual(first.split(',').slice(1));
    const page = await readFile(at('e.html'), 'utf8');
    expect(page).toMatch(/What was mistaken/);
    expect(page).not.toMatch(/\btracks?\b/);
  });

  it('gives the same bits again, from the card of the model, too; the report shows images', async () => {
    const again = await diffusion('train --recipe model --output twin --json', folder);
    expect(jsonOf(again)).toMatchObject({ recipe: { data: { folder: 'set' } } });
    expect(await readFile(at('twin', 'weights.bin'))).toEqual(
      await readFile(at('model', 'weights.bin')),
    );
    const page = await readFile(at('r.html'), 'utf8');
    expect(page.match(/data:image\/png;base64,/g)!.length).toBeGreaterThan(20);
    expect(page).not.toMatch(/\btracks?\b/);
    const card = JSON.parse(await readFile(at('model', 'card.json'), 'utf8'));
    expect(card).toMatchObject({ format: 'diffusion-model', frame: { view: 'mask', size: 16 } });
    expect(Object.keys(card.metrics)).toContain('accuracy');
  });

  it('trains on folds after it has found the number of epochs, and joins them', async () => {
    const trained = await diffusion(
      `train ${small} --data set --folds 2 --output folds --log log.csv --report f.html --json`,
      folder,
    );
    const { folds } = jsonOf(trained) as { folds: Record<string, unknown> };
    expect(folds).toMatchObject({
      count: 2,
      chosen: false,
      classes: ['empty', 'full', 'uncertain'],
    });
    expect(folds.perClass).toHaveLength(3);
    const epochs = folds.epochs as number;
    const rows = (await readFile(at('log.csv'), 'utf8')).trimEnd().split('\n').slice(1);
    for (const fold of [1, 2]) {
      expect(rows.filter((row) => row.startsWith(`${fold},`))).toHaveLength(epochs);
    }
    const predicted = await diffusion('predict other --model folds --output pf.csv --json', folder);
    expect(jsonOf(predicted)).toMatchObject({ images: 18 });
    expect(await readFile(at('f.html'), 'utf8')).toMatch(/Cross-validation with 2 folds/);
  });

  it('draws what the recipe says, shows the whole image where it is told to, and takes a variant', async () => {
    const results = await runAll(
      [
        `train ${small} --count 40 --change data.liposomes.shares={"unilamellar":1,"multilamellar":1} --output drawn --json`,
        `train ${small} --data set --view surroundings --change optimizer.name=sgd --balance class-weights --output whole --json`,
        'train --model lipnet --set variant=1 --set filters=2 --set units=4 --data set --epochs 1 --balance undersample --augmentation none --output lipnet --json',
      ],
      folder,
    );
    const [drawn, whole, lipnet] = results.map((each) => jsonOf(each) as { recipe: object });
    expect(drawn.recipe).toMatchObject({ data: { count: 40 } });
    expect(whole.recipe).toMatchObject({
      frame: { view: 'surroundings', size: 16 },
      optimizer: { name: 'sgd' },
      balance: { kind: 'class-weights' },
    });
    expect(lipnet.recipe).toMatchObject({
      frame: { size: 28 },
      network: { options: { variant: '1' } },
      balance: { kind: 'undersample' },
    });
    expect(lipnet.recipe).not.toHaveProperty('augmentation');
  });

  it('lists its recipes among the others', async () => {
    const all = jsonOf(await diffusion('recipes --json', folder)) as { name: string }[];
    expect(all.map(({ name }) => name)).toContain('lipnet-6');
    expect((await diffusion('recipes lipnet-6', folder)).out).toMatch(/strided|stride/);
  });

  it('says in one line what is wrong', async () => {
    await mkdir(at('bad', 'uni'), { recursive: true });
    await writeFile(at('bad', 'uni', 'a.png'), 'no image');
    await mkdir(at('bare'));
    await symlink(at('set', 'full'), at('bare', 'full'));
    await symlink(at('set', 'empty'), at('bare', 'empty'));
    const train = `train ${small} --output out`;
    const cases: [string, string][] = [
      ['dataset --preset liposomes --count 3 --output x', "option '--seed <s>' is missing"],
      [
        'dataset --preset liposomes --seed 1 --output set',
        'set: is not empty: expected a new folder',
      ],
      ['dataset --preset liposomes --dim 2 --seed 1 --output x', "option '--dim' is for tracks"],
      [`${train} --data bad`, 'a.png: is no image: expected PNG or TIFF'],
      [
        `${train} --data bare`,
        "has no mask: expected one for the view 'mask', or the view 'surroundings'",
      ],
      [
        'explain set --model model --report e.html',
        'model: judges images: expected a model that judges tracks',
      ],
      [`${train} --data set/full`, 'set/full: its images have no labels: expected'],
      [
        `${train} --data set --folds 11`,
        "folds is 11: expected at most 10, the number of images with label 'uncertain'",
      ],
      [
        `${train} --data set --encoder motion`,
        "option '--encoder' is for tracks: this training is on images",
      ],
      [
        `${train} --data set --folds 2 --group grid`,
        "group is 'grid': expected a column of the images",
      ],
      [
        `${train} --data set --epochs 3 --change epochs=4`,
        "option '--change' is for epochs, which '--epochs' says",
      ],
      [`train ${small} --data set --output set`, 'set: has the tracks that are learnt from'],
      [
        'train --model lipnet --data set --set variant=5 --output out',
        "option '--set' is variant=5: expected one of 1, 2, 4, 4c, 6",
      ],
      [
        'train --model xresnet --preset liposomes --output out',
        "option '--preset' is liposomes, which has images",
      ],
      [
        'predict set --model model --dt 1 --output q.csv',
        "option '--dt' is for tracks: the model judges images",
      ],
      ['predict set --model model --output set/labels.csv', 'set/labels.csv: is an input, too'],
      [
        'segment set --model model --output q.csv',
        'model: judges images: expected a model that judges tracks',
      ],
    ];
    const results = await runAll(
      cases.map(([args]) => args),
      folder,
    );
    for (const [i, [args, message]] of cases.entries()) {
      try {
        expectOneLine(results[i], message);
      } catch (error) {
        throw new Error(`${args}: ${(error as Error).message}`);
      }
    }
    await rm(at('bad'), { recursive: true });
  });
});
