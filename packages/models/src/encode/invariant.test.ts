import fc from 'fast-check';
import { closeTo, encodedBy, expectFinite, expectGapsTold, walk } from './encode.fixture.ts';
import { encodeInvariant, invariantChannels, invariantFeatures } from './invariant.ts';
import { trackNumbers } from './track-numbers.ts';

const encode = encodedBy({
  channels: invariantChannels,
  features: invariantFeatures,
  write: encodeInvariant,
});

/** Turned by Givens' rotations and, on request, mirrored. */
const turned = (positions: Float64Array, dim: number, angles: number[], mirror: boolean) => {
  const out = positions.slice();
  let k = 0;
  for (let a = 0; a < dim; a++) {
    for (let b = a + 1; b < dim; b++, k++) {
      const [c, s] = [Math.cos(angles[k]), Math.sin(angles[k])];
      for (let i = 0; i < out.length; i += dim) {
        const [x, y] = [out[i + a], out[i + b]];
        out[i + a] = c * x - s * y;
        out[i + b] = s * x + c * y;
      }
    }
  }
  if (mirror) for (let i = 0; i < out.length; i += dim) out[i] = -out[i];
  return out;
};

describe('encodeInvariant', () => {
  it('gives the six numbers per point of a 1D track', () => {
    // Steps −3, 1: upwards from first to last 3, −1; mean 1, s = 2. Positions 0, 3, 2 about 5/3, S = √(14/9).
    const s = 2;
    const S = Math.sqrt(14 / 9);
    const { out, features } = encode([10, 7, 8], 1);
    const rows = [
      [3, 0 - 5 / 3, -1],
      [-1, 3 - 5 / 3, 0],
      [0, 2 - 5 / 3, 1],
    ].flatMap(([step, x, time]) => [
      step / s,
      x / S,
      x / (8 * s),
      Math.log(Math.abs(step) / s + 0.01) / 2,
      0,
      time,
    ]);
    closeTo(out, rows, 1e-6);
    closeTo(
      features.slice(0, 4),
      [
        (Math.log(3) - 5) / 1.3,
        (Math.log(S / s) - 1.5) / 1.2,
        0,
        Math.log(4 / (s * s * 2) + 0.01) / 2,
      ],
      1e-6,
    );
  });

  it.each([1, 2, 3] as const)('of a %iD track knows no place, direction, hand or unit', (dim) => {
    const angle = fc.double({ min: -Math.PI, max: Math.PI, noNaN: true });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.array(angle, { minLength: 3, maxLength: 3 }),
        fc.boolean(),
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: -100, max: 100, noNaN: true }),
        (seed, angles, mirror, exponent, shift) => {
          const positions = walk(30, dim, seed);
          const plain = encode(positions, dim);
          const moved = encode(
            turned(positions, dim, angles, mirror).map((x) => 10 ** exponent * (x + shift)),
            dim,
          );
          closeTo(moved.out, plain.out, 1e-4);
          closeTo(moved.features, plain.features, 1e-4);
        },
      ),
      { numRuns: 60, seed: 1 },
    );
  });

  it.each([1, 2, 3] as const)(
    'knows none of them of a %iD track on a lattice that ends where it began',
    (dim) => {
      for (let seed = 0; seed < 100; seed++) {
        const steps = walk(12, dim, seed).map(Math.round);
        // There and back on another way; every third is a cross, whose tensor has no axes.
        const cross = [0, 1, 0, -1, 0].flatMap((x, t) =>
          Array.from({ length: dim }, (_, axis) => (axis === seed % dim ? x : [0, 0, 1, 0, 0][t])),
        );
        const positions =
          seed % 3 === 0
            ? Float64Array.from([...cross, ...cross.map((x) => 2 * x)])
            : Float64Array.from([...steps, ...steps.slice(0, dim)]);
        const plain = encode(positions, dim);
        const quarter = [Math.PI / 2, 0, Math.PI / 2];
        for (const [angles, mirror] of [
          [[0, 0, 0], true],
          [quarter, false],
          [quarter, true],
          [[0.6, 1.1, -0.4], false],
        ] as const) {
          const moved = encode(turned(positions, dim, [...angles], mirror), dim);
          closeTo(moved.out, plain.out, 1e-4);
          closeTo(moved.features, plain.features, 1e-4);
        }
      }
    },
  );

  it.each([1, 2, 3] as const)('gives finite numbers for whatever a %iD track is', (dim) => {
    expectFinite(encode, dim);
  });

  it('tells of missing frames by their number, and nothing else of frames in a row', () => {
    const missing = expectGapsTold(encode, invariantChannels(2));
    expect(missing[2]).toBeCloseTo(3 * (1 - 20 / 24), 6);
  });

  it('has numbers per track that are 0 in the mean of Brownian tracks', () => {
    const tracks = 300;
    const sums = new Float64Array(trackNumbers);
    const squares = new Float64Array(trackNumbers);
    for (let seed = 0; seed < tracks; seed++) {
      const { features } = encode(walk(400, 2, seed), 2);
      features.slice(-trackNumbers).forEach((value, i) => {
        sums[i] += value / tracks;
        squares[i] += value ** 2 / tracks;
      });
    }
    // The first fifteen are unbiased to the first order: slopes at short lags and the law of the displacements there.
    for (const i of [0, 1, 2, 3, 10, 11, 12]) {
      const error = Math.sqrt((squares[i] - sums[i] ** 2) / tracks);
      expect(Math.abs(sums[i])).toBeLessThan(4.5 * error + 0.02);
    }
    expect(squares.filter((square) => square > 0).length).toBeGreaterThan(20);
  });
});
