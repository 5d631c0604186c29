import type { Tracks } from '@diffusion/tracks';
import fc from 'fast-check';
import { oneLengthTracks } from './one-length-tracks.ts';
import type { OneLengthSpecification } from './source.ts';
import { sourceOf } from './source-of.ts';

const specification: OneLengthSpecification = {
  dataSets: [
    { preset: 'andi2020', task: 1, dim: 2 },
    { preset: 'andi2020', task: 2, dim: 2 },
  ],
  length: { min: 5, max: 24 },
  pointsPerBatch: 60,
  tracksPerBatch: { min: 3, max: 8 },
  seed: 4,
};
const lengthsOf = (tracks: Tracks) =>
  Array.from({ length: tracks.count }, (_, i) => tracks.lengthOf(i));

describe('oneLengthTracks', () => {
  const source = oneLengthTracks(specification);

  it.each([0, 1])(
    'shows every length once in epoch %i, in batches of about as many points',
    (e) => {
      const edges = Array.from(source.edges!(e));
      expect(edges.at(-1)).toBe(source.perEpoch);
      const lengths = edges.slice(1).map((to, b) => {
        const batch = source.take(e, edges[b], to);
        const [length] = lengthsOf(batch);
        expect(new Set(lengthsOf(batch)).size).toBe(1);
        expect(batch.count).toBe(Math.min(8, Math.max(3, Math.round(60 / length))));
        return length;
      });
      expect(lengths).not.toEqual([...lengths].sort((a, b) => a - b));
      expect(lengths.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 5));
    },
  );

  it('shows as many of each octave where lengths are spread by their logarithm', () => {
    const byLogarithm = oneLengthTracks({
      ...specification,
      length: { law: 'log-uniform', min: 5, max: 319 },
      batches: 60,
    });
    const edges = Array.from(byLogarithm.edges!(0));
    const octaves = new Float64Array(6);
    for (let b = 0; b < 60; b++) {
      const [points] = lengthsOf(byLogarithm.take(0, edges[b], edges[b] + 1));
      octaves[Math.floor(Math.log2(points / 5))]++;
    }
    expect([...octaves]).toEqual([10, 10, 10, 10, 10, 10]);
    expect(byLogarithm.lengths).toEqual({ min: 5, max: 319 });
  });

  it('has the lengths in another order, and other tracks, in another epoch', () => {
    expect(Array.from(source.edges!(1))).not.toEqual(Array.from(source.edges!(0)));
    const numbers = [0, 1].flatMap((epoch) => [
      ...(source.take(epoch, 0, source.perEpoch).trackColumns.track as Float64Array),
    ]);
    // Two data sets that number their tracks alike: each number twice at most.
    expect(numbers).toHaveLength(2 * source.perEpoch);
    expect(new Set(numbers).size).toBe(source.perEpoch);
  });

  it('gives the same tracks however they are asked for, and from its specification', () => {
    const again = sourceOf(JSON.parse(JSON.stringify(specification)));
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.nat(source.perEpoch - 1),
        fc.integer({ min: 1, max: 30 }),
        (epoch, from, count) => {
          const to = Math.min(source.perEpoch, from + count);
          const whole = source.take(epoch, from, to);
          const single = Array.from({ length: to - from }, (_, i) =>
            again.take(epoch, from + i, from + i + 1),
          );
          expect(lengthsOf(whole)).toEqual(single.flatMap(lengthsOf));
          expect([...whole.positions]).toEqual(single.flatMap(({ positions }) => [...positions]));
          expect([...(whole.trackColumns.alpha as Float64Array)]).toEqual(
            single.flatMap(({ trackColumns }) => [...(trackColumns.alpha as Float64Array)]),
          );
        },
      ),
      { numRuns: 30 },
    );
  });

  it('gives the same tracks for ever', () => {
    const few = oneLengthTracks({ ...specification, batches: 6 });
    const tracks = few.take(1, 0, few.perEpoch);
    expect([...new Set(lengthsOf(tracks))]).toMatchInlineSnapshot(`
      [
        20,
        17,
        7,
        14,
        23,
        10,
      ]
    `);
    expect([0, 1].map((i) => tracks.at(i).positions[2])).toMatchInlineSnapshot(`
      [
        -0.29710852217680317,
        -0.2560758490124364,
      ]
    `);
  });

  it('spreads fewer batches evenly over the lengths', () => {
    const few = oneLengthTracks({ ...specification, batches: 4 });
    const lengths = lengthsOf(few.take(0, 0, few.perEpoch));
    const quarters = new Set(lengths.map((length) => Math.floor((length - 5) / 5)));
    expect([...quarters].sort()).toEqual([0, 1, 2, 3]);
  });

  it.each([
    [{ dataSets: [] }, 'dataSets is empty'],
    [{ length: { min: 9, max: 8 } }, 'length.max is 8: expected an integer of at least 9'],
    [{ batches: 0 }, 'batches is 0'],
    [{ pointsPerBatch: 1.5 }, 'pointsPerBatch is 1.5'],
    [{ tracksPerBatch: { min: 4, max: 3 } }, 'tracksPerBatch.max is 3'],
    [{ seed: 2 ** 53 }, 'seed is 9007199254740992: expected an integer from'],
    [{ dataSets: [{ preset: 'gajowczyk2021' }] }, 'length'],
  ] as const)('refuses %j', (change, message) => {
    expect(() => oneLengthTracks({ ...specification, ...change })).toThrow(message);
  });

  it('takes the prior of ordinary microscopes, whose gaps leave the number of points', () => {
    const motion = { preset: 'motion', dim: 2, classes: ['brownian', 'other'] } as const;
    const seen = oneLengthTracks({
      ...specification,
      dataSets: [motion],
      length: { min: 5, max: 14 },
    });
    for (const [b, to] of Array.from(seen.edges!(0)).slice(1).entries()) {
      const batch = seen.take(0, seen.edges!(0)[b], to);
      expect(new Set(lengthsOf(batch)).size).toBe(1);
    }
    const all = seen.take(0, 0, seen.perEpoch);
    expect(new Set(lengthsOf(all)).size).toBe(10);
    expect((all.trackColumns.gaps as Float64Array).some((share) => share > 0)).toBe(true);
  });
});
