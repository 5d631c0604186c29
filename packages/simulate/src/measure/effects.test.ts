import type { Tracks } from '@diffusion/tracks';
import { simulate, simulationFrom } from '../simulate.ts';

const column = (tracks: Tracks, name: string): Float64Array =>
  tracks.trackColumns[name] as Float64Array;

/** Steps of every coordinate of every track, and the covariance of neighbouring ones. */
function stepMoments(tracks: Tracks): { variance: number; lag1: number; pairs: number } {
  const { dim } = tracks;
  let variance = 0;
  let lag1 = 0;
  let steps = 0;
  let pairs = 0;
  for (const { positions: x } of tracks) {
    for (let at = dim; at < x.length; at++) {
      const step = x[at] - x[at - dim];
      variance += step * step;
      steps++;
      if (at + dim < x.length) {
        lag1 += step * (x[at + dim] - x[at]);
        pairs++;
      }
    }
  }
  return { variance: variance / steps, lag1: lag1 / pairs, pairs };
}

describe('motion blur', () => {
  // Berglund (2010): var = 2DΔt(1 − 2R) + 2σ², lag-1 covariance = 2DΔt·R − σ². With S places per exposure R is
  // (S² − 1)/(6 S²); with exposure of half the frame and S/2 places R is half of that of S/2 places.
  it.each([
    [1, 10, 0.99 / 6],
    [1, 50, 0.9996 / 6],
    [0.5, 20, 0.99 / 12],
  ])('leaves Berglund’s R: exposure %p, %p places', (exposure, substeps, R) => {
    const options = { model: 'brownian', count: 300, length: 400, dim: 1, D: 2, dt: 0.5 } as const;
    const tracks = simulate({ ...options, seed: 1, blur: { exposure, substeps }, sigma: 0.3 });
    const { variance, lag1, pairs } = stepMoments(tracks);
    // The products spread by about 2, their mean by 2/√120,000: 0.0058; four of them.
    const tolerance = (4 * 2) / Math.sqrt(pairs);
    expect(Math.abs(variance - (2 * (1 - 2 * R) + 2 * 0.09))).toBeLessThan(1.5 * tolerance);
    expect(Math.abs(lag1 - (2 * R - 0.09))).toBeLessThan(tolerance);
  });

  it.each([
    ['immobile', {}],
    ['directed', { R: 5 }],
    ['confined', { B: 3 }],
    ['fbm', { alpha: 0.5 }],
    ['ctrw', { alpha: 0.7 }],
    ['levy-walk', { alpha: 1.5 }],
    ['attm', { alpha: 0.7 }],
    ['sbm', { alpha: 0.5 }],
  ])('of %s is between the places of the sharp path', (model, parameters) => {
    const common = { model, count: 300, length: 60, dim: 1 as const, seed: 3, ...parameters };
    const sharp = stepMoments(simulationFrom(common).generate()).variance;
    const blurred = stepMoments(
      simulationFrom({ ...common, blur: { substeps: 5 } }).generate(),
    ).variance;
    expect(blurred).toBeLessThanOrEqual(sharp * 1.15);
    expect(blurred).toBeGreaterThanOrEqual(sharp * 0.3);
  });

  it.each([
    ['fbm', { alpha: 0.5 }, 1],
    ['ctrw', { alpha: 1 }, 1],
    ['sbm', { alpha: 1.5 }, 1],
    ['levy-walk', { alpha: 1.5 }, 1],
    ['attm', { alpha: 0.8 }, 1],
  ])(
    'of %s averages places of the same law: one place per exposure is the sharp path',
    (model, parameters, frame) => {
      // With an exposure of one place nothing is averaged, whatever the number of places on the path.
      const common = { model, count: 20_000, length: 12, dim: 1 as const, ...parameters };
      const square = (tracks: Tracks): Float64Array =>
        Float64Array.from({ length: tracks.count }, (_, i) => tracks.positions[12 * i + 11] ** 2);
      const trimmed = (values: Float64Array): number =>
        values
          .sort()
          .slice(0, 18_000)
          .reduce((a, b) => a + b) / 18_000;
      const sharp = trimmed(square(simulationFrom({ ...common, seed: 1 }).generate()));
      const fine = trimmed(
        square(
          simulationFrom({
            ...common,
            seed: 2,
            blur: { exposure: 0.2 * frame, substeps: 5 },
          }).generate(),
        ),
      );
      // The trimmed mean of squares has a deviation of about 1 % of its value; five of the difference.
      expect(Math.abs(fine / sharp - 1)).toBeLessThan(0.07);
    },
  );
});

