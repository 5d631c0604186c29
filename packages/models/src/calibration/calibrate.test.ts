import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { calibrate, ensemble, ModelError, predictParallel } from '@diffusion/models';
import { fitClassical, ruleModel } from '@diffusion/models/classical';
import { loadModel, saveModel } from '@diffusion/models/node';
import { motion, simulate } from '@diffusion/simulate';
import type { Prediction } from '@diffusion/tracks';
import { parseCard } from '../card.ts';

const set = (count: number, seed: number) =>
  motion({ dim: 2, count, seed, length: { min: 20, max: 40 } });
const features = ['alpha', 'vacf1', 'straightness', 'standardizedMaxDistance'] as const;
const { classes } = set(1, 1);
/** Too sure: a forest of whole trees on few tracks. */
const forest = fitClassical({
  kind: 'forest',
  trees: 20,
  seed: 1,
  tracks: set(500, 1).generate(),
  features,
  classes,
});
const tracks = set(1000, 3).generate();
const truth = tracks.trackColumns.label as { codes: Uint32Array };
const own = set(1500, 2);
const all = own.generate();

/** Mean −ln p(true class), p at least 10⁻⁷. */
const logLoss = ({ probabilities, reasons }: Prediction) => {
  let [sum, count] = [0, 0];
  for (const [i, reason] of reasons.entries()) {
    if (reason) continue;
    sum -= Math.log(Math.max(1e-7, probabilities![i * classes.length + truth.codes[i]]));
    count++;
  }
  return sum / count;
};

const membersOf = ({ sets }: Prediction, i: number) =>
  classes.filter((_, k) => sets![i * classes.length + k]);

describe('calibrate', () => {
  it('meets its probabilities, and covers what it promises on new tracks', async () => {
    const before = await forest.predict(tracks);
    const model = await calibrate(forest, own.batches({ size: 500 }));
    const after = await model.predict(tracks);
    expect(logLoss(after)).toBeLessThan(logLoss(before) - 0.05);
    const judged = [...after.reasons.keys()].filter((i) => !after.reasons[i]);
    const share = judged.filter((i) => membersOf(after, i).includes(classes[truth.codes[i]]));
    // 1,500 and 1,000 tracks: four standard deviations of 0.012.
    expect(Math.abs(share.length / judged.length - 0.905)).toBeLessThan(0.048);
    expect(model.card.calibration).toMatchObject({ sets: { coverage: 0.9, bins: [{}] } });
    // The model itself answers as it did.
    expect(forest.card.calibration).toBeUndefined();
    expect(await forest.predict(tracks)).toEqual(before);
    expect(before.sets).toBeUndefined();
  });

  it('gives a label where the set has one class, and only there; a set is never empty', async () => {
    const model = await calibrate(forest, all, { coverage: 0.7 });
    const prediction = await model.predict(tracks);
    const { codes, labels, reasons } = prediction;
    const sizes = new Set<number>();
    for (let i = 0; i < tracks.count; i++) {
      const members = membersOf(prediction, i);
      sizes.add(members.length);
      expect(members.length > 0).toBe(reasons[i] === undefined);
      expect(labels![i]).toBe(members.length === 1 ? members[0] : '');
      expect(codes![i]).toBe(members.length === 1 ? classes.indexOf(members[0]) : -1);
    }
    expect(sizes.size).toBeGreaterThan(2);
  });

  it('is the same for tracks in pieces, once more, from a file, and with workers', async () => {
    const model = await calibrate(forest, all, { data: { preset: 'motion' } });
    const { card } = model;
    expect(
      (await calibrate(model, own.batches({ size: 700 }), { data: { preset: 'motion' } })).card,
    ).toEqual(card);
    const folder = await mkdtemp(join(tmpdir(), 'calibrate-'));
    try {
      await saveModel(folder, model);
      const loaded = await loadModel(folder);
      expect(loaded.card).toEqual(card);
      const alone = await model.predict(tracks);
      expect(await loaded.predict(tracks)).toEqual(alone);
      expect(await predictParallel(loaded, tracks, { workers: 2 })).toEqual(alone);
    } finally {
      await rm(folder, { recursive: true });
    }
    const shared = await calibrate(forest, all, {
      data: { preset: 'motion' },
      workers: 2,
    });
    expect(shared.card).toEqual(card);
  });

  it('says how many tracks the model did not judge', async () => {
    const wide = motion({ dim: 2, count: 600, seed: 1, length: { min: 20, max: 80 } }).generate();
    const { tracks: judged, notJudged } = (await calibrate(forest, wide)).card.calibration!;
    expect(notJudged).toBeGreaterThan(100);
    expect(judged + notJudged!).toBe(600);
  });

  it('has no sets where none are wanted, and labels as before', async () => {
    const model = await calibrate(forest, all, { coverage: null });
    expect(model.card.calibration!.sets).toBeUndefined();
    const { labels, reasons, sets } = await model.predict(tracks);
    expect(sets).toBeUndefined();
    expect(labels!.map((label) => label === '')).toEqual(reasons.map((reason) => !!reason));
  });

  it('counts for each member of an ensemble, which has no sets', async () => {
    const model = await calibrate(forest, all);
    const alone = await model.predict(tracks);
    const both = await ensemble([model, forest]).predict(tracks);
    const raw = await forest.predict(tracks);
    expect(both.sets).toBeUndefined();
    const i = alone.reasons.indexOf(undefined) * classes.length;
    const mean = (alone.probabilities![i] + raw.probabilities![i]) / 2;
    expect(both.probabilities![i]).toBeCloseTo(mean, 6);
  });

  it('refuses what cannot be calibrated, and says why', async () => {
    const few = set(50, 1).generate();
    await expect(calibrate(forest, few)).rejects.toThrow(
      'there are 50 tracks that the model judges: expected at least 100',
    );
    await expect(calibrate(forest, few, { coverage: 1 })).rejects.toThrow(
      'coverage is 1: expected 0.5 ≤ coverage < 1, or null',
    );
    const flat = motion({ dim: 1, count: 5, seed: 1 }).generate();
    await expect(calibrate(forest, flat)).rejects.toThrow('the tracks are 1D: expected 2D');
    const text = '0.9' as unknown as number;
    await expect(calibrate(forest, few, { coverage: text })).rejects.toThrow('coverage is "0.9"');
    const plain = simulate({ model: 'brownian', count: 5, length: 30, dim: 2, seed: 1 });
    await expect(calibrate(ruleModel({ kind: 'max-test', dim: 2 }), few)).rejects.toThrow(
      "a track is '",
    );
    await expect(calibrate(forest, plain)).rejects.toThrow(ModelError);
    await expect(calibrate(forest, few, { level: 1 } as object)).rejects.toThrow('level');
  });
});

