import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exponentRule, maxTest, pVariationRule } from '@diffusion/features';
import { gajowczyk2021, simulate } from '@diffusion/simulate';
import { joinTracks, Tracks } from '@diffusion/tracks';
import { ModelError } from '../errors.ts';
import { loadModel } from '../node/load-model.ts';
import { saveModel } from '../node/save-model.ts';
import type { ClassicalModel } from '../predict/model.ts';
import { ClassicalError } from './classical.ts';
import { likelihoodModel, ruleModel } from './classical-model.ts';
import { fitClassical } from './fit-classical.ts';
import { likelihoodClassifier } from './likelihood/likelihood-classifier.ts';
import { ruleClasses } from './rules.ts';

const tracks = gajowczyk2021({ count: 400, seed: 1 }).generate();
const others = gajowczyk2021({ count: 200, seed: 2 }).generate();
/** Few, since the exact classifier is slow. */
const few = gajowczyk2021({ count: 12, seed: 3 }).generate();
const features = ['alpha', 'straightness', 'vacf1', 'standardizedMaxDistance'] as const;
const label = (i: number) => {
  const column = others.trackColumns.label as { codes: Uint32Array; dictionary: string[] };
  return column.dictionary[column.codes[i]];
};

const forest = () => fitClassical({ kind: 'forest', trees: 40, seed: 1, tracks, features });
const models: [string, () => ClassicalModel][] = [
  ['a forest', forest],
  ['boosting', () => fitClassical({ kind: 'boosting', rounds: 40, seed: 1, tracks, features })],
  ['an svm', () => fitClassical({ kind: 'svm', seed: 1, tracks, features })],
  ['a logistic regression', () => fitClassical({ kind: 'logistic', tracks, features })],
  ['the likelihood', () => likelihoodModel({ dim: 2, models: ['brownian', 'directed'] })],
  ['the MAX test', () => ruleModel({ kind: 'max-test', level: 0.1, dim: 2 })],
  ['the p-variation', () => ruleModel({ kind: 'p-variation-rule', dim: 2 })],
];

describe('fitClassical', () => {
  it.each(models.slice(0, 4))('judges tracks as a network does with %s', async (_, make) => {
    const model = make();
    const { labels, classes, probabilities, reasons } = await model.predict(others);
    expect(classes).toEqual(['ND', 'DM', 'CD', 'FBM']);
    const judged = labels!.filter((name) => name !== '');
    expect(judged.length).toBeGreaterThan(180);
    // 70 % is what the tables of the papers give at least for such features; chance is 25 %.
    const right = labels!.filter((name, i) => name === label(i)).length;
    expect(right / judged.length).toBeGreaterThan(0.7);
    for (let i = 0; i < others.count; i++) {
      const row = probabilities!.subarray(4 * i, 4 * i + 4);
      if (!reasons[i]) expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 5);
      else expect(row).toEqual(new Float32Array(4).fill(Number.NaN));
    }
  });

  it('has the reasons of the domain', async () => {
    const stuck = simulate({ model: 'immobile', count: 1, length: 50, dim: 2, seed: 1, sigma: 1 });
    const short = simulate({ model: 'brownian', count: 1, length: 3, dim: 2, seed: 1 });
    const plain = [stuck, short].map(({ data }) => new Tracks({ ...data, trackColumns: {} }));
    const { labels, reasons } = await forest().predict(joinTracks(plain));
    expect(labels).toEqual(['', '']);
    expect(reasons[0]).toEqual({ kind: 'immobile', text: 'immobile within the noise' });
    expect(reasons[1]?.text).toMatch(/^too short: 3 points/);
  });

  it('keeps the order of the classes that is asked for', async () => {
    const classes = ['FBM', 'CD', 'DM', 'ND'];
    const model = fitClassical({ kind: 'logistic', tracks, features, classes });
    const plain = fitClassical({ kind: 'logistic', tracks, features });
    const [a, b] = await Promise.all([model, plain].map((each) => each.predict(others)));
    expect(a.classes).toEqual(classes);
    expect(a.labels).toEqual(b.labels);
  });

  it('says what does not fit', () => {
    const unlabelled = new Tracks({ ...tracks.data, trackColumns: {} });
    const fit = (more: object) => () =>
      fitClassical({ kind: 'forest', tracks, features, ...more } as never);
    expect(fit({ tracks: unlabelled })).toThrow('tracks have no column label');
    expect(fit({ classes: ['ND', 'DM'] })).toThrow(/^label '(CD|FBM)': expected one of ND, DM$/);
    expect(fit({ features: [] })).toThrow('features is empty');
    expect(fit({ kind: 'oracle' })).toThrow('kind is "oracle"');
    expect(fit({ kind: 'random forest' })).toThrow(/logistic; did you mean forest\?$/);
    expect(fit({ kind: undefined })).toThrow(/^kind is undefined: expected forest, .* logistic$/);
    expect(fit({ trees: 0 })).toThrow(ClassicalError);
  });
});