describe('localisation error', () => {
  it('by SNR is the deviation of the track’s own displacements over σ, per track or per coordinate', () => {
    const options = { model: 'fbm', count: 50, length: 100, dim: 2, seed: 4, alpha: 0.8 } as const;
    const clean = simulate(options);
    const noisy = simulate({ ...options, snr: 3 });
    const each = simulate({ ...options, snr: 3, noisePer: 'coordinate' });
    const deviation = (i: number, d: number): number => {
      const { positions: x } = clean.at(i);
      const steps = Array.from({ length: 99 }, (_, k) => x[2 * k + 2 + d] - x[2 * k + d]);
      const mean = steps.reduce((a, b) => a + b) / 99;
      return Math.sqrt(steps.reduce((a, b) => a + (b - mean) ** 2, 0) / 99);
    };
    for (let i = 0; i < 50; i++) {
      const [x, y] = [deviation(i, 0), deviation(i, 1)];
      expect(Math.sqrt((x * x + y * y) / 2) / column(noisy, 'sigma')[i]).toBeCloseTo(3, 9);
      expect(x / column(each, 'sigma_x')[i]).toBeCloseTo(3, 9);
      expect(y / column(each, 'sigma_y')[i]).toBeCloseTo(3, 9);
    }
    // 10,000 errors in units of σ: their mean square is 1 ± √(2/10,000); five deviations.
    let sum = 0;
    for (let i = 0; i < 50; i++) {
      const sigma = column(noisy, 'sigma')[i];
      for (let at = 200 * i; at < 200 * (i + 1); at++) {
        sum += ((noisy.positions[at] - clean.positions[at]) / sigma) ** 2;
      }
    }
    expect(Math.abs(sum / 10_000 - 1)).toBeLessThan(5 * Math.sqrt(2 / 10_000));
  });

  it('by Q is √(DΔt + (vΔt)²) over σ', () => {
    const common = { count: 3, length: 50, dim: 2, seed: 5, dt: 0.1, D: 2, q: 4 } as const;
    expect(column(simulate({ ...common, model: 'brownian' }), 'sigma')[0]).toBe(Math.sqrt(0.2) / 4);
    const directed = simulate({ ...common, model: 'directed', speed: 5 });
    expect(column(directed, 'sigma')[0]).toBeCloseTo(Math.sqrt(0.2 + 0.25) / 4, 12);
  });

  it('is drawn per track, from a range or a list', () => {
    const common = { model: 'brownian', count: 200, length: 2, dim: 1, seed: 6 } as const;
    const list = column(simulate({ ...common, sigma: [0.1, 0.5] }), 'sigma');
    expect(new Set(list)).toEqual(new Set([0.1, 0.5]));
    const range = column(simulate({ ...common, sigma: { min: 1, max: 2 } }), 'sigma');
    expect(Math.min(...range)).toBeGreaterThanOrEqual(1);
    expect(Math.max(...range)).toBeLessThan(2);
    expect(new Set(range).size).toBe(200);
  });
});

describe('what is asked for is there in expectation', () => {
  it.each([1, 2, 3] as const)('R of directed motion in %iD: E[net²/(2·dim·DT)] = R + 1', (dim) => {
    const tracks = simulate({
      model: 'directed',
      count: 20_000,
      length: 30,
      dim,
      seed: 7,
      R: 3,
      D: 2,
      dt: 0.1,
    });
    let sum = 0;
    let square = 0;
    for (const { positions: x } of tracks) {
      let net = 0;
      for (let d = 0; d < dim; d++) net += x[x.length - dim + d] ** 2;
      const estimate = net / (2 * dim * 2 * 29 * 0.1);
      sum += estimate / 20_000;
      square += estimate ** 2 / 20_000;
    }
    expect(Math.abs(sum - 4)).toBeLessThan(4 * Math.sqrt((square - sum ** 2) / 20_000));
  });

  it.each([1, 2, 3] as const)('confined tracks stay inside and fill the room in %iD', (dim) => {
    const common = {
      model: 'confined',
      count: 200,
      length: 200,
      dim,
      seed: 8,
      B: 20,
      D: 3,
      dt: 0.1,
    } as const;
    const tracks = simulate(common);
    const radius = column(tracks, 'radius')[0];
    expect((3 * 199 * 0.1) / radius ** 2).toBeCloseTo(20, 9);
    let last = 0;
    let farthest = 0;
    for (const { positions: x } of tracks) {
      for (let at = 0; at < x.length; at += dim) {
        let square = 0;
        for (let d = 0; d < dim; d++) square += x[at + d] ** 2;
        if (square > farthest) farthest = square;
        if (at === x.length - dim) last += square / 200;
      }
    }
    expect(farthest).toBeLessThan(radius ** 2);
    expect(farthest).toBeGreaterThan(0.95 * radius ** 2);
    // Uniform in the room after many times r²/D: ⟨r²⟩ = dim/(dim + 2) r², deviation below 0.3 r² per track; four errors.
    expect(Math.abs(last / radius ** 2 - dim / (dim + 2))).toBeLessThan((4 * 0.3) / Math.sqrt(200));
  });

  it('a confined track can start anywhere inside', () => {
    const tracks = simulate({
      model: 'confined',
      count: 4000,
      length: 2,
      dim: 2,
      seed: 9,
      radius: 1,
      D: 1e-6,
      start: 'uniform',
    });
    // From the origin of the track the wall is not known; but with steps of the size of the room it shows.
    expect(column(tracks, 'radius')[0]).toBe(1);
    const wide = simulate({
      model: 'confined',
      count: 4000,
      length: 2,
      dim: 2,
      seed: 9,
      radius: 1,
      D: 5,
      start: 'uniform',
    });
    let sum = 0;
    for (const { positions: x } of wide) sum += (x[2] ** 2 + x[3] ** 2) / 4000;
    // Two independent uniform places in a unit circle are ⟨r²⟩ = 1 apart; from the centre it would be ½.
    expect(sum).toBeGreaterThan(0.95);
    expect(sum).toBeLessThan(1.05);
  });

  it('an immobile particle does not move', () => {
    const tracks = simulate({ model: 'immobile', count: 2, length: 9, dim: 3, seed: 1 });
    expect(tracks.positions.every((x) => x === 0)).toBe(true);
  });
});

