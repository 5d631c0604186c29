import { gajowczyk2021 } from '@diffusion/simulate';
import type { Tracks } from '@diffusion/tracks';
import { noAugmentation } from './augment/augment.ts';
import { TrainError } from './errors.ts';
import { freshTracks } from './fresh-tracks.ts';
import { oneLengthBatches } from './one-length-batches.ts';
import { sourceOf } from './source-of.ts';

const set = gajowczyk2021({ count: 400, seed: 3 });
const fresh = freshTracks(set, 200);
const options = { batchSize: 16, seed: 5, augmentation: noAugmentation };
const lengths = (tracks: Tracks) =>
  Array.from({ length: tracks.count }, (_, i) => tracks.lengthOf(i));
const ids = (tracks: Tracks) => [...(tracks.trackColumns.track as Float64Array)];
/** The batches of an epoch: twelve of 16 and one of 8. */
const batches = (source: typeof fresh, epoch: number) =>
  Array.from({ length: 13 }, (_, b) => source.take(epoch, 16 * b, Math.min(200, 16 * (b + 1))));

describe('oneLengthBatches', () => {
  const source = oneLengthBatches(fresh, options);

  it.each([0, 1])('has one length in every batch of epoch %i, and every track once', (epoch) => {
    const parts = batches(source, epoch);
    for (const part of parts) expect(new Set(lengths(part)).size).toBe(1);
    expect(parts.flatMap(ids).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 200 }, (_, i) => 200 * epoch + i),
    );
    expect(new Set(parts.map((part) => part.lengthOf(0))).size).toBeGreaterThan(10);
  });

  it('keeps a stretch of each track as it is, with its label', () => {
    const whole = set.generate();
    for (const part of batches(source, 1)) {
      for (const track of part) {
        const from = whole.at(ids(part)[track.index]);
        const start = track.frames![0];
        expect(track.positions).toEqual(
          from.positions.subarray(2 * start, 2 * (start + track.length)),
        );
      }
      const codes = (of: Tracks) => (of.trackColumns.label as { codes: Uint32Array }).codes;
      expect([...codes(part)]).toEqual(ids(part).map((id) => codes(whole)[id]));
    }
  });

  it('gives the same batches for ever', () => {
    const few = oneLengthBatches(freshTracks(set, 40), {
      ...options,
      batchSize: 8,
      augmentation: { ...noAugmentation, rotate: true },
    });
    const part = few.take(1, 8, 16);
    expect(ids(part)).toMatchInlineSnapshot(`
      [
        49,
        73,
        54,
        50,
        78,
        63,
        65,
        70,
      ]
    `);
    expect(lengths(part)[0]).toMatchInlineSnapshot(`262`);
    expect(part.at(0).frames![0]).toMatchInlineSnapshot(`0`);
    expect([...part.positions.subarray(0, 4)]).toMatchInlineSnapshot(`
      [
        0,
        0,
        -1.0021136675036764,
        -0.5992987548435824,
      ]
    `);
  });

  it('refuses a seed that is no integer', () => {
    expect(() => oneLengthBatches(fresh, { ...options, seed: Number.NaN })).toThrow(
      new TrainError('seed is NaN: expected an integer from -9007199254740991 to 9007199254740991'),
    );
  });

  it('loses little of the lengths', () => {
    const points = (parts: readonly Tracks[]) =>
      parts.reduce((sum, part) => sum + part.pointCount, 0);
    const kept = points(batches(source, 0)) / points([fresh.take(0, 0, 200)]);
    expect(kept).toBeGreaterThan(0.9);
    expect(kept).toBeLessThan(1);
  });

  it('gives the same tracks in whatever pieces they are asked for, and in whatever order', () => {
    const again = oneLengthBatches(fresh, { ...options, pool: 2 });
    const late = again.take(1, 40, 44);
    const whole = again.take(0, 30, 70);
    const parts = [again.take(0, 30, 32), again.take(0, 32, 64), again.take(0, 64, 70)];
    expect(parts.flatMap((part) => [...part.positions])).toEqual([...whole.positions]);
    expect(again.take(1, 40, 44).positions).toEqual(late.positions);
  });

  it('knows the longest track that it was made of, and is made again from its specification', () => {
    const known = oneLengthBatches(fresh, { ...options, lengths: { max: 600 } });
    expect(known.lengths).toEqual({ max: 600 });
    const again = sourceOf(JSON.parse(JSON.stringify(known.specification)));
    expect(again.lengths).toEqual({ max: 600 });
    expect(again.take(1, 10, 60).positions).toEqual(known.take(1, 10, 60).positions);
  });

  it('augments before it cuts', () => {
    const rough = oneLengthBatches(fresh, {
      ...options,
      augmentation: { rotate: true, cutShare: 0.5, minLength: 10, gapShare: 1, maxMissing: 0.3 },
    });
    const parts = batches(rough, 0);
    for (const part of parts) expect(new Set(lengths(part)).size).toBe(1);
    expect(Math.min(...parts.map((part) => part.lengthOf(0)))).toBeLessThan(30);
    const gaps = parts.flatMap((part) =>
      Array.from(part, ({ frames, length }) => frames![length - 1] - frames![0] + 1 - length),
    );
    expect(gaps.filter((missing) => missing > 0).length).toBeGreaterThan(100);
  });
});
