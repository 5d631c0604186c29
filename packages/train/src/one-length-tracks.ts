import { checkSeed, deriveSeed, keyedRandom, permutation } from '@diffusion/random';
import { dataSetFrom, isPlainSpecification } from '@diffusion/simulate';
import { joinTracks, type Tracks } from '@diffusion/tracks';
import { alternateTracks } from './alternate-tracks.ts';
import { checkChoice } from './check-choice.ts';
import { checkWhole } from './check-whole.ts';
import { TrainError } from './errors.ts';
import type { OneLengthSpecification, TrackSource } from './source.ts';

/** More tracks than any training sees: the quotas of a data set are shares of this. */
const endless = 1_000_000_000;

/**
 * Simulated tracks for a network that takes any length, in batches of one length each, so that nothing is padded. An
 * epoch has every length once, or one of each of `batches` parts of the range, equally long, or of equal
 * ratio where the law is log-uniform. Their order is keyed by (seed, epoch), and no track is ever seen twice.
 *
 * Throws {@link TrainError} for numbers that make no sense, a ParameterError for a data set that does not take a length.
 *
 * @example
 * const andi = (task: 1 | 2) => ({ preset: 'andi2020', task, dim: 1 });
 * const source = oneLengthTracks({
 *   dataSets: [andi(1), andi(2)], length: { min: 10, max: 999 },
 *   pointsPerBatch: 48_000, tracksPerBatch: { min: 64, max: 512 }, seed: 1,
 * });
 * source.take(0, 0, 64); // tracks of the length that is the first of the first epoch
 */
export function oneLengthTracks(specification: OneLengthSpecification): TrackSource {
  check(specification);
  const { dataSets, length, seed, pointsPerBatch, tracksPerBatch } = specification;
  const range = length.max - length.min + 1;
  const { batches = range } = specification;
  const ratio = (length.max + 1) / length.min;
  /** The length at a place from 0 to 1 of part b of the range. */
  const lengthAt = (b: number, place: number) => {
    const part = (b + place) / batches;
    if (length.law === 'log-uniform') {
      return Math.min(length.max, Math.floor(length.min * ratio ** part));
    }
    return length.min + Math.min(range - 1, Math.floor(part * range));
  };
  const sizes = Array.from({ length: batches }, (_, b) => {
    const fitting = Math.round(pointsPerBatch / lengthAt(b, 0.5));
    return Math.min(tracksPerBatch.max, Math.max(tracksPerBatch.min, fitting));
  });
  const perEpoch = sizes.reduce((sum, size) => sum + size, 0);

  /** The batches of an epoch in order: their lengths, and their edges. */
  const planOf = lastOf((epoch: number) => {
    const place = permutation(batches, seed, 'lengths', epoch, 'order');
    const order = Array.from(sizes, (_, i) => place(i));
    const edges = new Uint32Array(batches + 1);
    for (const [i, b] of order.entries()) edges[i + 1] = edges[i] + sizes[b];
    const random = keyedRandom(seed, 'lengths', epoch);
    return { edges, lengths: order.map((b) => lengthAt(b, random.uniform())) };
  });
  /** Tracks of one length, of every data set in turn, numbered through the whole training. */
  const tracksOf = lastOf((points: number) =>
    alternateTracks(
      dataSets.map((set, s) => {
        const seeded = { count: endless, seed: deriveSeed(seed, 'data set', s) };
        const tracks = dataSetFrom({ ...set, ...seeded, length: points });
        return { perEpoch: endless, take: (_, from, to) => tracks.generate(from, to) };
      }),
    ),
  );
  tracksOf(length.min);

  return {
    perEpoch,
    ...(isPlainSpecification(specification) && { specification }),
    lengths: { min: length.min, max: length.max },
    edges: (epoch) => planOf(epoch).edges,
    take(epoch, from, to) {
      const { edges, lengths } = planOf(epoch);
      const first = epoch * perEpoch;
      const parts: Tracks[] = [];
      for (const [b, points] of lengths.entries()) {
        const [start, end] = [Math.max(from, edges[b]), Math.min(to, edges[b + 1])];
        if (start < end) parts.push(tracksOf(points).take(0, first + start, first + end));
      }
      return parts.length === 1 ? parts[0] : joinTracks(parts);
    },
  };
}

/** A function of one number that remembers its last answer. */
function lastOf<T>(make: (key: number) => T): (key: number) => T {
  let last: { key: number; value: T } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: make(key) };
    return last.value;
  };
}

function check(specification: OneLengthSpecification): void {
  const { dataSets, length, batches = 1, pointsPerBatch, tracksPerBatch, seed } = specification;
  checkSeed(seed, TrainError);
  if (dataSets.length === 0) throw new TrainError('dataSets is empty: expected one or more');
  checkWhole('length.min', length.min, 1);
  checkWhole('length.max', length.max, length.min);
  if (length.law !== undefined) checkChoice('length.law', length.law, ['uniform', 'log-uniform']);
  checkWhole('batches', batches, 1);
  checkWhole('pointsPerBatch', pointsPerBatch, 1);
  checkWhole('tracksPerBatch.min', tracksPerBatch.min, 1);
  checkWhole('tracksPerBatch.max', tracksPerBatch.max, tracksPerBatch.min);
}
