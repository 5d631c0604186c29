import { keyedRandom } from '@diffusion/random';
import { atOnce } from '../classical/in-turns.ts';
import { fitScaling } from './fit-scaling.ts';
import { betweenLengths, scaleProbabilities } from './scale-probabilities.ts';

/** Tracks of a known posterior, told by a model that is `sharpness` times too sure and leans to the first class by `bias`. */
function told(count: number, sharpness: (length: number) => number, bias: number, seed: number) {
  const random = keyedRandom(seed);
  const probabilities = new Float32Array(3 * count);
  const actual = new Int32Array(count);
  const lengths = new Uint32Array(count);
  for (let i = 0; i < count; i++) {
    const length = Math.round(10 * 100 ** random.uniform());
    const scores = [0, 1, 2].map(() => 1.5 * random.normal());
    const p = softmax(scores);
    const u = random.uniform();
    actual[i] = u < p[0] ? 0 : u < p[0] + p[1] ? 1 : 2;
    lengths[i] = length;
    probabilities.set(
      softmax(scores.map((s, k) => sharpness(length) * (s + (k === 0 ? bias : 0)))),
      3 * i,
    );
  }
  return { probabilities, classes: 3, actual, lengths };
}

function softmax(scores: readonly number[]): number[] {
  const all = scores.map(Math.exp);
  const sum = all.reduce((a, b) => a + b, 0);
  return all.map((x) => x / sum);
}

const logLoss = ({ probabilities, actual }: ReturnType<typeof told>) =>
  actual.reduce((sum, k, i) => sum - Math.log(probabilities[3 * i + k]), 0) / actual.length;

describe('a scaling', () => {
  it('lies between lengths on a scale of logarithms, and goes on as it ends', () => {
    expect(betweenLengths([10, 1000], 100)).toEqual({
      lower: 0,
      upper: 1,
      share: expect.closeTo(0.5, 12),
    });
    expect(betweenLengths([10, 1000], 5)).toEqual({
      lower: 0,
      upper: 0,
      share: 0,
    });
    expect(betweenLengths([10, 1000], 5000)).toEqual({
      lower: 1,
      upper: 1,
      share: 0,
    });
    expect(betweenLengths([70], 5000)).toEqual({
      lower: 0,
      upper: 0,
      share: 0,
    });
  });

  it('of sharpness 1 and no offset changes no more than the last digit', () => {
    const { probabilities, lengths } = told(50, () => 1, 0, 1);
    const scaled = probabilities.slice();
    const none = {
      lengths: [10, 1000],
      sharpness: [1, 1],
      offsets: [
        [0, 0, 0],
        [0, 0, 0],
      ],
    };
    scaleProbabilities(none, scaled, 3, lengths);
    for (const [i, p] of scaled.entries()) expect(p).toBeCloseTo(probabilities[i], 6);
  });

  it('keeps the order of the classes where there are no offsets, and leaves rows of NaN and further numbers', () => {
    const answers = Float32Array.of(0.2, 0.5, 0.3, 1.7, Number.NaN, Number.NaN, Number.NaN, 1);
    const flat = { lengths: [10], sharpness: [0.5], offsets: [[0, 0, 0]] };
    scaleProbabilities(flat, answers, 4, [30, 30]);
    const root = [0.2, 0.5, 0.3].map(Math.sqrt);
    const sum = root.reduce((a, b) => a + b, 0);
    for (const k of [0, 1, 2]) expect(answers[k]).toBeCloseTo(root[k] / sum, 6);
    expect([...answers.subarray(3)]).toEqual([Math.fround(1.7), NaN, NaN, NaN, 1]);
  });

  it('is found that undoes what is too sure by length, and what leans to a class', () => {
    const sharpness = (length: number) => 2 - 0.5 * Math.log10(length / 10);
    const judged = told(20_000, sharpness, 0.6, 2);
    const scaling = atOnce(fitScaling(judged));
    expect(scaling.lengths).toHaveLength(9);
    expect(scaling.lengths[0]).toBe(10);
    expect(scaling.lengths[8]).toBe(1000);
    for (const [k, length] of scaling.lengths.entries()) {
      expect(Math.abs(scaling.sharpness[k] - 1 / sharpness(length))).toBeLessThan(0.2);
      const [a, b, c] = scaling.offsets[k];
      expect(Math.abs(a - (b + c) / 2 + 0.6)).toBeLessThan(0.2);
    }
    const fresh = told(5000, sharpness, 0.6, 3);
    const met = { ...fresh, probabilities: fresh.probabilities.slice() };
    scaleProbabilities(scaling, met.probabilities, 3, met.lengths);
    const best = logLoss(told(5000, () => 1, 0, 3));
    expect(logLoss(met)).toBeLessThan(best + 0.003);
    expect(logLoss(fresh)).toBeGreaterThan(best + 0.05);
  });

  it('stays finite for a class without tracks and for a model that says nothing', () => {
    const judged = told(500, () => 1, 0, 4);
    const without = {
      ...judged,
      actual: judged.actual.map((k) => Math.min(k, 1)),
    };
    const scaling = atOnce(fitScaling(without));
    expect(scaling.lengths).toHaveLength(1);
    expect(scaling.offsets.flat().every(Number.isFinite)).toBe(true);
    const nothing = {
      ...judged,
      probabilities: judged.probabilities.map((_, i) => (i % 3 ? 0 : 1)),
    };
    expect(atOnce(fitScaling(nothing)).sharpness[0]).toBeGreaterThan(0);
  });

  it('is the same today as it was', () => {
    const { lengths, sharpness, offsets } = atOnce(fitScaling(told(4000, () => 1.5, 0.3, 5)));
    expect(lengths).toEqual([10, 999]);
    expect([...sharpness, ...offsets.flat()].map((x) => x.toFixed(4))).toMatchInlineSnapshot(`
      [
        "0.6101",
        "0.6668",
        "-0.2115",
        "0.1815",
        "0.0300",
        "-0.1928",
        "-0.0052",
        "0.1981",
      ]
    `);
  });
});