describe('the calibration in a card', () => {
  const calibration = {
    tracks: 5000,
    data: {},
    probabilities: {
      lengths: [10, 100],
      sharpness: [1, 2],
      offsets: [
        [0, 0],
        [1, -1],
      ],
    },
    sets: {
      coverage: 0.9,
      weights: [1, 1],
      bins: [{ from: 10, to: 101, noise: [0.1, 0.2], motion: [0.1, 0.1] }],
    },
  };
  const card = {
    ...ruleModel({ kind: 'max-test', dim: 2 }).card,
    output: { kind: 'classes', classes: ['a', 'b'] },
  };
  const read = (changed: object) =>
    parseCard(
      JSON.parse(JSON.stringify({ ...card, calibration: { ...calibration, ...changed } })),
      'card',
    );
  const { probabilities, sets } = calibration;

  it('is read as it was written', () => {
    expect(read({}).calibration).toEqual(calibration);
    expect(read({ sets: undefined }).calibration!.sets).toBeUndefined();
  });

  it.each<[string, object]>([
    ['calibration.tracks', { tracks: 0 }],
    ['calibration.notJudged', { notJudged: -1 }],
    [
      'calibration.probabilities.lengths',
      { probabilities: { ...probabilities, lengths: [100, 10] } },
    ],
    [
      'calibration.probabilities.sharpness',
      { probabilities: { ...probabilities, sharpness: [1, -1] } },
    ],
    [
      'calibration.probabilities.offsets',
      { probabilities: { ...probabilities, offsets: [[0, 0]] } },
    ],
    [
      'calibration.probabilities.offsets[1]',
      { probabilities: { ...probabilities, offsets: [[0, 0], [0]] } },
    ],
    ['calibration.sets.coverage', { sets: { ...sets, coverage: 1 } }],
    ['calibration.sets.weights', { sets: { ...sets, weights: [1] } }],
    ['calibration.sets.bins', { sets: { ...sets, bins: [] } }],
    [
      'calibration.sets.bins[0].noise',
      { sets: { ...sets, bins: [{ ...sets.bins[0], noise: [0, 2] }] } },
    ],
    [
      'calibration.sets.bins[1].from',
      { sets: { ...sets, bins: [sets.bins[0], { ...sets.bins[0], from: 120, to: 130 }] } },
    ],
  ])('is refused where %s is wrong', (field, changed) => {
    expect(() => read(changed)).toThrow(`card: field "${field}" is`);
  });

  it('is refused of a model without classes', () => {
    const exponent = { ...card, output: { kind: 'exponent' }, calibration };
    expect(() => parseCard(JSON.parse(JSON.stringify(exponent)), 'card')).toThrow('no classes');
  });
});
