import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Ended,
  expectOneLine,
  filesIn,
  newFolder,
  removeFolder,
  runAll,
} from './command.fixture.ts';

const brownian = 'simulate --model brownian --count 3 --length 5 --seed 1';
const learn = 'train --model xresnet --preset gajowczyk2021 --output out/model';

const data = 'train --model xresnet --data two --output out/model';

/** Arguments that cannot be carried out, and what is said of them. */
const wrong: [args: string, message: string | RegExp][] = [
  ['unknown', "unknown command 'unknown'"],
  ['inspect', "missing required argument 'file'"],
  ['inspect good.csv --colour', "unknown option '--colour'"],
  [
    'inspect good.csv --dt 0',
    "option '--dt <seconds>' argument '0' is invalid. Expected a positive number",
  ],
  ['inspect good.csv --dt soon', "option '--dt <seconds>' argument 'soon'"],
  ['inspect good.csv --dt', "option '--dt <seconds>' argument missing"],
  ['inspect good.csv --pixel-size -1', "option '--pixel-size <µm>' argument '-1'"],
  ['inspect good.csv --position-unit', "option '--position-unit <unit>' argument missing"],
  ['inspect good.csv --columns x', "option '--columns <map>' argument 'x'"],
  ['inspect good.csv --columns q=x', 'keys are track, frame, t, x, y, z'],
  ['inspect good.csv --columns x=x,y=x', 'Expected another column for each'],
  ['inspect good.csv --columns x=x,x=y', 'Expected x once'],
  ['inspect good.csv --min-length 0', "option '--min-length <n>' argument '0'"],
  ['inspect good.csv --min-length 1.5', "option '--min-length <n>' argument '1.5'"],
  ['inspect good.csv --frames 5', "option '--frames <from:to>' argument '5'"],
  ['inspect good.csv --frames 5:2', 'Expected FROM not above TO'],
  ['inspect good.csv --split-gaps -1', "option '--split-gaps <k>' argument '-1'"],
  ['inspect good.csv --duplicates last', 'Allowed choices are error, first, mean'],
  ['calibrate', "required option '--model <folder>' not specified"],
  ['calibrate --model none', 'none/card.json: cannot be read'],
  ['calibrate --model none --coverage 1', "option '--coverage' is 1: expected a share from 0.5"],
  ['calibrate --model none --count 5', "option '--count <n>' argument '5'"],
  ['calibrate --model none --data two --count 500', "option '--count' is for simulated tracks"],
  ['calibrate --model none --preset motion --data two', "cannot be used with option '--data"],
  ['shares', "missing required argument 'file'"],
  ['shares good.csv --group x --by-folder', "option '--group <column>' cannot be used with option"],
  ['shares good.csv --depth 0', "option '--depth <z>' argument '0'"],
  ['shares good.csv --simulated 5', "option '--simulated <n>' argument '5'"],
  ['shares good.csv --group none', 'there is no such column to keep'],
  [
    'simulate --count 3',
    "required options '--model <name>', '--length <l|min:max>', '--seed <s>', '--output <file>' not",
  ],
  [brownian, "required option '--output <file>' not specified"],
  [
    `${brownian} --output out/a.doc`,
    'out/a.doc: expected a name in .csv, .json, .npy, .txt or .xml',
  ],
  [`${brownian} --output none/a.csv`, 'none/a.csv: there is no folder none'],
  [`${brownian} --output folder.csv`, 'folder.csv: is a folder: expected a file'],
  [`${brownian} --output good.csv/a.csv`, 'good.csv/a.csv: there is no folder good.csv'],
  [
    `${brownian.replace('brownian', 'walk')} --output out/a.csv`,
    'model is "walk": expected one of immobile, brownian',
  ],
  [`${brownian} --output out/a.csv --count 0`, "option '--count <n>' argument '0'"],
  [`${brownian} --D 1 --D 2 --output out/a.csv`, "option '--D' is given twice"],
  [`${learn.replace('xresnet', 'forest')} --set trees=5 --set trees=6`, 'Expected trees once'],
  [`${learn.replace('xresnet', 'forest')} --count 1000000000`, 'tracks of 315 points in 2D take'],
  [`${brownian} --output out/a.csv --count 1e30`, "option '--count <n>' argument '1e30'"],
  [
    `${brownian.replace('--count 3', '--count 99999999999')} --output out/a.csv`,
    'count is 99999999999',
  ],
  [`${brownian} --output out/a.csv --length 5:2`, 'Expected LENGTH or MIN:MAX'],
  [`${brownian} --output out/a.csv --length 0`, "option '--length <l|min:max>' argument '0'"],
  [
    'simulate --model fbm --count 3 --length 5 --seed 1 --output out/a.csv',
    "option '--alpha' is missing: expected a number > 0 and < 2",
  ],
  [
    'simulate --model directed --count 3 --length 5 --seed 1 --output out/a.csv',
    "option '--speed' is missing: expected exactly one of speed and R",
  ],
  [
    'simulate --model fbm --H 0.3 --count 3 --length 5 --seed 1 --output out/a.csv',
    'H is 0.3: expected the exponent in its place, alpha = 2H, here alpha: 0.6',
  ],
  [`${brownian} --output out/a.csv --dim 4`, 'dim is 4: expected one of 1, 2, 3'],
  [`${brownian} --output out/a.csv --seed -1`, "option '--seed <s>' argument '-1'"],
  [`${brownian} --output out/a.csv --alpha 0.5`, 'alpha is 0.5'],
  [
    `${brownian} --output out/a.csv --snr 2 --q 1`,
    "option '--snr <s>' cannot be used with option '--q <q>'",
  ],
  [`${brownian} --output out/a.csv --q 0`, 'q is 0: expected a number > 0'],
  [`${brownian} --output out/a.csv --D fast`, "option '--D' is 'fast': expected a number"],
  [`${brownian} --output out/a.csv --speed 2`, 'speed is 2: expected a known name'],
  [`${brownian} --output out/a.csv more`, "argument 'more' is not an option"],
  ['dataset --output out', "option '--preset <name>' or '--spec <file.json>' is missing"],
  ['dataset --preset andi2020 --output out', "option '--count <n>' is missing"],
  ['dataset --preset andi2020 --count 5 --output out', "option '--seed <s>' is missing"],
  ['dataset --preset other --output out', 'Allowed choices are andi2020, gajowczyk2021, motion'],
  ['dataset --preset motion --count 5 --seed 1 --output out', 'dim is undefined: expected one of'],
  ['dataset --preset motion --task 1 --count 5 --seed 1 --output out', "option '--task' is for"],
  [
    'dataset --preset gajowczyk2021 --dim 2 --count 5 --seed 1 --output out',
    "option '--dim' is for the presets andi2020 and motion",
  ],
  ['dataset --preset andi2020 --task 4 --dim 1 --count 5 --seed 1 --output out', 'task is 4'],
  [
    'dataset --preset gajowczyk2021 --task 1 --count 5 --seed 1 --output out',
    "option '--task' is for the preset andi2020",
  ],
  [
    'dataset --preset andi2020 --task 1 --dim 1 --count 5 --seed 1 --output good.csv',
    'good.csv: is a file: expected a folder',
  ],
  ['dataset --spec none.json --output out', 'none.json: there is no such file'],
  ['dataset --spec half.json --output out', 'half.json, line 1: the JSON ends early'],
  ['dataset --spec list.json --output out', 'list.json: expected an object'],
  [
    'dataset --spec field.json --output out',
    'field.json: classes[0].modle is "brownian": expected a known name; the nearest is model',
  ],
  ['features good.csv', "required option '--output <file>' not specified"],
  [
    'features good.csv --features speed --output out/a.csv',
    "option '--features': 'speed' is not a feature; there are",
  ],
  ['features good.csv --features , --output out/a.csv', "option '--features <names>' argument ','"],
  ['estimate good.csv --exposure 2', "option '--exposure <fraction>' argument '2'"],
  ['estimate good.csv --sigma -1', "option '--sigma <σ>' argument '-1'"],
  ['estimate good.csv --alpha-range 1:0.5', "option '--alpha-range <low:high>' argument '1:0.5'"],
  ['estimate good.csv --output out/a.json', 'out/a.json: expected a name in .csv'],
  ['estimate good.csv --model nothing', 'nothing'],
  ['expect good.csv --count 10', "option '--count <n>' argument '10'"],
  ['expect good.csv --exposure 2', "option '--exposure <fraction>' argument '2'"],
  ['expect good.csv --output out/a.json', 'out/a.json: expected a name in .csv'],
  ['features good.csv --output out/a.doc', 'out/a.doc'],
  ['features good.csv --output none/a.csv', 'none/a.csv: there is no folder none'],
  ['models describe', "missing required argument 'name'"],
  ['models describe net', "model 'net' does not exist: expected one of"],
  [
    'models describe forest --set trees=9',
    "option '--set' is for networks: forest is a classifier",
  ],
  ['models describe xresnet --set depth', 'Expected KEY=VALUE'],
  [
    'models describe xresnet --set depth=deep',
    'xresnet option depth is "deep": expected an integer',
  ],
  ['models describe xresnet --set kernelSize=4', 'kernelSize is 4'],
  ['models describe xresnet --set deph=3', 'xresnet has no option "deph": did you mean "depth"?'],
  [
    'export --model none --format safetensors --output out/x',
    /none\/.*\.json: cannot be read \(expected the folder of a saved model\)$/m,
  ],
  ['export --model none --format pickle --output out/x', 'Allowed choices are'],
  ['export --model none --output out/x', "required option '--format <name>' not specified"],
  [
    'export --model none --format safetensors --output x.safetensors',
    'x.safetensors: expected the name of a folder',
  ],
  [
    'predict good.csv --model none --output out/a.csv',
    /none\/.*\.json: cannot be read \(expected the folder of a saved model\)$/m,
  ],
  [
    'predict good.csv --model forest --output out/a.csv',
    "model 'forest' is trained first: expected the folder that `diffusion train --model forest` wrote",
  ],
  [
    'predict good.csv --model max-test --set level=0.2 --output out/a.csv',
    'max-test option level is 0.2: expected one of 0.01, 0.05, 0.1',
  ],
  [
    'predict good.csv --model out --set level=0.1 --output out/a.csv',
    "option '--set' is for a rule or the exact classifier, by its name",
  ],
  ['predict good.csv --model maxtest --output out/a.csv', 'did you mean the model max-test?'],
  ['predict good.csv --model none --output out/a.json', 'out/a.json: expected a name in .csv'],
  ['predict good.csv --model none --output none/a.csv', 'none/a.csv: there is no folder none'],
  ['evaluate --predictions good.csv', "required option '--reference <file>' not specified"],
  ['evaluate --predictions none.csv --reference good.csv', 'none.csv: there is no such file'],
  ['evaluate --predictions out --reference good.csv', 'good.csv: is no folder: expected one of'],
  [
    'evaluate --predictions good.csv --reference good.csv',
    'good.csv, line 1: there is no column label',
  ],
  ['train', "option '--output <folder>' is missing"],
  ['train --preset gajowczyk2021 --output out/model', "option '--model <name>' is missing"],
  [
    'train --model xresnet --output out/model',
    "option '--preset <name>', '--spec <file.json>' or '--data <folder>' is missing",
  ],
  [`${learn} --epochs 0`, "option '--epochs <e>' argument '0'"],
  [`${learn} --batch-size none`, "option '--batch-size <b>' argument 'none'"],
  [`${learn} --learning-rate 0`, "option '--learning-rate <r>' argument '0'"],
  [`${learn} --backend abacus`, "option '--backend <name>' argument 'abacus'"],
  [`${learn} --data good`, "option '--preset <name>' cannot be used with option '--data <folder>'"],
  [`${learn} --task 1`, "option '--task' is for the preset andi2020"],
  [learn.replace('xresnet', 'net'), "model 'net' does not exist"],
  [learn.replace('xresnet', 'forrest'), 'did you mean forest?'],
  [
    `${learn} --set classes=7 --count 64`,
    'xresnet option classes is 7: expected 4, which follows from the tracks',
  ],
  [
    `${learn.replace('xresnet', 'lipnet')} --count 64`,
    "model 'lipnet' takes images: expected --data FOLDER of labelled images, or --preset liposomes",
  ],
  [
    'train --model xresnet --preset andi2020 --task 3 --output out/model',
    "option '--task <t>' argument '3' is invalid. Allowed choices are 1, 2, both",
  ],
  [
    'train --model xresnet --preset andi2020 --task both --count 16 --output out/model',
    'xresnet has one output: it cannot learn classes and the exponent at once',
  ],
  [
    'train --model svm --preset andi2020 --task both --dim 1 --count 16 --output out/model',
    'svm answers with classes alone: it cannot learn an exponent',
  ],
  [
    'train --model forest --preset gajowczyk2021 --epochs 3 --output out/model',
    "option '--epochs' is for networks: forest is a classifier",
  ],
  [
    'train --model forest --preset gajowczyk2021 --set treees=9 --output out/model',
    'forest has no option "treees": did you mean "trees"?',
  ],
  [
    'train --model forest --preset gajowczyk2021 --features speed --output out/model',
    "option '--features': 'speed' is not a feature",
  ],
  [`${learn} --features speed`, "option '--features': 'speed' is not a feature"],
  [`${learn} --encoder moton`, "option '--encoder' is moton: expected one of motion, "],
  [`${learn} --group file`, "option '--group' is for folds: --folds K"],
  [`${learn} --folds 3 --fold 4`, 'folds.only is 4: expected a fold from 1 to 3'],
  [`${learn} --log out/log.txt`, 'out/log.txt: expected a name in .csv or .jsonl'],
  [`${learn} --log-batches`, "option '--log-batches' is for a log: --log FILE"],
  [`${data} --log two/labels.csv`, /: two\/labels.csv: is the input .*two\/labels.csv, too/],
  [`${data} --log two/a.csv`, /: two\/a.csv: is the input .*two\/a.csv, too/],
  [`${data} --log link.csv`, /: link.csv: is the input .*two\/a.csv, too/],
  [`${data} --log two/log.csv`, 'two/log.csv: is in the folder of the tracks that are learnt from'],
  [`${data} --report ./two/r.html`, 'two/r.html: is in the folder of the tracks that are'],
  [
    'train --model xresnet --spec spec.csv --log spec.csv --output out/model',
    'spec.csv: is an input, too',
  ],
  [
    'train --recipe good-recipe.csv --log good-recipe.csv --output out/model',
    'good-recipe.csv: is an input, too',
  ],
  [`${learn} --report out/model/card.json`, 'out/model/card.json: is a file of the model'],
  [
    `${learn} --change loss..x=1`,
    "option '--change' is for loss..x: expected the place of a field",
  ],
  [
    `${learn} --epochs 3 --change epochs=1`,
    "option '--change' is for epochs, which '--epochs' says: expected one of the two",
  ],
  [`${learn} --change loss.classes=msee`, 'loss.classes is "msee": expected cross-entropy, mse'],
  [
    'train --model forest --preset gajowczyk2021 --log log.csv --output out/model',
    "option '--log' is for networks: forest has no epochs",
  ],
  [
    'train --recipe multiscal --output out/model',
    'no recipe of that name comes with this command; did you mean multiscale? (`diffusion recipes` lists them)',
  ],
  [
    'train --recipe none/recipe.json --output out/model',
    "option '--recipe' is none/recipe.json: there is no such file or folder",
  ],
  [
    'train --recipe multiscale --model cnn --output out/model',
    "option '--model' cannot be used with '--recipe', which says the model",
  ],
  [
    'train --start none/model --output out/model',
    "option '--start' is none/model: there is no such folder of a saved model, and no model of that name comes trained",
  ],
  [
    'train --model forest --preset gajowczyk2021 --start list.json --output out/model',
    "option '--start' is for networks: forest is a classifier",
  ],
  [
    'train --recipe good-recipe.csv --balance oversample --output out/model',
    'balance is an object: expected it to be left out, or data.repeat to be true',
  ],
  [
    'train --recipe good-recipe.csv --repeat --balance smote --output out/model',
    'since SMOTE makes rows of features',
  ],
  ['train --recipe list.json --output out/model', 'list.json: expected a recipe, an object'],
  [
    'train --recipe recipe.json --output out/model',
    'recipe.json: data.trackPerEpoch is 9: expected a known name; the nearest is tracksPerEpoch',
  ],
  ['train --recipe old --output out/model', 'old/card.json: the card has no whole recipe'],
  ['recipes multiscal', "recipe 'multiscal' does not exist: did you mean multiscale?"],
  [
    'train --model max-test --preset gajowczyk2021 --output out/model',
    "model 'max-test' is a rule that needs no training: `diffusion predict --model max-test`",
  ],
  ['train --model xresnet --spec third.json --output out/model', 'third.json: task is 3'],
  [`${learn} --shards 65`, "option '--shards' is 65: expected at most the tracks of a batch, 64"],
  [`${learn} --shards 100000 --workers 100000`, "option '--workers' is 100000: expected at most "],
  [`${learn} --shards 0`, "option '--shards <n>' argument '0'"],
  [
    `${learn} --workers 2 --backend cpu`,
    "option '--workers' is 2: the backend cpu works on one thread",
  ],
  [
    'predict good.csv --model none --workers many --output out/a.csv',
    "option '--workers <n>' argument 'many'",
  ],
  ['train --model xresnet --data none --output out/model', 'none: there is no such folder'],
  ['train --model xresnet --data out --output out/model', 'out: there are no files of tracks'],
  [
    'train --model xresnet --data unlabelled --output out/model',
    'unlabelled: no labels: expected labels.csv',
  ],
  [
    'train --model xresnet --data unjoined --output out/model',
    'labels.csv: there is no row for track 2',
  ],
  ['train --model xresnet --data two --output out/model', 'two: 2 tracks cannot be parted'],
  ['train --model xresnet --spec field.json --output out/model', 'field.json: classes[0].modle'],
  ['train --resume out', 'out/checkpoint.bin: cannot be read'],
  ['train --resume foreign', 'foreign/checkpoint.bin: not a checkpoint'],
  ['train --resume out --epochs 3', "option '--epochs' cannot be used with '--resume'"],
];
// A folder that is there and takes none.
if (process.platform === 'linux') {
  wrong.push([
    'dataset --preset andi2020 --task 1 --dim 1 --count 5 --seed 1 --output /proc/none/deeper',
    '/proc/none/deeper: the folder cannot be made',
  ]);
}

