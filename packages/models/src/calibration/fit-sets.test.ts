import { keyedRandom } from '@diffusion/random';
import fc from 'fast-check';
import { fitSets, quantile, type SetTracks } from './fit-sets.ts';
import { predictionSets } from './prediction-sets.ts';

/** Tracks of a known posterior over four classes, harder the shorter they are; the first class stands still. */
function told(count: number, seed: number, immobile = 0): SetTracks {
  const random = keyedRandom(seed);
  const probabilities = new Float32Array(4 * count);
  const actual = new Int32Array(count);
  const lengths = new Uint32Array(count);
  const noise: boolean[] = [];
  for (let i = 0; i < count; i++) {
    lengths[i] = Math.round(10 * 100 ** random.uniform());
    const scores = [0, 1, 2, 3].map(() => Math.exp(Math.log10(lengths[i]) * random.normal()));
    const sum = scores.reduce((a, b) => a + b, 0);
    let u = random.uniform() * sum;
    let k = 0;
    while (k < 3 && u >= scores[k]) u -= scores[k++];
    actual[i] = k;
    noise.push(random.uniform() < 0.1 + 0.8 * (scores[0] / sum));
    probabilities.set(
      scores.map((s) => s / sum),
      4 * i,
    );
  }
  return {
    probabilities,
    classes: 4,
    actual,
    lengths,
    noise,
    coverage: 0.9,
    immobile,
  };
}

function judged(fitted: SetTracks, fresh: SetTracks) {
  const { probabilities, lengths, noise } = fresh;
  return predictionSets(fitSets(fitted), probabilities, lengths, (i) => noise[i]);
}

const covered = (sets: Uint8Array, { actual, lengths }: SetTracks, from = 0, to = Infinity) => {
  const rows = Array.from(actual, (_, i) => i).filter((i) => lengths[i] >= from && lengths[i] < to);
  return rows.filter((i) => sets[4 * i + actual[i]]).length / rows.length;
};

describe('quantile', () => {
  it('is reached by a further score as often as it says, whatever the law and the number of scores', () => {
    // Over calibrations, P(reached) is 1 − ⌊(n + 1)·misses⌋ ÷ (n + 1) ≥ 1 − misses.
    const random = keyedRandom(1);
    for (const [n, misses] of [
      [9, 0.1],
      [50, 0.1],
      [199, 0.25],
    ] as const) {
      const draws = 4000;
      let reached = 0;
      for (let d = 0; d < draws; d++) {
        const scores = Float64Array.from({ length: n }, () => random.uniform() ** 3).sort();
        if (random.uniform() ** 3 >= quantile(scores, misses)) reached++;
      }
      const expected = 1 - Math.floor((n + 1) * misses) / (n + 1);
      expect(expected).toBeGreaterThanOrEqual(1 - misses);
      // Four standard deviations.
      const room = 4 * Math.sqrt((expected * (1 - expected)) / draws);
      expect(Math.abs(reached / draws - expected)).toBeLessThan(room);
    }
  });

  it('grows with the share of misses, and is 0 where there are too few scores for it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
          minLength: 1,
          maxLength: 30,
        }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (scores, a, b) => {
          const sorted = Float64Array.from(scores).sort();
          const [low, high] = [Math.min(a, b), Math.max(a, b)];
          expect(quantile(sorted, low)).toBeLessThanOrEqual(quantile(sorted, high));
        },
      ),
    );
    expect(quantile(Float64Array.of(0.3, 0.5), 0.3)).toBe(0);
    expect(quantile(Float64Array.of(0.3, 0.5), 0.4)).toBe(0.3);
  });
});

describe('fitSets', () => {
  it.each([
    ['with a class that stands still', 0],
    ['without one', -1],
  ])('holds what it promises by length, for new tracks, %s', (_, immobile) => {
    const fresh = told(24_000, 8, immobile);
    const fitted = told(24_000, 7, immobile);
    const thresholds = fitSets(fitted);
    expect(thresholds.bins).toHaveLength(4);
    expect(thresholds.weights).toEqual(immobile < 0 ? [1, 1, 1, 1] : [0.2, 1, 1, 1]);
    const sets = judged(fitted, fresh);
    for (const { from, to } of thresholds.bins) {
      // Two samples of 6,000: a standard deviation of 0.0055; half a per cent more than is asked for.
      expect(Math.abs(covered(sets, fresh, from, to) - 0.905)).toBeLessThan(0.0165);
    }
    expect(covered(sets, fresh)).toBeGreaterThan(0.895);
  });

  it('gives no empty set, and always the most probable class', () => {
    const fresh = told(2000, 9);
    const sets = judged(told(1000, 3), fresh);
    for (let i = 0; i < 2000; i++) {
      const row = [...fresh.probabilities.subarray(4 * i, 4 * i + 4)];
      expect(sets[4 * i + row.indexOf(Math.max(...row))]).toBe(1);
    }
  });

  it('gives larger sets for more coverage', () => {
    const fresh = told(2000, 9);
    const fitted = told(6000, 3);
    let before = new Uint8Array(4 * 2000);
    for (const coverage of [0.5, 0.7, 0.8, 0.9, 0.95, 0.99]) {
      const sets = judged({ ...fitted, coverage }, fresh);
      expect(sets.every((member, j) => member >= before[j])).toBe(true);
      before = sets as Uint8Array<ArrayBuffer>;
    }
    expect(before.reduce((a, b) => a + b, 0) / 2000).toBeGreaterThan(2);
  });

  it('makes one bin of one length, and none that few tracks have', () => {
    const one = {
      ...told(12_000, 2),
      lengths: new Uint32Array(12_000).fill(30),
    };
    expect(fitSets(one).bins).toMatchObject([{ from: 30, to: 31 }]);
    const two = {
      ...one,
      lengths: one.lengths.map((n, i) => (i % 100 === 0 ? 40 : n)),
    };
    expect(fitSets(two).bins).toMatchObject([{ from: 30, to: 41 }]);
  });

  it('says nothing of a row without an answer, and takes the nearest bin beyond those that there are', () => {
    const thresholds = fitSets(told(12_000, 2));
    const row = [0.4, 0.3, 0.2, 0.1];
    const probabilities = Float32Array.from([...row, NaN, NaN, NaN, NaN, ...row, ...row, ...row]);
    const lengths = [1, 10, 10, 999, 10 ** 6];
    const sets = predictionSets(thresholds, probabilities, lengths, () => false);
    const of = (i: number) => [...sets.subarray(4 * i, 4 * i + 4)];
    expect(of(1)).toEqual([0, 0, 0, 0]);
    expect(of(0)).toEqual(of(2));
    expect(of(4)).toEqual(of(3));
  });

  it('is the same today as it was', () => {
    const { bins } = fitSets(told(12_000, 5));
    const shown = bins.map(({ from, to, noise, motion }) =>
      [from, to, ...noise, ...motion].map((x) => Number(x.toFixed(4))).join(' '),
    );
    expect(shown).toMatchInlineSnapshot(`
      [
        "10 101 0.0296 0.1406 0.1406 0.1406 0.0296 0.1926 0.1926 0.1926",
        "101 1001 0.0419 0.1294 0.1294 0.1294 0.0419 0.2478 0.2478 0.2478",
      ]
    `);
  });
});
