import { fitClassical, fitForest, ruleModel } from '@diffusion/models/classical';
import { keyedRandom } from '@diffusion/random';
import { gajowczyk2021 } from '@diffusion/simulate';
import { Tracks } from '@diffusion/tracks';
import { forestSentences } from './forest-sentences.ts';
import { modelRows } from './model-rows.ts';
import { permutationImportance } from './permutation-importance.ts';
import { ruleSentence } from './rule-sentence.ts';
import { treePaths } from './tree-paths.ts';

const random = keyedRandom(3);
const rows = Array.from({ length: 200 }, () => [
  random.uniform(),
  random.uniform(),
  random.normal(),
]);
/** The class is told by the second column alone. */
const codes = rows.map(([, x]) => (x < 0.3 ? 0 : x < 0.6 ? 1 : 2));
const forest = fitForest(rows, codes, { trees: 30, seed: 1, columnsPerSplit: 3 });

describe('treePaths', () => {
  const paths = treePaths(forest.toJSON() as never, rows, codes);

  it('adds up to what the forest says', () => {
    const { probabilities } = forest.predict(rows);
    paths.forEach(({ start, probability, features }, i) => {
      expect(probability).toBeCloseTo(probabilities[i * 3 + codes[i]], 12);
      const sum = features.reduce((all, { contribution }) => all + contribution, start);
      expect(sum).toBeCloseTo(probability, 12);
    });
    // Before any question the class has its share.
    const share = codes.filter((code) => code === codes[0]).length / codes.length;
    expect(Math.abs(paths[0].start - share)).toBeLessThan(0.1);
  });

  it('names the column that tells, and where the row lies', () => {
    const first = paths.filter(({ features }) => features[0].column === 1);
    expect(first.length).toBeGreaterThan(0.95 * rows.length);
    paths.forEach(({ features }, i) => {
      const { above, notAbove, trees } = features.find(({ column }) => column === 1)!;
      expect(rows[i][1]).toBeGreaterThan(above);
      expect(rows[i][1]).toBeLessThanOrEqual(notAbove);
      expect(trees).toBeGreaterThan(0.9);
    });
  });

  it('refuses rows and classes that do not fit', () => {
    expect(() => treePaths(forest.toJSON() as never, [[1, 2]], [0])).toThrow(
      'row 0 has 2 columns: expected 3',
    );
    expect(() => treePaths(forest.toJSON() as never, [rows[0]], [3])).toThrow(
      'codes[0] is 3: expected 0 to 2',
    );
  });
});

describe('permutationImportance', () => {
  const judge = {
    classes: 3,
    probabilities: (given: readonly ArrayLike<number>[]) => forest.predict(given).probabilities,
  };

  it('finds the column that tells, and no other', async () => {
    const found = await permutationImportance(judge, rows, codes);
    expect(found[1].loss).toBeGreaterThan(1);
    expect(found[1].changed).toBeGreaterThan(0.5);
    for (const k of [0, 2]) expect(found[k].loss).toBeLessThan(0.1);
    expect(found[0].deviation).toBeGreaterThanOrEqual(0);
    expect(await permutationImportance(judge, rows, codes)).toEqual(found);
  });

  it('refuses what it cannot exchange', async () => {
    await expect(permutationImportance(judge, rows, [0])).rejects.toThrow(
      'codes has 1 rows: expected one per row, 200',
    );
    await expect(permutationImportance(judge, rows.slice(0, 3), [0, -1, -1])).rejects.toThrow(
      'there is 1 row with a class: expected at least two',
    );
    await expect(permutationImportance(judge, rows, codes, { repeats: 0 })).rejects.toThrow(
      'repeats is 0: expected an integer of at least 1',
    );
  });
});

describe('models of features', () => {
  const tracks = gajowczyk2021({ count: 60, seed: 1 }).generate();
  const names = ['alpha', 'straightness', 'asymmetry'] as const;
  const inside = Array.from({ length: tracks.count }, (_, i) => i);

  it.each(['forest', 'svm'] as const)('%s: rows as it sees them itself', async (kind) => {
    const model = fitClassical({ kind, tracks, features: names });
    const { probabilities } = await model.predict(tracks);
    const seen = modelRows(model, tracks, inside)!;
    expect(seen.names).toEqual(names);
    const again = Float32Array.from(await seen.judge.probabilities(seen.rows));
    again.forEach((p, i) => {
      expect(p).toBeCloseTo(probabilities![i], 6);
    });
    const said = forestSentences(model, tracks, [0, 1], [0, 0]);
    if (kind === 'svm') expect(said).toBeUndefined();
    else
      expect(said![1]).toMatch(
        /^\w+ [01]\.\d\d, before any feature 0\.\d\d: [+−]0\.\d\d by (alpha|straightness|asymmetry) (at most|above|between) /,
      );
    expect(ruleSentence(model, tracks.at(0))).toBeUndefined();
  });
});

describe('ruleSentence', () => {
  const line = new Tracks({
    positions: Array.from({ length: 60 }, (_, i) => i + (i % 3) / 10),
    offsets: [0, 60],
    dim: 1,
  }).at(0);
  const short = new Tracks({ positions: [0, 1], offsets: [0, 2], dim: 1 }).at(0);

  it.each([
    [
      'exponent-rule',
      /^The exponent of the time-averaged MSD is [\d.]+, above 1\.1: superdiffusion\.$/,
    ],
    [
      'p-variation-rule',
      /^The exponent α by the 2-variation is [\d.]+, above 1\.1: superdiffusion\.$/,
    ],
    [
      'max-test',
      /^The statistic T of the MAX test, .* is [\d.]+, above [\d.]+, the quantiles of free motion: superdiffusion\.$/,
    ],
  ] as const)('%s says why', (kind, pattern) => {
    const model = ruleModel({ kind, dim: 1 });
    expect(ruleSentence(model, line)).toMatch(pattern);
    expect(ruleSentence(model, short)).toMatch(/ is not defined for this track\.$/);
    expect(
      modelRows(model, new Tracks({ positions: [], offsets: [0], dim: 1 }), []),
    ).toBeUndefined();
  });
});
