import { keyedRandom } from '@diffusion/random';
import { classShares } from './class-shares.ts';
import { CLASSES, file, outcomes, simulated } from './outcomes.fixture.ts';
import type { JudgedRows, SimulatedRows } from './rows.ts';

/** Rows of a network that is always right. */
function certain(truth: readonly number[]): JudgedRows & { truth: Int32Array } {
  const probabilities = new Float32Array(truth.length * 2);
  truth.forEach((k, i) => {
    probabilities[2 * i + k] = 1;
  });
  return {
    classes: ['rests', 'moves'],
    probabilities,
    judged: new Uint8Array(truth.length).fill(1),
    truth: Int32Array.from(truth),
  };
}

const intervals = (shares: readonly { interval?: readonly [number, number] }[]) =>
  shares.map(({ interval }) => interval!);

describe('classShares', () => {
  it('counts what is certain, with intervals as of a binomial law', () => {
    const many = certain(Array.from({ length: 4000 }, (_, i) => i % 2));
    const none = classShares(certain(new Array(20).fill(0)), many);
    expect(none.perParticle.map(({ share }) => share)).toEqual([expect.closeTo(1, 2), 0]);
    // Of none among n, a flat prior leaves 96 % below 1 − 0.04^(1/(n + 1)) = 0.142.
    const [, [low, high]] = intervals(none.perParticle);
    expect(low).toBe(0);
    expect(high).toBeCloseTo(0.142, 2);
    expect(intervals(none.perParticle)[0][1]).toBe(1);

    const half = classShares(certain(Array.from({ length: 400 }, (_, i) => i % 2)), many);
    const [[from, to]] = intervals(half.perParticle);
    // 0.5 ± 2.05·√(0.25/400), longer for the simulation's 4,000 tracks.
    expect(from).toBeCloseTo(0.447, 2);
    expect(to).toBeCloseTo(0.553, 2);
  });

  it('corrects what is mistaken and refused more often in one class, where counts of labels are far off', () => {
    const shares = [0.1, 0.2, 0.7];
    const rows = file(3000, shares, 11);
    const found = classShares(rows, simulated(6000, 2));
    const counted = [0, 0, 0];
    for (let i = 0; i < 3000; i++) {
      if (!rows.judged[i]) continue;
      const of = [...rows.probabilities.subarray(3 * i, 3 * i + 3)];
      counted[of.indexOf(Math.max(...of))]++;
    }
    expect(counted[2] / (counted[0] + counted[1] + counted[2])).toBeLessThan(0.6);
    found.perParticle.forEach(({ name, share, interval }, k) => {
      expect(name).toBe(CLASSES[k]);
      expect(interval![0]).toBeLessThanOrEqual(shares[k]);
      expect(interval![1]).toBeGreaterThanOrEqual(shares[k]);
      expect(interval![0]).toBeLessThanOrEqual(share);
      expect(interval![1] - interval![0]).toBeLessThan(0.09);
    });
    // 5, 10 and 50 % of the classes.
    expect(Math.abs(found.expectedRefused - 3000 * 0.375)).toBeLessThan(120);
    expect([found.tracks, found.judged + found.refused, found.simulated]).toEqual([
      3000, 3000, 6000,
    ]);
  });

  it.each([
    [10, [0.7, 0, 0.3]],
    [100, [0, 0.2, 0.8]],
  ])('holds the shares of files of %p tracks', (tracks, shares) => {
    const files = 40;
    const held = [0, 0, 0];
    for (let f = 0; f < files; f++) {
      const { perParticle } = classShares(file(tracks, shares, 100 + f), simulated(600, 1000 + f));
      intervals(perParticle).forEach(([low, high], k) => {
        if (low <= shares[k] && shares[k] <= high) held[k]++;
      });
    }
    // Of 40, 33 and fewer have a probability of 0.4 % at 95 %.
    for (const number of held) expect(number).toBeGreaterThan(33);
  });

  it.each([1, 2, 5, 100])(
    'has shares within their intervals, with the sum 1, of %p tracks',
    (tracks) => {
      for (let f = 0; f < 20; f++) {
        const { perParticle } = classShares(
          file(tracks, [0.6, 0, 0.4], 300 + f),
          simulated(600, 4),
        );
        expect(perParticle.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
        for (const { share, interval } of perParticle) {
          expect(interval![0]).toBeLessThanOrEqual(share);
          expect(interval![1]).toBeGreaterThanOrEqual(share);
        }
      }
    },
  );

  it('is less sure of what few simulated tracks say', () => {
    const rows = file(2000, [0.3, 0.4, 0.3], 5);
    const width = (count: number) => {
      const [, [low, high]] = intervals(classShares(rows, simulated(count, 6)).perParticle);
      return high - low;
    };
    expect(width(300)).toBeGreaterThan(1.5 * width(15_000));
  });

  it('holds the shares where it is not known how the tracks of a class are, if that is told', () => {
    // A part p of the fast tracks, anywhere from 0.25 to 0.75, looks as the middle ones do.
    const random = keyedRandom(9, 'own:parts');
    const part = () => 0.25 + 0.5 * random.uniform();
    const simulatedTracks = 3000;
    const slow = Int32Array.from({ length: simulatedTracks }, (_, i) => i % 2);
    const like = (count: number, shares: readonly number[], p: number, seed: number) => {
      const stream = keyedRandom(seed, 'own:like');
      const truth = Int32Array.from({ length: count }, () => {
        const u = stream.uniform();
        return u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
      });
      const seen = truth.map((k) => (k === 2 && stream.uniform() < p ? 1 : k));
      return { ...outcomes(seen, stream), truth };
    };
    const truth = Int32Array.from(slow, (half, i) => (i % 3 === 2 ? 2 + half : i % 3));
    const looks = truth.map((k) => Math.min(2, k === 3 ? 1 : k));
    const rows = {
      ...outcomes(looks, keyedRandom(3, 'own:simulated')),
      truth: truth.map((k) => Math.min(2, k)),
    };
    const alternatives = Array.from({ length: 50 }, () => {
      const p = part();
      return Float64Array.from(truth, (k) => (k === 3 ? 2 * p : k === 2 ? 2 * (1 - p) : 1));
    });
    const shares = [0.2, 0.4, 0.4];
    const held = { sure: 0, unsure: 0 };
    const files = 40;
    for (let f = 0; f < files; f++) {
      const file = like(1000, shares, part(), 500 + f);
      const holds = (simulatedRows: SimulatedRows) => {
        const [low, high] = intervals(classShares(file, simulatedRows).perParticle)[2];
        return low <= shares[2] && shares[2] <= high;
      };
      if (holds(rows)) held.sure++;
      if (holds({ ...rows, alternatives })) held.unsure++;
    }
    expect(held.sure).toBeLessThan(25);
    // Of 40, 33 and fewer have a probability of 0.4 % at 95 %.
    expect(held.unsure).toBeGreaterThan(33);
    const same = { ...rows, alternatives: [new Float64Array(simulatedTracks).fill(1)] };
    const one = like(1000, shares, 0.5, 77);
    expect(classShares(one, same)).toEqual(classShares(one, rows));
  });

  it('reads refusals of their own: with nothing judged they still tell classes apart', () => {
    const rows = file(400, [0, 0, 1], 7);
    const refused = rows.judged.reduce((sum, value) => sum + 1 - value, 0);
    const none = {
      ...rows,
      judged: new Uint8Array(refused),
      probabilities: new Float32Array(3 * refused),
    };
    const [[, slow], , [fast]] = intervals(classShares(none, simulated(6000, 2)).perParticle);
    expect(slow).toBeLessThan(0.1);
    expect(fast).toBeGreaterThan(0.8);
  });

  it('says shares per localisation, and before anything was lost', () => {
    const shares = [0.5, 0, 0.5];
    const rows = file(2000, shares, 8);
    const points = Float64Array.from(rows.truth, (k) => (k === 2 ? 10 : 40));
    const kept = Float64Array.from(rows.truth, (k) => (k === 2 ? 0.25 : 1));
    const like = simulated(6000, 2);
    const length = Float64Array.from(like.truth, (k) => (k === 2 ? 10 : 40));
    const found = classShares({ ...rows, points, kept }, { ...like, length });
    const shareOf = (list: typeof found.perLocalisation) => list!.map(({ share }) => share);
    expect(shareOf(found.perLocalisation)[2]).toBeCloseTo(0.2, 1);
    const [low, high] = found.withLosses![2].interval!;
    const share = shareOf(found.withLosses)[2];
    expect(low).toBeLessThan(share);
    expect(high).toBeGreaterThan(share);
    // Half but for the tracks of the one class that look like some of the other, with what is kept of them.
    expect(Math.abs(share - 0.5)).toBeLessThan(0.08);
  });

  it('says of which class nothing is known, and of no tracks', () => {
    const like = simulated(3000, 2);
    const two = outcomes(
      Int32Array.from({ length: 500 }, (_, i) => i % 2),
      {
        normal: () => 0.3,
        uniform: () => 0.9,
      } as never,
    );
    const [, , fast] = classShares(file(50, [1, 0, 0], 3), two).perParticle;
    expect(fast).toEqual({
      name: 'fast',
      share: Number.NaN,
      reason: 'no simulated track of this class',
    });
    const [slow] = classShares(file(0, [1, 0, 0], 3), like).perParticle;
    expect(slow).toEqual({ name: 'slow', share: Number.NaN, reason: 'no tracks' });
  });

  it('says which column does not fit', () => {
    const rows = file(5, [1, 0, 0], 3);
    const like = simulated(30, 2);
    const wrong = (other: object) => () => classShares({ ...rows, ...other }, like);
    expect(wrong({ probabilities: [1] })).toThrow(
      'observed.probabilities has 1 numbers: expected 5 rows of 3 classes',
    );
    expect(wrong({ probabilities: new Float32Array(15).fill(2), judged: [1, 1, 1, 1, 1] })).toThrow(
      'observed.probabilities of row 0 has 2: expected numbers from 0 to 1, or judged 0',
    );
    expect(wrong({ points: [1, 2, 3, 0, 5] })).toThrow(
      'observed.points[3] is 0: expected at least 1',
    );
    expect(wrong({ kept: [1, 1, 1, 1, 1] })).toThrow('observed.kept has 5 numbers');
    expect(wrong({ points: [1, 1, 1, 1, 1], kept: [1, 0, 1, 1, 1] })).toThrow(
      'observed.kept[1] is 0',
    );
    expect(() => classShares(rows, { ...like, truth: like.truth.map(() => 3) })).toThrow(
      'simulated.truth[0] is 3: expected a class from 0 to 2',
    );
    expect(() => classShares(rows, { ...like, alternatives: [[1]] })).toThrow(
      'simulated.alternatives[0] has 1 numbers: expected one of each of 30 rows',
    );
    expect(() => classShares(rows, { ...like, alternatives: [like.truth.map(() => -1)] })).toThrow(
      'simulated.alternatives[0][0] is -1: expected a weight of at least 0',
    );
    expect(() => classShares(rows, { ...like, truth: [0] })).toThrow(
      'simulated.truth has 1 numbers',
    );
    expect(() => classShares(rows, like, { confidence: 95 })).toThrow('confidence is 95');
  });
});