describe('likelihoodModel', () => {
  it('says what the classifier says, and why it does not', async () => {
    const options = { models: ['brownian', 'directed'] } as const;
    const model = likelihoodModel({ dim: 2, ...options });
    const { probabilities } = await model.predict(few);
    const wanted = likelihoodClassifier(options).predict(few).probabilities;
    expect(probabilities).toEqual(Float32Array.from(wanted));
    const constant = new Tracks({
      positions: new Float64Array(2 * 23),
      offsets: Uint32Array.of(0, 1, 11, 23),
      dim: 2,
      frames: Int32Array.from({ length: 23 }, (_, t) => (t < 20 ? t : t + 5)),
    });
    const { labels, reasons } = await model.predict(constant);
    expect(labels).toEqual(['', '', '']);
    expect(reasons.map((reason) => reason?.text)).toEqual([
      expect.stringMatching(/^too short: 1 point/),
      'immobile: the track never moves',
      expect.stringMatching(/^gaps: /),
    ]);
  });
});

describe('ruleModel', () => {
  it.each([
    ['max-test', maxTest],
    ['exponent-rule', exponentRule],
    ['p-variation-rule', pVariationRule],
  ] as const)('says what %s says, with α where it has one', async (kind, rule) => {
    const { labels, values, classes, probabilities } = await ruleModel({ kind, dim: 2 }).predict(
      others,
    );
    expect(classes).toEqual(ruleClasses);
    const found = Array.from(others, (track) => rule(track));
    expect(labels).toEqual(found.map(({ motion }) => (motion === 'undefined' ? '' : motion)));
    expect([...probabilities!].filter((p) => p === 1).length).toBe(
      labels!.filter((name) => name !== '').length,
    );
    if (kind === 'max-test') expect(values).toBeUndefined();
    else {
      expect([...values!]).toEqual(
        found.map((each) =>
          each.motion === 'undefined' ? Number.NaN : Math.fround('alpha' in each ? each.alpha : 0),
        ),
      );
    }
  });

  it('says why it is not defined', async () => {
    const walk = simulate({ model: 'brownian', count: 1, length: 30, dim: 2, seed: 3 });
    const gapped = new Tracks({
      ...walk.data,
      frames: Int32Array.from({ length: 30 }, (_, t) => 2 * t),
    });
    const short = simulate({ model: 'brownian', count: 1, length: 2, dim: 2, seed: 3 });
    const still = new Tracks({ ...walk.data, positions: new Float64Array(60) });
    const model = ruleModel({ kind: 'max-test', dim: 2 });
    const reasons = [];
    for (const each of [gapped, short, still]) reasons.push(...(await model.predict(each)).reasons);
    expect(reasons.map((reason) => reason?.kind)).toEqual(['gaps', 'too-short', 'immobile']);
    expect(reasons.map((reason) => reason?.text)).toEqual([
      'gaps: the rule is not defined where frames are missing',
      'too short: 2 points, the rule is not defined',
      'immobile: the track never moves',
    ]);
  });
});

describe('a classical model in a folder', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'classical-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it.each(models)('gives the same answers after saving and loading %s', async (_, make) => {
    const model = make();
    await saveModel(folder, model);
    expect((await readdir(folder)).sort()).toEqual(['card.json', 'classifier.json']);
    const loaded = await loadModel(folder);
    expect(loaded.card).toEqual(JSON.parse(JSON.stringify(model.card)));
    expect(await loaded.predict(few)).toEqual(await model.predict(few));
  });

  it('names a classifier that is missing or foreign', async () => {
    await saveModel(folder, ruleModel({ kind: 'max-test', dim: 2 }));
    await writeFile(join(folder, 'classifier.json'), '{"kind":"oracle"}');
    const foreign = await loadModel(folder).catch((error) => error);
    expect(foreign).toBeInstanceOf(ModelError);
    expect(foreign.message).toMatch(/classifier\.json: kind is "oracle": expected forest/);
    await rm(join(folder, 'classifier.json'));
    await expect(loadModel(folder)).rejects.toThrow(/classifier\.json: cannot be read/);
  });
});
