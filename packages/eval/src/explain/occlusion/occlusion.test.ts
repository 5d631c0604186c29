import { keyedRandom } from '@diffusion/random';
import { type Prediction, Tracks } from '@diffusion/tracks';
import type { Judge } from '../answers/explained-answers.ts';
import { deletionCurves } from '../faithfulness/deletion-curves.ts';
import { mostRelevantPoints } from '../points/relevant-points.ts';
import { shareWithin } from '../points/share-within.ts';
import { occlusion, windowsOf } from './occlusion.ts';

const LENGTH = 100;
const COUNT = 6;
const [FROM, TO] = [60, 72];

/** Brownian tracks, each with a stretch whose steps are five times as long. */
const positions = new Float64Array(COUNT * LENGTH);
for (let i = 0; i < COUNT; i++) {
  const random = keyedRandom(1, i);
  for (let t = 1; t < LENGTH; t++) {
    const step = (t > FROM && t < TO ? 5 : 1) * random.normal();
    positions[i * LENGTH + t] = positions[i * LENGTH + t - 1] + step;
  }
}
const tracks = new Tracks({
  positions,
  offsets: Array.from({ length: COUNT + 1 }, (_, i) => i * LENGTH),
  dim: 1,
  pointColumns: {
    burst: Array.from({ length: COUNT * LENGTH }, (_, p) =>
      Number(p % LENGTH >= FROM && p % LENGTH < TO),
    ),
  },
});

/** Looks at the six steps alone whose mean square is largest. */
const judge: Judge = {
  predict: async (given): Promise<Prediction> => {
    const largest = Array.from(given, ({ positions: x, length }) => {
      let most = 0;
      for (let t = 6; t < length; t++) {
        let squares = 0;
        for (let k = t - 5; k <= t; k++) squares += (x[k] - x[k - 1]) ** 2 / 6;
        most = Math.max(most, squares);
      }
      return Math.log(most);
    });
    const p = largest.map((s) => 1 / (1 + Math.exp(-6 * (s - 2))));
    return {
      count: given.count,
      classes: ['none', 'burst'],
      probabilities: Float32Array.from(p.flatMap((each) => [1 - each, each])),
      values: Float32Array.from(largest),
      reasons: p.map(() => undefined),
    };
  },
};
const laws = tracks.lengths();
const brownian = Array.from(laws, () => ({ alpha: 1, diffusion: 0.5, sigma: 0 }));