describe('bad arguments', () => {
  let folder: string;
  let results: Ended[];

  beforeAll(async () => {
    folder = await newFolder();
    for (const name of ['out', 'folder.csv', 'unlabelled', 'unjoined', 'two', 'foreign', 'old']) {
      await mkdir(join(folder, name));
    }
    const table = 'track,frame,x,y\n1,0,1,2\n1,1,2,2\n2,0,0,0\n';
    const field = '{"classes":[{"modle":"brownian"}],"length":9,"dim":2,"count":9,"seed":1}';
    const files: Record<string, string> = {
      'good.csv': table,
      'unlabelled/a.csv': table,
      'unjoined/a.csv': table,
      'unjoined/labels.csv': 'track,label\n1,A\n',
      'two/a.csv': table,
      'two/labels.csv': 'track,label\n1,A\n2,B\n',
      'half.json': '{"classes":',
      'list.json': '[]',
      'third.json': '{"preset":"andi2020","task":3,"dim":1}',
      'field.json': field,
      'foreign/checkpoint.bin': 'something else\n',
      'recipe.json':
        '{"format":"diffusion-recipe","version":1,"data":{"dataSets":[{"preset":"gajowczyk2021"}],"trackPerEpoch":9}}',
      'spec.csv':
        '{"classes":[{"model":"brownian"},{"model":"fbm","parameters":{"alpha":0.5}}],"length":9,"dim":2,"count":9,"seed":1}',
      'good-recipe.csv':
        '{"format":"diffusion-recipe","version":1,"data":{"dataSets":[{"preset":"gajowczyk2021"}],"tracksPerEpoch":9},"network":{"name":"xresnet"},"epochs":1,"batchSize":4,"learningRate":0.01,"seed":1}',
      'old/card.json': '{"format":"diffusion-model","version":1,"recipe":{"data":{}}}',
    };
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    await symlink(join(folder, 'two/a.csv'), join(folder, 'link.csv'));
    results = await runAll(
      wrong.map(([args]) => args),
      folder,
    );
  }, 600_000);
  afterAll(() => removeFolder(folder));

  it.each(wrong.map(([args, message], k) => [args, message, k] as const))('%s', (_, message, k) =>
    expectOneLine(results[k], message),
  );

  it('leaves no file behind', async () => {
    expect((await filesIn(folder)).filter((name) => /out|tmp|folder/.test(name))).toEqual([]);
  });
});
