import fc from 'fast-check';
import {
  coordinatewiseChannels,
  coordinatewiseEncoder,
  coordinatewiseFeatures,
  encodeCoordinatewise,
} from './coordinatewise.ts';
import { closeTo, encodedBy, expectFinite, expectGapsTold, walk } from './encode.fixture.ts';
import { trackNumbers } from './track-numbers.ts';

const encode = encodedBy({
  channels: coordinatewiseChannels,
  features: coordinatewiseFeatures,
  write: encodeCoordinatewise,
});

/** One walk per coordinate, with errors that differ. */
function noisyWalk(points: number, dim: number, seed: number): Float64Array {
  const positions = walk(points, dim, seed);
  const errors = walk(points, dim, seed + 1_000_000);
  for (let i = dim; i < positions.length; i++) {
    positions[i] += 0.7 * (i % dim) * (errors[i] - errors[i - dim]);
  }
  return positions;
}

const reordered = (positions: Float64Array, order: readonly number[]) => {
  const dim = order.length;
  return positions.map((_, i) => positions[i - (i % dim) + order[i % dim]]);
};

const ORDERS = {
  1: [[0]],
  2: [
    [0, 1],
    [1, 0],
  ],
  3: [
    [0, 1, 2],
    [1, 2, 0],
    [2, 1, 0],
  ],
} as const;

describe('encodeCoordinatewise', () => {
  it('gives the numbers of a 2D track, the smoother coordinate first', () => {
    // y: steps 3, −1, 1, 1: upwards. x: to and fro, 2, −2, 2, −2 + 0.5: the rougher one, ends above its beginning.
    const y = [10, 13, 12, 13, 14];
    const x = [0, 2, 0, 2, 0.5];
    const { out, features } = encode(
      x.flatMap((value, t) => [value, y[t]]),
      2,
    );
    const about = (values: number[]) => {
      const mean = values.reduce((sum, value) => sum + value / values.length, 0);
      return values.map((value) => value - mean);
    };
    const stepsOf = (values: number[]) => values.slice(1).map((value, t) => value - values[t]);
    const deviation = (values: number[]) =>
      Math.sqrt(about(values).reduce((sum, value) => sum + value ** 2 / values.length, 0));
    const [first, second] = [y, x].map((values) => ({
      s: deviation(stepsOf(values)),
      S: deviation(values),
      steps: [...stepsOf(values), 0],
      about: about(values),
    }));
    const rows = y.flatMap((_, t) => {
      const each = [first, second].map(({ s, S, steps, about }) => ({
        step: steps[t] / s,
        numbers: [
          steps[t] / s,
          about[t] / S,
          about[t] / (8 * s),
          Math.log(Math.abs(steps[t]) / s + 0.01) / 2,
        ],
      }));
      const mean = (each[0].step ** 2 + each[1].step ** 2) / 2;
      return [
        ...each.flatMap(({ numbers }) => numbers),
        Math.log(Math.sqrt(mean) + 0.01) / 2,
        0,
        -1 + t / 2,
      ];
    });
    closeTo(out, rows, 1e-5);
    const perCoordinate = 2 + trackNumbers;
    closeTo(features.slice(0, 2), [(Math.log(5) - 5) / 1.3, 0], 1e-6);
    for (const [i, { s, S }] of [first, second].entries()) {
      const net = [4, 0.5][i] / s;
      closeTo(
        features.slice(2 + i * perCoordinate, 4 + i * perCoordinate),
        [(Math.log(S / s) - 1.5) / 1.2, Math.log(net ** 2 / 4 + 0.01) / 2],
        1e-5,
      );
    }
  });

  it.each([1, 2, 3] as const)(
    'of a %iD track knows no place, hand or unit of a coordinate, and no order',
    (dim) => {
      const exponent = fc.double({ min: -6, max: 6, noNaN: true });
      fc.assert(
        fc.property(
          fc.integer({ min: 0, max: 1000 }),
          fc.array(exponent, { minLength: 3, maxLength: 3 }),
          fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
          fc.double({ min: -100, max: 100, noNaN: true }),
          fc.constantFrom<readonly number[]>(...ORDERS[dim]),
          (seed, exponents, mirrored, shift, order) => {
            const positions = noisyWalk(30, dim, seed);
            const plain = encode(positions, dim);
            const moved = reordered(positions, order).map((x, i) => {
              const axis = i % dim;
              return 10 ** exponents[axis] * (mirrored[axis] ? -1 : 1) * (x + shift);
            });
            const found = encode(moved, dim);
            closeTo(found.out, plain.out, 1e-4);
            closeTo(found.features, plain.features, 1e-4);
          },
        ),
        { numRuns: 60, seed: 1 },
      );
    },
  );

  it.each([
    ['three points', 3, undefined],
    ['frames 0, 2, 4, …', 40, 2],
  ] as const)(
    'knows no order of the coordinates where no lag tells which is smoother: %s',
    (_, points, gap) => {
      for (let seed = 0; seed < 20; seed++) {
        const positions = noisyWalk(points, 2, seed);
        const frames = gap && Array.from({ length: points }, (_, t) => gap * t);
        const [plain, found] = [positions, reordered(positions, [1, 0])].map((each) =>
          encode(each, 2, frames),
        );
        closeTo(found.out, plain.out, 1e-6);
        closeTo(found.features, plain.features, 1e-6);
      }
    },
  );

  it('keeps what a coordinate says beside one that is a million times larger', () => {
    const positions = noisyWalk(50, 2, 4);
    const far = positions.map((x, i) => (i % 2 ? 1e6 * x : x));
    closeTo(encode(far, 2).out, encode(positions, 2).out, 1e-4);
  });

  it('is blind to nothing but that: a turn changes it', () => {
    const positions = noisyWalk(50, 2, 4);
    const turned = positions.map((x, i) =>
      i % 2 ? 0.6 * x + 0.8 * positions[i - 1] : 0.6 * x - 0.8 * positions[i + 1],
    );
    const [plain, found] = [encode(positions, 2).out, encode(turned, 2).out];
    expect(Math.max(...plain.map((value, i) => Math.abs(value - found[i])))).toBeGreaterThan(0.1);
  });

  it.each([1, 2, 3] as const)('gives finite numbers for whatever a %iD track is', (dim) => {
    expectFinite(encode, dim);
  });

  it('tells of missing frames by their number, and nothing else of frames in a row', () => {
    const missing = expectGapsTold(encode, coordinatewiseChannels(2));
    expect(missing[1]).toBeCloseTo(3 * (1 - 20 / 24), 6);
  });

  it('has a name for every number', () => {
    for (const dim of [1, 2, 3] as const) {
      expect(coordinatewiseEncoder.origins?.(dim, {})).toHaveLength(coordinatewiseChannels(dim));
      const names = coordinatewiseEncoder.featureNames?.(dim, {}) ?? [];
      expect(new Set(names).size).toBe(coordinatewiseFeatures(dim));
    }
  });
});
