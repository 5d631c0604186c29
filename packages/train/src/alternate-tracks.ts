import { joinTracks, selectTracks } from '@diffusion/tracks';
import { TrainError } from './errors.ts';
import type { TrackSource } from './source.ts';

/**
 * Tracks of several sources in turn: track i of an epoch is number ⌊i/S⌋ of source i mod S. Every source gives as many as
 * the one with the fewest tracks per epoch has.
 *
 * Throws {@link TrainError} without a source, and for one that has batches of its own.
 *
 * @example
 * const andi = (task: 1 | 2) => freshTracks(andi2020({ task, dim: 1, count: 10_000, seed: task }), 1000);
 * const source = alternateTracks([andi(1), andi(2)]); // 2000 tracks per epoch, half of them of each task's law
 */
export function alternateTracks(sources: readonly TrackSource[]): TrackSource {
  if (sources.length === 0) throw new TrainError('sources is empty: expected one or more');
  if (sources.some(({ edges }) => edges))
    throw new TrainError('a source has batches of its own: expected sources without');
  const specifications = sources.flatMap(({ specification }) => specification ?? []);
  const lengths = sources.map((source) => source.lengths);
  const min = Math.min(...lengths.map((known) => known?.min ?? Number.NaN));
  const max = Math.max(...lengths.map((known) => known?.max ?? Number.NaN));
  const each = Math.min(...sources.map(({ perEpoch }) => perEpoch));
  /** How many of the first `i` tracks are of source `s`. */
  const before = (i: number, s: number) => Math.ceil((i - s) / sources.length);
  return {
    perEpoch: sources.length * each,
    // Known where all sources know theirs.
    lengths: {
      ...(!Number.isNaN(min) && { min }),
      ...(!Number.isNaN(max) && { max }),
    },
    ...(specifications.length === sources.length && {
      specification: { sources: specifications },
    }),
    take(epoch, from, to) {
      const parts = sources.map((source, s) => source.take(epoch, before(from, s), before(to, s)));
      let first = 0;
      const starts = parts.map((part, s) => {
        const start = first - before(from, s);
        first += part.count;
        return start;
      });
      const inTurn = Uint32Array.from({ length: to - from }, (_, k) => {
        const s = (from + k) % sources.length;
        return starts[s] + Math.floor((from + k) / sources.length);
      });
      return selectTracks(joinTracks(parts), inTurn);
    },
  };
}
