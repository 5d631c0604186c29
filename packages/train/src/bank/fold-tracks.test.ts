import { andi2020, gajowczyk2021 } from '@diffusion/simulate';
import { sourceOf } from '../source-of.ts';
import { labelledBankSets, simulatedBankSets } from './bank-sets.ts';
import { foldRange, foldTracks } from './fold-tracks.ts';
import { stretchTracks } from './stretch-tracks.ts';

const set = andi2020({ task: 2, dim: 1, count: 203, seed: 6, length: 12 });
/** What tells a track from the others. */
const keyOf = (track: { positions: Float64Array }) => track.positions[5];
const keys = (tracks: Iterable<{ positions: Float64Array }>) => Array.from(tracks, keyOf);
const sorted = (values: number[]) => [...values].sort((a, b) => a - b);

describe('foldTracks', () => {
  it('gives every track outside of its fold once in every epoch, in another order', () => {
    const all = keys(set.generate());
    for (const fold of [1, 2, 3]) {
      const { from, to } = foldRange(203, 3, fold);
      const source = foldTracks({ dataSet: set.specification, folds: 3, fold, seed: 4 });
      expect(source.perEpoch).toBe(203 - (to - from));
      const outside = [...all.slice(0, from), ...all.slice(to)];
      const [first, second] = [0, 1].map((epoch) => keys(source.take(epoch, 0, source.perEpoch)));
      expect(sorted(first)).toEqual(sorted(outside));
      expect(sorted(second)).toEqual(sorted(outside));
      expect(first).not.toEqual(second);
      expect(first).not.toEqual(outside);
    }
  });

  it('has folds that are every track once', () => {
    const ranges = [1, 2, 3, 4, 5].map((fold) => foldRange(203, 5, fold));
    expect(ranges[0].from).toBe(0);
    expect(ranges[4].to).toBe(203);
    for (const [k, { from }] of ranges.entries()) if (k > 0) expect(from).toBe(ranges[k - 1].to);
  });

  it('gives the same tracks however they are asked for, and as plain data', () => {
    const source = foldTracks({ dataSet: set.specification, folds: 2, fold: 2, seed: 4 });
    const again = sourceOf(JSON.parse(JSON.stringify(source.specification)));
    const whole = keys(source.take(3, 0, source.perEpoch));
    for (const size of [1, 7, 40]) {
      const parts: number[] = [];
      for (let from = 0; from < source.perEpoch; from += size) {
        parts.push(...keys(again.take(3, from, Math.min(from + size, source.perEpoch))));
      }
      expect(parts).toEqual(whole);
    }
  });

  it('takes data sets smaller than what is simulated together', () => {
    const few = andi2020({ task: 2, dim: 1, count: 9, seed: 6, length: 12 });
    const source = foldTracks({ dataSet: few.specification, folds: 3, fold: 1, seed: 4 });
    expect(keys(source.take(0, 0, 6))).toEqual(keys(few.generate(3, 9)));
  });

  it.each([
    [{ folds: 1, fold: 1 }, 'folds is 1: expected an integer of at least 2'],
    [{ folds: 3, fold: 4 }, 'fold is 4: expected at most folds, 3'],
    [{ folds: 300, fold: 1 }, 'folds is 300: expected at most 203 tracks'],
  ])('refuses %j', (folds, message) => {
    expect(() => foldTracks({ dataSet: set.specification, seed: 4, ...folds })).toThrow(message);
  });
});

describe('stretchTracks', () => {
  const tracks = gajowczyk2021({ count: 60, seed: 3 }).generate();

  it('cuts every track that is long enough to a stretch of it, another one in every epoch', () => {
    const source = stretchTracks(tracks, 100, 5);
    const long = Array.from(tracks).filter(({ length }) => length >= 100);
    expect(source.perEpoch).toBe(long.length);
    const whole = new Map(long.map(({ positions }) => [positions.join(), positions]));
    const places = [0, 1].map((epoch) =>
      Array.from(source.take(epoch, 0, source.perEpoch), ({ positions, length }) => {
        expect(length).toBe(100);
        const text = positions.join();
        const from = [...whole.keys()].find((key) => key.includes(text));
        expect(from).toBeDefined();
        return from!.indexOf(text);
      }),
    );
    expect(places[0]).not.toEqual(places[1]);
    expect(new Set(places[0]).size).toBeGreaterThan(long.length / 2);
  });

  it('says where there is none', () => {
    expect(() => stretchTracks(tracks, 601, 5)).toThrow('none of 60 tracks has 601 points or more');
  });
});

describe('the sets of a bank', () => {
  it('are tracks of one length, of which those to validate on are not trained on', () => {
    const sets = simulatedBankSets({
      dataSet: { preset: 'andi2020', task: 1, dim: 2 },
      tracksPerLength: (length) => (length === 20 ? 50 : 100),
      seed: 1,
      validationTracks: 15,
    });
    const { source, validation } = sets({ length: 20, fold: 2, folds: 5 });
    expect([source.perEpoch, validation.count, validation.lengthOf(3)]).toEqual([40, 10, 20]);
    const seen = new Set(keys(source.take(0, 0, 40)));
    expect(keys(validation).some((key) => seen.has(key))).toBe(false);
    const other = sets({ length: 30, fold: 2, folds: 5 });
    expect([other.source.perEpoch, other.validation.count]).toEqual([80, 15]);
  });

  it('are stretches of labelled tracks, in folds', () => {
    const tracks = gajowczyk2021({ count: 80, seed: 3 }).generate();
    const sets = labelledBankSets(tracks, 1);
    const { source, validation } = sets({ length: 40, fold: 1, folds: 4 });
    const long = Array.from(tracks).filter(({ length }) => length >= 40).length;
    expect(source.perEpoch + validation.count).toBe(long);
    const columns = (source: Iterable<{ positions: Float64Array }>) => keys(source);
    expect(columns(validation).every((key) => columns(tracks).includes(key))).toBe(true);
    expect(() => sets({ length: 599, fold: 1, folds: 40 })).toThrow(
      /^\d+ tracks have 599 points or more: expected as many as folds, 40, at least$/,
    );
  });
});
