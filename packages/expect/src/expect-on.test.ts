import { useBackend } from '@diffusion/backends';
import type { TrackModel } from '@diffusion/models';
import { motion } from '@diffusion/simulate';
import { mostProbable, type TextColumn, Tracks } from '@diffusion/tracks';
import { loadPretrained } from '@diffusion/weights';
import { ExpectError } from './errors.ts';
import { expectOn } from './expect-on.ts';
import { outcomesOn } from './outcomes-on.ts';

/** A test simulates some thousand tracks. */
const PATIENCE = 300_000;

let model: TrackModel;

beforeAll(async () => {
  await useBackend('wasm');
  model = await loadPretrained('motion-2d');
}, PATIENCE);

afterAll(() => model.dispose());

const file = (count: number, laws: readonly string[], length = 60) =>
  motion({ dim: 2, count, seed: 3, length, laws, ranges: { q: { min: 1, max: 5 } } }).generate();

describe('expectOn', () => {
  it(
    'gives rows that are like the tracks of the file: their frames, their steps, their units',
    async () => {
      const tracks = new Tracks({
        ...file(60, ['brownian', 'directed']).data,
        ...{ dt: 0.02, positionUnit: 'µm', timeUnit: 's' },
      });
      const { outcomes } = await expectOn(tracks, model, { count: 300 });
      const { truth, like, length, weight, probabilities, judged, diffusion } = outcomes;
      const rows = truth.length;
      expect(rows).toBeGreaterThanOrEqual(300);
      expect(await outcomesOn(tracks, model, { count: 300 })).toEqual(outcomes);
      expect(Array.from(length)).toEqual(Array.from(like, (i) => tracks.lengthOf(i)));
      expect(weight.reduce((a, b) => a + b, 0)).toBeCloseTo(rows, 6);
      // Other weights of the rows of a class have the mean 1 but for the finite number of rows.
      expect(outcomes.alternatives).toHaveLength(50);
      const mean = outcomes.alternatives.reduce(
        (sum, other) => sum + other.reduce((a, b, r) => a + b * weight[r], 0) / (50 * rows),
        0,
      );
      expect(Math.abs(mean - 1)).toBeLessThan(0.15);
      expect(judged.every((of) => of === 1)).toBe(true);
      expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
      // D is per second: what moves by a step a frame has D = step²/(2·dt).
      const brownian = outcomes.classes.indexOf('brownian');
      const own = (tracks.trackColumns.D as Float64Array).map((D) => Math.log(D / 0.02));
      const ours = Array.from(diffusion)
        .filter((_, r) => truth[r] === brownian)
        .map(Math.log);
      const median = (of: ArrayLike<number>) => Float64Array.from(of).sort()[of.length >> 1];
      expect(Math.abs(median(ours) - median(own))).toBeLessThan(1);
    },
    PATIENCE,
  );

  it(
    'finds the shares of a file, and a recall that holds on it',
    async () => {
      const tracks = file(120, ['brownian', 'directed'], 100);
      const { classes } = await expectOn(tracks, model, { count: 500 });
      const { codes, dictionary } = tracks.trackColumns.label as TextColumn;
      const answer = await model.predict(tracks);
      const called = mostProbable(answer.probabilities!, classes.length, classes.length);
      for (const name of ['brownian', 'directed']) {
        const { recall, share } = classes.find((each) => each.name === name)!;
        const own = Array.from(codes.keys()).filter((i) => dictionary[codes[i]] === name);
        const right = own.filter((i) => classes[called[i]].name === name).length / own.length;
        expect(right).toBeGreaterThanOrEqual(recall.low - 0.02);
        expect(right).toBeLessThanOrEqual(recall.high + 0.02);
        expect(Math.abs(share.value - own.length / 120)).toBeLessThan(0.12);
      }
      expect(classes.find(({ name }) => name === 'immobile')!.share.value).toBeLessThan(0.03);
    },
    PATIENCE,
  );

  it(
    'is the same for the same seed',
    async () => {
      const tracks = file(30, ['brownian']);
      const first = await expectOn(tracks, model, { count: 200 });
      // What the model said of the tracks is asked only where nobody gives it.
      const prediction = await model.predict(tracks);
      expect(await expectOn(tracks, model, { count: 200, prediction })).toEqual(first);
      await expect(outcomesOn(file(31, ['brownian']), model, { prediction })).rejects.toThrow(
        'prediction is of 30 tracks: expected that of the 31 that tracks has',
      );
    },
    PATIENCE,
  );

  it(
    'goes through files of one track, of one point, of two on a coarse grid, and of what never moves',
    async () => {
      const single = file(1, ['brownian'], 20);
      const point = new Tracks({ positions: [1, 2], offsets: [0, 1], dim: 2 });
      const coarse = new Tracks({ positions: [1.5, 2, 2.5, 3], offsets: [0, 2], dim: 2 });
      const still = new Tracks({ positions: new Float64Array(40), offsets: [0, 20], dim: 2 });
      for (const tracks of [single, point, coarse, still]) {
        const { outcomes, refused, classes } = await expectOn(tracks, model, { count: 100 });
        expect(outcomes.truth.length).toBeGreaterThanOrEqual(100);
        expect(refused).toBe(tracks === point || tracks === coarse ? 1 : 0);
        expect(classes.reduce((sum, { share }) => sum + share.value, 0)).toBeCloseTo(1, 6);
      }
    },
    PATIENCE,
  );

  it(
    'refuses what it cannot do',
    async () => {
      const none = new Tracks({ positions: [], offsets: [0], dim: 2 });
      await expect(expectOn(none, model)).rejects.toThrow(ExpectError);
      const tracks = file(2, ['brownian']);
      await expect(expectOn(tracks, model, { count: 3 })).rejects.toThrow(/count is 3/);
      await expect(expectOn(tracks, model, { exposure: 2 })).rejects.toThrow(/exposure is 2/);
      const other = {
        predict: async () => ({ classes: ['ND'], probabilities: new Float32Array(2), reasons: [] }),
      };
      await expect(expectOn(tracks, other as unknown as TrackModel)).rejects.toThrow(
        /model has the class "ND": expected those of the prior 'motion'/,
      );
    },
    PATIENCE,
  );
});
