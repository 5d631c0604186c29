import { keyedRandom } from '@diffusion/random';
import { Tracks } from '@diffusion/tracks';
import { ensembleTimeAveragedMsd } from './ensemble-time-averaged-msd.ts';
import { msdByClass } from './msd-by-class.ts';

/** Brownian tracks in the plane, the variance of a step 1 along each axis, 4 from the track `fast` on. */
function walks(count: number, length: number, fast: number, seed: number): Tracks {
  const random = keyedRandom(seed);
  const positions = new Float64Array(2 * count * length);
  for (let i = 0; i < count; i++) {
    for (let p = 1; p < length; p++) {
      for (let axis = 0; axis < 2; axis++) {
        const at = 2 * (i * length + p) + axis;
        positions[at] = positions[at - 2] + (i < fast ? 1 : 2) * random.normal();
      }
    }
  }
  const offsets = Uint32Array.from({ length: count + 1 }, (_, i) => i * length);
  return new Tracks({ positions, offsets, dim: 2, dt: 0.5 });
}

describe('msdByClass', () => {
  it('with weights of 1 and 0 is the mean over the pairs of the tracks of a class', () => {
    const tracks = walks(6, 30, 3, 1);
    const [slow, fast] = msdByClass(tracks, [1, 0, 1, 0, 1, 0, 0, 1, 0, 1, 0, 1], 2, { lags: 4 });
    const of = (rows: number[]) =>
      ensembleTimeAveragedMsd(
        new Tracks({
          positions: Float64Array.from(rows.flatMap((i) => [...tracks.at(i).positions])),
          offsets: Uint32Array.from([0, 30, 60, 90]),
          dim: 2,
          dt: 0.5,
        }),
        { lags: 4 },
      );
    for (const [curve, rows] of [
      [slow, [0, 1, 2]],
      [fast, [3, 4, 5]],
    ] as const) {
      const plain = of([...rows]);
      expect(Array.from(curve.times)).toEqual([0.5, 1, 1.5, 2]);
      expect(Array.from(curve.pairs)).toEqual(Array.from(plain.pairs));
      curve.values.forEach((value, i) => {
        expect(value).toBeCloseTo(plain.values[i], 10);
      });
    }
  });

  it('ends where fewer than ten displacements that do not overlap are left', () => {
    const one = walks(1, 61, 1, 2);
    const [curve] = msdByClass(one, [1], 1, { lags: 60 });
    // 61 − k pairs at the lag k: 56/5 is the last quotient of at least 10.
    expect(Array.from(curve.lags)).toEqual([1, 2, 3, 4, 5]);
    expect(
      Array.from(msdByClass(one, [1], 1, { lags: 60, leastDisplacements: 1 })[0].lags),
    ).toHaveLength(30);
    expect(msdByClass(one, [0.1], 1, { lags: 60 })[0].lags).toHaveLength(0);
    expect(msdByClass(one, [Number.NaN], 1)[0].lags).toHaveLength(0);
  });

  it('has a band that holds the law in 95 of 100 files, of one track and of many', () => {
    for (const [count, length, least] of [
      [1, 200, 0.9],
      [20, 20, 0.88],
    ] as const) {
      let holds = 0;
      for (let seed = 1; seed <= 300; seed++) {
        const tracks = walks(count, length, count, seed);
        const [{ lows, highs }] = msdByClass(tracks, new Float64Array(count).fill(1), 1, {
          lags: 3,
        });
        // Two axes and two steps of the variance 1.
        if (lows[1] < 4 && 4 < highs[1]) holds++;
      }
      expect(holds / 300).toBeGreaterThan(least);
      expect(holds / 300).toBeLessThan(0.995);
    }
  });

  it('refuses weights that are missing or negative', () => {
    const tracks = walks(2, 10, 2, 1);
    expect(() => msdByClass(tracks, [1], 1)).toThrow('weights has 1 numbers');
    expect(() => msdByClass(tracks, [1, -1], 1)).toThrow('weights[1] is -1');
    expect(() => msdByClass(tracks, [1, 1], 1, { leastDisplacements: 0 })).toThrow(
      'leastDisplacements is 0',
    );
  });
});
