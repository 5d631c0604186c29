import fc from 'fast-check';
import { closeTo, encodedBy, walk } from './encode.fixture.ts';
import { encodeMultiscale, multiscaleChannels, multiscaleFeatures } from './multiscale.ts';

const encode = encodedBy({
  channels: multiscaleChannels,
  features: multiscaleFeatures,
  write: encodeMultiscale,
});

describe('encodeMultiscale', () => {
  it('gives the four numbers per point and the two per track', () => {
    // Steps 3, −1: mean 1, s = 2. Positions 0, 3, 2: mean 5/3, S = √(14/9).
    const s = 2;
    const S = Math.sqrt(14 / 9);
    const { out, features } = encode([10, 13, 12], 1);
    const rows = [
      [3, 0 - 5 / 3],
      [-1, 3 - 5 / 3],
      [0, 2 - 5 / 3],
    ].flatMap(([step, x]) => [
      step / s,
      x / S,
      x / (8 * s),
      Math.log(Math.abs(step) / s + 0.01) / 2,
    ]);
    closeTo(out, rows, 1e-6);
    closeTo(features, [(Math.log(3) - 5) / 1.3, (Math.log(S / s) - 1.5) / 1.2], 1e-6);
  });

  it.each([1, 2, 3] as const)('has every coordinate of a %iD track stand alone', (dim) => {
    const positions = walk(40, dim, 3);
    const { out, features } = encode(positions, dim);
    for (let axis = 0; axis < dim; axis++) {
      const alone = encode(
        positions.filter((_, i) => i % dim === axis),
        1,
      );
      expect(out.filter((_, i) => Math.floor(i / 4) % dim === axis)).toEqual(alone.out);
      expect(features[1 + axis]).toBe(alone.features[1]);
    }
  });

  it('knows no units and no origin', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1000 }),
        fc.double({ min: -20, max: 20, noNaN: true }),
        fc.double({ min: -1e3, max: 1e3, noNaN: true }),
        (seed, exponent, shift) => {
          const positions = walk(30, 2, seed);
          const scale = 10 ** exponent;
          const plain = encode(positions, 2);
          const moved = encode(
            positions.map((x) => scale * (x + shift)),
            2,
          );
          closeTo(moved.out, plain.out, 1e-4);
          closeTo(moved.features, plain.features, 1e-4);
        },
      ),
    );
  });

  it.each([
    ['a flight of 10¹⁶ among small steps', walk(200, 1, 1).map((x, t) => (t > 90 ? x + 1e16 : x))],
    ['a straight flight to 10¹⁶', Float64Array.from({ length: 999 }, (_, t) => 1e13 * t)],
    ['steps of 10⁻³⁰⁰', walk(50, 1, 2).map((x) => x * 1e-300)],
    ['an immobile track', new Float64Array(30).fill(7e5)],
    ['two points', Float64Array.of(1, 2)],
    ['one point', Float64Array.of(4)],
  ])('gives finite numbers of bounded size for %s', (_, positions) => {
    const { out, features } = encode(positions, 1);
    for (const value of [...out, ...features]) {
      expect(Number.isFinite(value)).toBe(true);
      expect(Math.abs(value)).toBeLessThan(1000);
    }
  });

  it('shows an immobile track as one without displacements and positions', () => {
    const empty = Math.fround(Math.log(0.01) / 2);
    expect(encode([5, 5], 1).out).toEqual([0, 0, 0, empty, 0, 0, 0, empty]);
  });

  it('divides a displacement over missing frames by the root of the frames it took', () => {
    // Steps 2/√4 and 1 and −1: mean 1/3, s² = 1 − 1/9.
    const s = Math.sqrt(8 / 9);
    const { out } = encode([0, 2, 3, 2], 1, [0, 4, 5, 6]);
    expect(out[0]).toBeCloseTo(1 / s, 6);
    expect(out[4]).toBeCloseTo(1 / s, 6);
  });
});
