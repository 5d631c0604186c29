import { keyedRandom } from '@diffusion/random';
import { dataSetFrom } from '../data-set.ts';
import { andi2Tracks } from './andi2-tracks.ts';
import { drawAnyExperiment } from './draw-any-experiment.ts';
import { ANDI2_MODELS } from './experiment.ts';
import { record } from './record.ts';
import { segmentsOf } from './segments.ts';

describe('andi2Tracks', () => {
  const set = andi2Tracks({ count: 400, seed: 3, length: 60 });
  const tracks = set.generate();

  it('gives whole tracks of the length asked for, with segments of at least 3 points', () => {
    expect(tracks.count).toBe(400);
    expect([...tracks].every(({ length }) => length === 60)).toBe(true);
    expect([...tracks.positions].every(Number.isFinite)).toBe(true);
    let changes = 0;
    for (let i = 0; i < tracks.count; i++) {
      const segments = segmentsOf(tracks, i);
      changes += segments.length - 1;
      expect(Math.min(...segments.map(({ begin, end }) => end - begin))).toBeGreaterThanOrEqual(3);
    }
    expect(changes).toBeGreaterThan(100);
  });

  it('has every state, and neither α nor D where nothing moves', () => {
    const { state, alpha, D } = tracks.pointColumns as Record<string, Float64Array>;
    expect(new Set(state)).toEqual(new Set([0, 1, 2, 3]));
    for (let k = 0; k < tracks.pointCount; k++) {
      expect(state[k] === 0).toBe(D[k] === 0);
      expect(state[k] === 3 ? alpha[k] : 1.9).toBeGreaterThanOrEqual(1.9);
    }
  });

  it('makes track i alone, in any batch, and from its specification', () => {
    const again = dataSetFrom(JSON.parse(JSON.stringify(set.specification)));
    const part = again.generate(13, 15);
    const points = 60 * 2;
    expect([...part.positions]).toEqual([...tracks.positions.slice(13 * points, 15 * points)]);
    expect([...(part.trackColumns.track as Float64Array)]).toEqual([13, 14]);
  });

  it('has the localisation error that it is told', () => {
    const still = { ...set.specification, sigma: 0.5, count: 2000 };
    const other = dataSetFrom(still).generate();
    const { state } = other.pointColumns as Record<string, Uint8Array>;
    const squares: number[] = [];
    for (let k = 0; k + 1 < other.pointCount; k++) {
      if (state[k] !== 0 || state[k + 1] !== 0 || (k + 1) % 60 === 0) continue;
      squares.push((other.positions[2 * k + 2] - other.positions[2 * k]) ** 2);
    }
    squares.sort((a, b) => a - b);
    // The median of the square of a difference of two errors; spells of a frame or two, smoothed away, are few.
    const median = 0.4549 * 2 * 0.5 ** 2;
    expect(squares.length).toBeGreaterThan(1000);
    expect(squares[squares.length >> 1] / median).toBeGreaterThan(0.9);
    expect(squares[squares.length >> 1] / median).toBeLessThan(1.15);
  });

  it.each([
    [{ length: 2 }, 'length is 2: expected an integer from 3 to'],
    [{ sigma: { min: 0, max: 1 } }, 'sigma.min is 0: expected a number > 0'],
    [{ lenght: 20 }, 'lenght is 20: expected a known name; the nearest is length'],
  ])('refuses %p', (change, message) => {
    expect(() => andi2Tracks({ count: 1, seed: 1, ...change } as never)).toThrow(message);
  });
});

it('draws experiments of every kind, all of which run', () => {
  const seen = new Set<string>();
  for (let e = 0; e < 60; e++) {
    const experiment = drawAnyExperiment(keyedRandom(1, e), 2, 10);
    seen.add(experiment.model);
    expect(record(experiment, keyedRandom(2, e)).positions.every(Number.isFinite)).toBe(true);
  }
  expect(seen).toEqual(new Set(ANDI2_MODELS));
});