describe('occlusion', () => {
  it('finds the stretch that an answer goes by', async () => {
    const told: number[] = [];
    const found = await occlusion(tracks, judge, {
      target: 'burst',
      laws: brownian,
      onProgress: (done) => told.push(done),
    });
    expect([...found.target]).toEqual(new Array(COUNT).fill(1));
    // Twelve points of a hundred, and a stretch that hangs over an end of them counts, too.
    for (const share of shareWithin(
      tracks,
      found.points,
      tracks.pointColumns.burst as Float64Array,
    )) {
      expect(share).toBeGreaterThan(0.5);
    }
    for (const [best] of mostRelevantPoints(tracks, found.points, 5)) {
      expect(best).toBeGreaterThan(FROM - 5);
      expect(best).toBeLessThan(TO + 5);
    }
    expect(told.at(-1)).toBe(COUNT);
    const again = await occlusion(tracks, judge, { target: 'burst', laws: brownian });
    expect(again.points).toEqual(found.points);
    for (let i = 0; i < COUNT; i++) {
      let sum = found.absorbed[i];
      for (let p = 0; p < LENGTH; p++) sum += found.points[i * LENGTH + p];
      expect(sum).toBeCloseTo(found.output[i], 3);
    }
  });

  it('explains the exponent, and not what is not judged', async () => {
    const picky: Judge = {
      predict: async (given) => ({
        ...(await judge.predict(given)),
        reasons: Array.from(given, (_, i) =>
          given === tracks && i === 2 ? { kind: 'other' as const, text: 'no' } : undefined,
        ),
      }),
    };
    const known = brownian.map((law, i) => (i === 3 ? undefined : law));
    const found = await occlusion(tracks, picky, { target: 'exponent', laws: known });
    expect([...found.target]).toEqual(new Array(COUNT).fill(-1));
    expect(found.reasons.map((reason) => reason?.text.slice(0, 8))).toEqual([
      undefined,
      undefined,
      'no',
      'motion c',
      undefined,
      undefined,
    ]);
    expect(found.points.subarray(2 * LENGTH, 4 * LENGTH).every(Number.isNaN)).toBe(true);
    expect(found.points.subarray(0, 2 * LENGTH).some(Number.isNaN)).toBe(false);
  });

  it('covers a track with stretches of which the last ends with it', () => {
    expect(windowsOf(10, 4)).toEqual([
      [0, 4],
      [2, 6],
      [4, 8],
      [6, 10],
    ]);
    expect(windowsOf(3, 8)).toEqual([[0, 3]]);
    expect(windowsOf(5, 1).at(-1)).toEqual([4, 5]);
  });

  it.each<[object, string]>([
    [{ window: 0 }, 'window is 0: expected an integer of at least 1'],
    [{ draws: 1.5 }, 'draws is 1.5: expected an integer of at least 1'],
    [{ target: 'up' }, "target is 'up': expected class, none, burst, exponent"],
    [{ target: [0, 1, 2, 0, 0, 0] }, 'target[2] is 2: expected the code of class, none'],
    [{ target: [0] }, 'target has 1 codes: expected 6, one per track'],
    [{ windows: 3 }, 'unknown option'],
  ])('refuses %j', async (options, message) => {
    await expect(occlusion(tracks, judge, { laws: brownian, ...options })).rejects.toThrow(message);
  });
});

describe('deletionCurves', () => {
  const target = new Int32Array(COUNT).fill(1);
  const truth = Float32Array.from(tracks.pointColumns.burst as Float64Array);

  it('fall sooner and rise sooner by what is right than by any order, and later by what is wrong', async () => {
    const options = { laws: brownian, draws: 4 };
    const right = await deletionCurves(tracks, judge, { points: truth, target }, options);
    const wrong = await deletionCurves(
      tracks,
      judge,
      { points: truth.map((x) => -x), target },
      options,
    );
    expect(right.areas.deletion).toBeLessThan(right.areas.randomDeletion - 0.2);
    expect(right.areas.insertion).toBeGreaterThan(right.areas.randomInsertion + 0.2);
    expect(wrong.areas.deletion).toBeGreaterThan(right.areas.deletion + 0.3);
    expect(wrong.areas.insertion).toBeLessThan(right.areas.insertion - 0.3);
    expect(right.fractions).toHaveLength(11);
    expect(right.tracks).toBe(COUNT);
    // Nothing is drawn anew at one end of each, all at the other.
    expect(right.deletion[0]).toBeGreaterThan(0.95);
    expect(right.insertion[10]).toBe(right.deletion[0]);
    expect(right.deletion[10]).toBeLessThan(0.1);
  });

  it('leaves out what is not explained, and says where nothing is', async () => {
    const points = truth.map((x, p) => (p < LENGTH ? Number.NaN : x));
    const { tracks: count } = await deletionCurves(
      tracks,
      judge,
      { points, target },
      {
        laws: brownian,
        steps: 2,
        draws: 1,
      },
    );
    expect(count).toBe(COUNT - 1);
    const none = { points: truth.map(() => Number.NaN), target };
    await expect(deletionCurves(tracks, judge, none, { laws: brownian })).rejects.toThrow(
      'no track is explained',
    );
    await expect(deletionCurves(tracks, judge, { points, target }, { steps: 0 })).rejects.toThrow(
      'steps is 0: expected an integer of at least 1',
    );
  });
});
