import { columnValue, selectTracks, Tracks, textColumn } from '@diffusion/tracks';
import { simulate } from '../simulate.ts';
import { measure, measured } from './measure.ts';

const common = { model: 'brownian', count: 30, length: { min: 2, max: 60 }, dim: 2 } as const;
const options = { ...common, seed: 5, D: 0.3 } as const;
const clean = simulate(options);

/** Three tracks as a program would read them: gaps, columns, units. */
const read = new Tracks({
  positions: Float64Array.from({ length: 24 }, (_, at) => at / 10),
  offsets: Uint32Array.of(0, 6, 11, 12),
  dim: 2,
  frames: Int32Array.of(0, 2, 3, 4, 7, 8, 5, 6, 7, 8, 9, 3),
  dt: 0.5,
  positionUnit: 'µm',
  timeUnit: 's',
  pointColumns: { intensity: Float32Array.from({ length: 12 }, (_, p) => p) },
  trackColumns: { label: textColumn(['a', 'b', 'a']), D: Float64Array.of(1, 2, 3) },
});

const numbers = (tracks: Tracks, name: string): number[] => [
  ...(tracks.trackColumns[name] as Float64Array),
];

describe('measure', () => {
  it.each([
    [{ sigma: 0.2 }, { noise: { sigma: 0.2 } }],
    [
      { snr: { min: 1, max: 4 }, noisePer: 'coordinate' },
      { noise: { snr: { min: 1, max: 4 }, per: 'coordinate' } },
    ],
    [{ q: 3 }, { noise: { q: 3 } }],
    [{ missed: 0.2, blinking: { meanOn: 5, meanOff: 2 } }],
    [{ drift: { velocity: [0.5, -1] }, quantization: 0.25 }],
    [
      { fieldOfView: { size: 4, minPoints: 3 }, drift: { speed: 0.1 }, sigma: 0.1 },
      { fieldOfView: { size: 4, minPoints: 3 }, drift: { speed: 0.1 }, noise: { sigma: 0.1 } },
    ],
  ] as [object, object?][])('does what simulate does: %j', (simulated, fields = simulated) => {
    const seen = measured(clean, { ...fields }, 5);
    expect(seen.data).toEqual(simulate({ ...options, ...simulated }).data);
  });

  it.each([
    [1, 20 * 8],
    [0.5, 19 * 8 + 4],
    [0.5, 20 * 8],
  ])('blurs fine paths as simulate does: exposure %p, %p points', (exposure, points) => {
    const blur = { exposure, substeps: 8 };
    const path = simulate({ ...options, length: points, dt: 1 / 8 });
    const seen = measured(path, { blur, noise: { snr: 2 }, missed: 0.1 }, 5);
    const simulated = simulate({ ...options, length: 20, blur, snr: 2, missed: 0.1 });
    expect(seen.data).toEqual(simulated.data);
  });

  it('counts the frames of fine paths, and keeps what each began with', () => {
    const path = new Tracks({
      positions: Float64Array.of(0, 1, 2, 3, 4, 5, 7, 9),
      offsets: Uint32Array.of(0, 6, 8),
      dim: 1,
      frames: Int32Array.of(4, 5, 6, 7, 8, 9, 0, 1),
      dt: 0.25,
      pointColumns: { state: Uint8Array.of(1, 1, 2, 2, 3, 3, 4, 4) },
      trackColumns: { label: textColumn(['a', 'b']) },
    });
    const seen = measure(path, { blur: { substeps: 2 }, seed: 1 });
    expect([...seen.positions]).toEqual([0.5, 2.5, 4.5, 8]);
    expect([[...seen.offsets], [...seen.frames!], seen.dt]).toEqual([[0, 3, 4], [2, 3, 4, 0], 0.5]);
    expect([...(seen.pointColumns.state as Uint8Array)]).toEqual([1, 2, 3, 4]);
    expect(columnValue(seen.trackColumns.label, 1)).toBe('b');
  });

  it.each([
    [clean, /^blur is \{"substeps":7\}: expected fine paths of 7 points per frame: track \d+ has/],
    [selectTracks(read, [1]), 'track 0 has 5 points, which are no whole frames'],
    [
      new Tracks({
        positions: new Float64Array(14),
        offsets: Uint32Array.of(0, 7, 14),
        dim: 1,
        frames: Int32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14),
      }),
      'expected fine paths of 7 points per frame: track 1 has a gap after its point 12',
    ],
    [
      new Tracks({
        positions: new Float64Array(7),
        offsets: Uint32Array.of(0, 7),
        dim: 1,
        frames: Int32Array.of(1, 2, 3, 4, 5, 6, 7),
      }),
      'track 0 begins at point 1, within a frame',
    ],
  ])('cannot blur what is no fine path', (tracks, message) => {
    expect(() => measure(tracks, { blur: { substeps: 7 }, seed: 1 })).toThrow(message);
  });

  it.each([{ sigma: 0.1 }, { snr: 5, per: 'coordinate' as const }])(
    'does not blur what was measured already, with %j',
    (noise) => {
      const seen = measure(simulate({ ...options, length: 14 }), { noise, seed: 1 });
      const column = 'sigma' in noise ? 'sigma' : 'sigma_x';
      expect(() => measure(seen, { blur: { substeps: 7 }, seed: 1 })).toThrow(
        `fine paths of 7 points per frame: the column ${column} says that these were measured already`,
      );
    },
  );

  it('drops the columns of the points that are not seen, and leaves the tracks given as they are', () => {
    const before = structuredClone(read.data);
    const seen = measure(read, {
      missed: 1 - 1e-12,
      noise: { sigma: 0 },
      quantization: 1,
      seed: 1,
    });
    // The first and the last point of a track are always seen.
    expect([...(seen.pointColumns.intensity as Float32Array)]).toEqual([0, 5, 6, 10, 11]);
    expect([...seen.frames!]).toEqual([0, 8, 5, 9, 3]);
    expect([...seen.positions]).toEqual([0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
    expect([0, 1, 2].map((i) => columnValue(seen.trackColumns.label, i))).toEqual(['a', 'b', 'a']);
    expect([seen.dt, seen.positionUnit, seen.timeUnit]).toEqual([0.5, 'µm', 's']);
    expect(structuredClone(read.data)).toEqual(before);
  });

  it('adds errors of its own to tracks that were simulated with the same seed', () => {
    const { D: _, ...still } = options;
    const noisy = simulate({ ...still, model: 'immobile', sigma: 1 });
    const twice = measure(noisy, { noise: { sigma: 1 }, seed: 5 });
    let covariance = 0;
    noisy.positions.forEach((x, at) => {
      covariance += x * (twice.positions[at] - x);
    });
    // A sum of products of independent normals: its deviation is the root of their number.
    expect(Math.abs(covariance)).toBeLessThan(4 * Math.sqrt(noisy.positions.length));
  });

  it('gives every piece the columns of its track', () => {
    const seen = measure(clean, { fieldOfView: { size: 2 }, seed: 1 });
    const track = numbers(seen, 'track');
    expect(seen.count).toBeGreaterThan(30);
    expect(numbers(seen, 'D')).toEqual(track.map((i) => numbers(clean, 'D')[i]));
    expect(seen.positions.every((x) => x >= 0 && x < 2)).toBe(true);
  });

  it('does to track i what the seed, i and the track say', () => {
    const all = { noise: { sigma: 1 }, drift: { speed: 1 }, missed: 0.3, seed: 9 };
    const few = measure(selectTracks(clean, [0, 1, 2, 3]), all);
    const many = measure(clean, all);
    expect([...few.positions]).toEqual([...many.positions.subarray(0, 2 * few.pointCount)]);
    expect(measure(clean, { ...all, seed: 10 }).positions[0]).not.toBe(many.positions[0]);
  });

  it('moves all tracks with the stage, by their frames and the time between them', () => {
    const moved = measure(read, { drift: { velocity: [2, -4] }, seed: 1 });
    read.frames!.forEach((frame, p) => {
      expect(moved.positions[2 * p] - read.positions[2 * p]).toBeCloseTo(frame, 12);
      expect(moved.positions[2 * p + 1] - read.positions[2 * p + 1]).toBeCloseTo(-2 * frame, 12);
    });
    expect(numbers(moved, 'drift_y')).toEqual([-4, -4, -4]);
    const again = measure(moved, { drift: { speed: 3 }, seed: 2 });
    const [x, y] = [numbers(again, 'drift_x'), numbers(again, 'drift_y')];
    expect(Math.hypot(x[0] - 2, y[0] + 4)).toBeCloseTo(3, 12);
    expect(new Set(x).size).toBe(1);
    const other = measure(moved, { drift: { speed: 3 }, seed: 3 });
    expect(numbers(other, 'drift_x')[0]).not.toBe(x[0]);
  });

  it('rounds to the grid of the pixels', () => {
    const { positions } = measure(clean, { quantization: 0.5, seed: 1 });
    positions.forEach((x, at) => {
      expect(x * 2).toBe(Math.round(x * 2));
      expect(Math.abs(x - clean.positions[at])).toBeLessThanOrEqual(0.25);
      expect(Object.is(x, -0)).toBe(false);
    });
  });

  it('blinks on where frames are missing', () => {
    // Bright and dark in turn: the even frames are seen, and the first and last of every track.
    const seen = measure(read, { blinking: { meanOn: 1, meanOff: 1 }, seed: 1 });
    expect([...seen.frames!]).toEqual([0, 2, 4, 8, 5, 7, 9, 3]);
  });

  it('adds up the errors', () => {
    const once = measure(read, { noise: { sigma: 3 }, seed: 1 });
    expect(numbers(once, 'sigma')).toEqual([3, 3, 3]);
    expect(numbers(measure(once, { noise: { sigma: 4 }, seed: 2 }), 'sigma')).toEqual([5, 5, 5]);
    const each = measure(once, { noise: { sigma: 4, per: 'coordinate' }, seed: 2 });
    expect([numbers(each, 'sigma_x'), each.trackColumns.sigma]).toEqual([[5, 5, 5], undefined]);
    expect(numbers(measure(each, { noise: { sigma: 12 }, seed: 3 }), 'sigma_y')).toEqual([
      13, 13, 13,
    ]);
  });

  it('has errors that differ between axes, and vary from point to point within their mean square', () => {
    const still = simulate({ model: 'immobile', count: 50, length: 1000, dim: 3, seed: 1 });
    const noise = { sigma: 0.2, axes: [1, 1.2, 3], variation: 0.4 };
    const seen = measure(still, { noise, seed: 1 });
    expect(seen.trackColumns.sigma).toBeUndefined();
    for (const [d, axis] of ['x', 'y', 'z'].entries()) {
      const sigma = 0.2 * noise.axes[d];
      const error = numbers(seen, `sigma_${axis}`)[0];
      expect(error).toBeCloseTo(sigma, 12);
      let [square, fourth] = [0, 0];
      for (let at = d; at < seen.positions.length; at += 3) {
        const e = seen.positions[at] / sigma;
        square += e ** 2 / 50_000;
        fourth += e ** 4 / 50_000;
      }
      // The fourth moment is 3 exp(4v²) = 5.69, so the square's mean spreads by √(4.69/50,000) = 0.0097; the eighth is
      // 105 exp(24v²) = 4885, so the fourth's spreads by 0.31. Four of each.
      expect(Math.abs(square - 1)).toBeLessThan(4 * 0.0097);
      expect(Math.abs(fourth - 3 * Math.exp(4 * 0.16))).toBeLessThan(4 * 0.31);
    }
    const constant = measure(still, { noise: { sigma: 0.2, variation: 0 }, seed: 1 });
    expect(constant.data).toEqual(measure(still, { noise: { sigma: 0.2 }, seed: 1 }).data);
  });

  it('cuts links that are longer than a search radius', () => {
    const line = new Tracks({
      positions: [0, 1, 2, 5, 6, 7, 20, 0, 3],
      offsets: [0, 7, 9],
      dim: 1,
      trackColumns: { id: Int32Array.of(4, 5) },
    });
    const cut = measure(line, { searchRadius: 2.5, seed: 1 });
    expect([...cut].map(({ positions }) => [...positions])).toEqual([
      [0, 1, 2],
      [5, 6, 7],
      [20],
      [0],
      [3],
    ]);
    expect([...cut.frames!]).toEqual([0, 1, 2, 3, 4, 5, 6, 0, 1]);
    expect(numbers(cut, 'id')).toEqual([4, 4, 4, 5, 5]);
    const long = measure(line, { searchRadius: { radius: 3, minPoints: 3 }, seed: 1 });
    expect([...long.positions]).toEqual([0, 1, 2, 5, 6, 7]);
    // What is not seen links nothing: with every other frame missing the links are twice as long.
    const blinking = { blinking: { meanOn: 1, meanOff: 1 }, searchRadius: 1.5, seed: 1 };
    const even = measure(
      new Tracks({ positions: [0, 1, 2, 3, 4], offsets: [0, 5], dim: 1 }),
      blinking,
    );
    expect(even.count).toBe(3);
    // Both cuts: pieces of the field of view are cut again.
    const both = measure(clean, { fieldOfView: { size: 2 }, searchRadius: 0.5, seed: 1 });
    for (const { positions: x } of both) {
      for (let at = 2; at < x.length; at += 2) {
        expect(Math.hypot(x[at] - x[at - 2], x[at + 1] - x[at - 1])).toBeLessThanOrEqual(0.5);
      }
    }
  });

  it('takes D from the tracks for Q, and heeds their speed', () => {
    const moving = new Tracks({
      ...read.data,
      trackColumns: { ...read.trackColumns, speed: Float64Array.of(NaN, 2, 0) },
    });
    const seen = measure(moving, { noise: { q: 2 }, seed: 1 });
    expect(numbers(seen, 'sigma')).toEqual([0.5, 2, 1.5].map((square) => Math.sqrt(square) / 2));
    const without = new Tracks({ ...read.data, trackColumns: {} });
    expect(() => measure(without, { noise: { q: 2 }, seed: 1 })).toThrow(
      'noise.q is undefined: expected tracks with a column D',
    );
  });

  it.each([
    [{ nosie: { sigma: 1 } }, 'nosie is {"sigma":1}: expected a known name; the nearest is noise'],
    [{ noise: {} }, 'noise is {}: expected exactly one of sigma, snr and q'],
    [{ drift: { speed: 1, velocity: [1, 0] } }, 'expected exactly one of velocity and speed'],
    [{ drift: { velocity: [1] } }, 'drift.velocity is [1]: expected a list of 2 numbers'],
    [{ drift: { velocity: [1, '0'] } }, 'drift.velocity[1] is "0": expected a number'],
    [{ noise: { sigma: 1, axes: [1] } }, 'noise.axes is [1]: expected a list of 2 numbers'],
    [{ noise: { sigma: 1, axes: [1, -1] } }, 'noise.axes[1] is -1: expected a number ≥ 0'],
    [{ noise: { sigma: 1, variation: -1 } }, 'noise.variation is -1: expected a number ≥ 0'],
    [{ searchRadius: 0 }, 'searchRadius is 0: expected a number > 0'],
    [{ searchRadius: { radius: '1' } }, 'searchRadius.radius is "1": expected a number > 0'],
    [{ searchRadius: { radius: 1, minPoints: 0 } }, 'searchRadius.minPoints is 0: expected'],
    [{ quantization: 0 }, 'quantization is 0: expected a number > 0'],
    [{ seed: 0.5 }, 'seed is 0.5: expected an integer'],
    [undefined, 'options is undefined: expected an object with seed, noise, blur'],
  ])('refuses %j', (wrong, message) => {
    expect(() => measure(read, (wrong && { seed: 1, ...wrong }) as never)).toThrow(message);
  });

  it('refuses what are no tracks', () => {
    expect(() => measure([] as never, { seed: 1 })).toThrow('tracks is []: expected a set of');
  });
});