describe('what the camera does not see', () => {
  it('missed frames are gaps, with the probability asked for, never at the ends', () => {
    const tracks = simulate({
      model: 'brownian',
      count: 300,
      length: 102,
      dim: 2,
      seed: 10,
      missed: 0.3,
    });
    // 30,000 frames: 70 % ± 0.26 %; four deviations.
    expect(Math.abs((tracks.pointCount - 600) / 30_000 - 0.7)).toBeLessThan(0.0106);
    for (const { frames } of tracks) {
      expect([frames?.[0], frames?.at(-1)]).toEqual([0, 101]);
    }
    const whole = simulate({ model: 'brownian', count: 300, length: 102, dim: 2, seed: 10 });
    const { frames, positions } = tracks.at(5);
    for (let k = 0; k < positions.length / 2; k++) {
      expect(positions[2 * k]).toBe(whole.at(5).positions[2 * (frames?.[k] ?? 0)]);
    }
  });

  it('blinking has bright and dark spells of the mean length asked for', () => {
    const tracks = simulate({
      model: 'immobile',
      count: 200,
      length: 2000,
      dim: 1,
      seed: 11,
      blinking: { meanOn: 20, meanOff: 5 },
    });
    let dark = 0;
    let spells = 0;
    for (const { frames } of tracks) {
      for (let k = 1; k < (frames?.length ?? 0); k++) {
        const gap = (frames?.[k] ?? 0) - (frames?.[k - 1] ?? 0) - 1;
        if (gap > 0) {
          dark += gap;
          spells++;
        }
      }
    }
    // 16,000 spells of mean 5 and deviation 4.5.
    expect(Math.abs(dark / spells - 5)).toBeLessThan((4 * 4.5) / Math.sqrt(spells));
    expect(Math.abs(dark / 400_000 - 0.2)).toBeLessThan(0.01);
  });

  it('a field of view cuts a track at every exit and keeps its number', () => {
    const options = { model: 'brownian', count: 40, length: 400, dim: 2, seed: 12, D: 1 } as const;
    const tracks = simulate({ ...options, fieldOfView: { size: 10, minPoints: 5 } });
    const number = column(tracks, 'track');
    expect(tracks.count).toBeGreaterThan(45);
    expect(Math.max(...number)).toBeLessThan(40);
    for (const track of tracks) {
      expect(track.length).toBeGreaterThanOrEqual(5);
      expect(track.positions.every((x) => x >= 0 && x < 10)).toBe(true);
      const frames = [...(track.frames ?? [])];
      expect(frames.at(-1)).toBe(frames[0] + track.length - 1);
    }
    // The field is a window on the path that there would be without it.
    const whole = simulate(options);
    const [piece, from] = [tracks.at(3), tracks.at(3).frames?.[0] ?? 0];
    const path = whole.at(number[3]).positions;
    expect(piece.positions[2] - piece.positions[0]).toBeCloseTo(
      path[2 * from + 2] - path[2 * from],
      12,
    );
  });
});
